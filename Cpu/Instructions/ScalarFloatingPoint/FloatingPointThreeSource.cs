using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Floating-point data-processing (3 source): the fused multiplications and additions.</summary>
/// <remarks>Source: DDI 0487, C7.2, FMADD, FMSUB, FNMADD, FNMSUB.</remarks>
internal static unsafe class FloatingPointThreeSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMADD_H_floatdp3",  "0 0 0 11111 11 0 Rm:5 0 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<MultiplyAdd, Binary16>) { Feature = "FEAT_FP16" },
        new("FMADD_S_floatdp3",  "0 0 0 11111 00 0 Rm:5 0 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<MultiplyAdd, Binary32>),
        new("FMADD_D_floatdp3",  "0 0 0 11111 01 0 Rm:5 0 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<MultiplyAdd, Binary64>),
        new("FMSUB_H_floatdp3",  "0 0 0 11111 11 0 Rm:5 1 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<MultiplySubtract, Binary16>) { Feature = "FEAT_FP16" },
        new("FMSUB_S_floatdp3",  "0 0 0 11111 00 0 Rm:5 1 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<MultiplySubtract, Binary32>),
        new("FMSUB_D_floatdp3",  "0 0 0 11111 01 0 Rm:5 1 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<MultiplySubtract, Binary64>),
        new("FNMADD_H_floatdp3", "0 0 0 11111 11 1 Rm:5 0 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<NegatedMultiplyAdd, Binary16>) { Feature = "FEAT_FP16" },
        new("FNMADD_S_floatdp3", "0 0 0 11111 00 1 Rm:5 0 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<NegatedMultiplyAdd, Binary32>),
        new("FNMADD_D_floatdp3", "0 0 0 11111 01 1 Rm:5 0 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<NegatedMultiplyAdd, Binary64>),
        new("FNMSUB_H_floatdp3", "0 0 0 11111 11 1 Rm:5 1 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<NegatedMultiplySubtract, Binary16>) { Feature = "FEAT_FP16" },
        new("FNMSUB_S_floatdp3", "0 0 0 11111 00 1 Rm:5 1 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<NegatedMultiplySubtract, Binary32>),
        new("FNMSUB_D_floatdp3", "0 0 0 11111 01 1 Rm:5 1 Ra:5 Rn:5 Rd:5", &ScalarForms.Ternary<NegatedMultiplySubtract, Binary64>),
    ];
}
