using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions;

/// <summary>FMOV between general and floating-point registers.</summary>
/// <remarks>Source: DDI 0487, C7.2, "FMOV (general)". Writing part of a V register clears the rest, except for V.D[1].</remarks>
internal static unsafe class FloatingPointMove
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMOV_32H_float2int",  "0 0 0 11110 11 1 00 110 000000 Rn:5 Rd:5", &FromHalf) { Feature = "FEAT_FP16" },
        new("FMOV_64H_float2int",  "1 0 0 11110 11 1 00 110 000000 Rn:5 Rd:5", &FromHalf) { Feature = "FEAT_FP16" },
        new("FMOV_H32_float2int",  "0 0 0 11110 11 1 00 111 000000 Rn:5 Rd:5", &ToHalf) { Feature = "FEAT_FP16" },
        new("FMOV_H64_float2int",  "1 0 0 11110 11 1 00 111 000000 Rn:5 Rd:5", &ToHalf) { Feature = "FEAT_FP16" },
        new("FMOV_32S_float2int",  "0 0 0 11110 00 1 00 110 000000 Rn:5 Rd:5", &FromSingle),
        new("FMOV_S32_float2int",  "0 0 0 11110 00 1 00 111 000000 Rn:5 Rd:5", &ToSingle),
        new("FMOV_64D_float2int",  "1 0 0 11110 01 1 00 110 000000 Rn:5 Rd:5", &FromDouble),
        new("FMOV_D64_float2int",  "1 0 0 11110 01 1 00 111 000000 Rn:5 Rd:5", &ToDouble),
        new("FMOV_64VX_float2int", "1 0 0 11110 10 1 01 110 000000 Rn:5 Rd:5", &FromHigh),
        new("FMOV_V64I_float2int", "1 0 0 11110 10 1 01 111 000000 Rn:5 Rd:5", &ToHigh),
    ];

    private static void FromHalf(Core core, in Operation op) => From(core, op, (ushort)core.V[2 * op.Rn]);

    private static void FromSingle(Core core, in Operation op) => From(core, op, (uint)core.V[2 * op.Rn]);

    private static void FromDouble(Core core, in Operation op) => From(core, op, core.V[2 * op.Rn]);

    private static void FromHigh(Core core, in Operation op) => From(core, op, core.V[2 * op.Rn + 1]);

    private static void ToHalf(Core core, in Operation op) => To(core, op, (ushort)core.GetX(op.Rn));

    private static void ToSingle(Core core, in Operation op) => To(core, op, (uint)core.GetX(op.Rn));

    private static void ToDouble(Core core, in Operation op) => To(core, op, core.GetX(op.Rn));

    private static void ToHigh(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            core.V[2 * op.Rd + 1] = core.GetX(op.Rn);
        }
    }

    private static void From(Core core, in Operation op, ulong value)
    {
        if (FpAccess.Check(core))
        {
            core.SetX(op.Rd, value);
        }
    }

    private static void To(Core core, in Operation op, ulong value)
    {
        if (FpAccess.Check(core))
        {
            core.V[2 * op.Rd] = value;
            core.V[2 * op.Rd + 1] = 0;
        }
    }
}
