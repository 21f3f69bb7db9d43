using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Bitfield: SBFM, BFM and UBFM.</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, SBFM, BFM, UBFM. imms ≥ immr takes bits imms:immr to bit 0; imms &lt; immr takes bits imms:0 to
/// bit width - immr.
/// </remarks>
internal static unsafe class Bitfield
{
    internal static readonly InsnRow[] Rows =
    [
        new("SBFM", "sf:1 00 100110 N:1 immr:6 imms:6 Rn:5 Rd:5", &Sbfm, &Field),
        new("BFM",  "sf:1 01 100110 N:1 immr:6 imms:6 Rn:5 Rd:5", &Bfm,  &Field),
        new("UBFM", "sf:1 10 100110 N:1 immr:6 imms:6 Rn:5 Rd:5", &Ubfm, &Field) { Route = Route.Ubfm },
    ];

    /// <summary>Aux: where the field starts in Rn (7:0), where in Rd (15:8). Imm: the field as ones at bit 0.</summary>
    private static void Field(ref Operation op)
    {
        int width = op.Sf ? 64 : 32;
        int immr = (int)op.Bits(16, 6);
        int imms = (int)op.Bits(10, 6);
        if (op.Bit(22) != op.Sf || immr >= width || imms >= width)
        {
            op.MakeUndefined();
            return;
        }

        int from = imms >= immr ? immr : 0;
        int to = imms >= immr ? 0 : width - immr;
        op.Aux = from | to << 8;
        op.Imm = ulong.MaxValue >> (63 - (imms - from));
    }

    private static int To(in Operation op) => op.Aux >> 8;

    private static ulong Taken(Core core, in Operation op) => core.GetX(op.Rn) >> (byte)op.Aux & op.Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Ubfm(Core core, in Operation op) => core.SetX(op.Rd, Taken(core, op) << To(op));

    private static void Bfm(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width((core.GetX(op.Rd) & ~(op.Imm << To(op))) | Taken(core, op) << To(op)));

    private static void Sbfm(Core core, in Operation op)
    {
        ulong taken = Taken(core, op);
        bool negative = (taken & (op.Imm ^ op.Imm >> 1)) != 0;
        core.SetX(op.Rd, op.Width((negative ? taken | ~op.Imm : taken) << To(op)));
    }
}
