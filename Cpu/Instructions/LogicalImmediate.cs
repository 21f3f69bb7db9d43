using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Logical (immediate): AND, ORR, EOR and ANDS.</summary>
/// <remarks>Source: DDI 0487, C6.2, "AND (immediate)" and its neighbours.</remarks>
internal static unsafe class LogicalImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("AND (immediate)",  "sf:1 00 100100 N:1 immr:6 imms:6 Rn:5 Rd:5", &And,  &Mask) { Route = Route.AndImmediate },
        new("ORR (immediate)",  "sf:1 01 100100 N:1 immr:6 imms:6 Rn:5 Rd:5", &Orr,  &Mask),
        new("EOR (immediate)",  "sf:1 10 100100 N:1 immr:6 imms:6 Rn:5 Rd:5", &Eor,  &Mask),
        new("ANDS (immediate)", "sf:1 11 100100 N:1 immr:6 imms:6 Rn:5 Rd:5", &Ands, &Mask),
    ];

    private static void Mask(ref Operation op)
    {
        bool n = op.Bit(22);
        if ((n && !op.Sf) || !BitMasks.TryLogical(n, (int)op.Bits(10, 6), (int)op.Bits(16, 6), out op.Imm))
        {
            op.MakeUndefined();
            return;
        }

        op.Imm = op.Width(op.Imm);
    }

    // Rd 31 is SP, except for ANDS. The mask of a W form has a clear upper half; ORR and EOR still see all of Rn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void And(Core core, in Operation op) => core.SetXOrSp(op.Rd, core.GetX(op.Rn) & op.Imm);

    private static void Orr(Core core, in Operation op) => core.SetXOrSp(op.Rd, op.Width(core.GetX(op.Rn) | op.Imm));

    private static void Eor(Core core, in Operation op) => core.SetXOrSp(op.Rd, op.Width(core.GetX(op.Rn) ^ op.Imm));

    private static void Ands(Core core, in Operation op)
    {
        ulong result = core.GetX(op.Rn) & op.Imm;
        Alu.SetLogicalFlags(core, op.Sf, result);
        core.SetX(op.Rd, result);
    }
}
