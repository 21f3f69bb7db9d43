using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Floating-point immediate: FMOV of a constant.</summary>
/// <remarks>Source: DDI 0487, C7.2, "FMOV (scalar, immediate)"; shared pseudocode, VFPExpandImm.</remarks>
internal static unsafe class FloatingPointImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMOV_H_floatimm", "0 0 0 11110 11 1 imm8:8 100 00000 Rd:5", &Immediate, &Expand<Binary16>) { Feature = "FEAT_FP16" },
        new("FMOV_S_floatimm", "0 0 0 11110 00 1 imm8:8 100 00000 Rd:5", &Immediate, &Expand<Binary32>),
        new("FMOV_D_floatimm", "0 0 0 11110 01 1 imm8:8 100 00000 Rd:5", &Immediate, &Expand<Binary64>),
    ];

    /// <summary>VFPExpandImm: sign, an exponent from -3 to 4, four bits of fraction.</summary>
    internal static ulong Expand<F>(ulong imm8)
        where F : struct, IFpFormat
    {
        int exponent = (int)(imm8 >> 4 & 7 ^ 4) - 3;
        return FpStep.Constant<F>((imm8 & 0x80) != 0, exponent) | (imm8 & 15) << (F.FractionBits - 4);
    }

    private static void Expand<F>(ref Operation op)
        where F : struct, IFpFormat => op.Imm = Expand<F>(op.Bits(13, 8));

    private static void Immediate(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            ScalarForms.Set(core, op.Rd, op.Imm);
        }
    }
}
