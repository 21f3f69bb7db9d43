using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Move wide (immediate): MOVN, MOVZ and MOVK.</summary>
/// <remarks>Source: DDI 0487, C6.2, MOVN, MOVZ, MOVK.</remarks>
internal static unsafe class MoveWide
{
    internal static readonly InsnRow[] Rows =
    [
        new("MOVN", "sf:1 00 100101 hw:2 imm16:16 Rd:5", &Set,  &Inverted),
        new("MOVZ", "sf:1 10 100101 hw:2 imm16:16 Rd:5", &Set,  &Plain) { Route = Route.MoveWide },
        new("MOVK", "sf:1 11 100101 hw:2 imm16:16 Rd:5", &Keep, &Plain),
    ];

    private static void Plain(ref Operation op)
    {
        int shift = (int)op.Bits(21, 2) * 16;
        if (!op.Sf && shift >= 32)
        {
            op.MakeUndefined();
        }

        op.Aux = shift;
        op.Imm = (ulong)op.Bits(5, 16) << shift;
    }

    private static void Inverted(ref Operation op)
    {
        Plain(ref op);
        op.Imm = op.Width(~op.Imm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Set(Core core, in Operation op) => core.SetX(op.Rd, op.Imm);

    private static void Keep(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width((core.GetX(op.Rd) & ~(0xfffful << op.Aux)) | op.Imm));
}
