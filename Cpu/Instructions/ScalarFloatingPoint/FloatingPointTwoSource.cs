using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Floating-point data-processing (2 source).</summary>
/// <remarks>Source: DDI 0487, C7.2, "FADD (scalar)" to "FNMUL (scalar)".</remarks>
internal static unsafe class FloatingPointTwoSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMUL_H_floatdp2",   "0 0 0 11110 11 1 Rm:5 0 00010 Rn:5 Rd:5",  &ScalarForms.Binary<Multiply, Binary16>) { Feature = "FEAT_FP16" },
        new("FMUL_S_floatdp2",   "0 0 0 11110 00 1 Rm:5 0 00010 Rn:5 Rd:5",  &ScalarForms.Binary<Multiply, Binary32>),
        new("FMUL_D_floatdp2",   "0 0 0 11110 01 1 Rm:5 0 00010 Rn:5 Rd:5",  &ScalarForms.Binary<Multiply, Binary64>),
        new("FDIV_H_floatdp2",   "0 0 0 11110 11 1 Rm:5 0001 10 Rn:5 Rd:5",  &ScalarForms.Binary<Divide, Binary16>) { Feature = "FEAT_FP16" },
        new("FDIV_S_floatdp2",   "0 0 0 11110 00 1 Rm:5 0001 10 Rn:5 Rd:5",  &ScalarForms.Binary<Divide, Binary32>),
        new("FDIV_D_floatdp2",   "0 0 0 11110 01 1 Rm:5 0001 10 Rn:5 Rd:5",  &ScalarForms.Binary<Divide, Binary64>),
        new("FADD_H_floatdp2",   "0 0 0 11110 11 1 Rm:5 001 0 10 Rn:5 Rd:5", &ScalarForms.Binary<Add, Binary16>) { Feature = "FEAT_FP16" },
        new("FADD_S_floatdp2",   "0 0 0 11110 00 1 Rm:5 001 0 10 Rn:5 Rd:5", &ScalarForms.Binary<Add, Binary32>),
        new("FADD_D_floatdp2",   "0 0 0 11110 01 1 Rm:5 001 0 10 Rn:5 Rd:5", &ScalarForms.Binary<Add, Binary64>),
        new("FSUB_H_floatdp2",   "0 0 0 11110 11 1 Rm:5 001 1 10 Rn:5 Rd:5", &ScalarForms.Binary<Subtract, Binary16>) { Feature = "FEAT_FP16" },
        new("FSUB_S_floatdp2",   "0 0 0 11110 00 1 Rm:5 001 1 10 Rn:5 Rd:5", &ScalarForms.Binary<Subtract, Binary32>),
        new("FSUB_D_floatdp2",   "0 0 0 11110 01 1 Rm:5 001 1 10 Rn:5 Rd:5", &ScalarForms.Binary<Subtract, Binary64>),
        new("FMAX_H_floatdp2",   "0 0 0 11110 11 1 Rm:5 01 00 10 Rn:5 Rd:5", &ScalarForms.Binary<Maximum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAX_S_floatdp2",   "0 0 0 11110 00 1 Rm:5 01 00 10 Rn:5 Rd:5", &ScalarForms.Binary<Maximum, Binary32>),
        new("FMAX_D_floatdp2",   "0 0 0 11110 01 1 Rm:5 01 00 10 Rn:5 Rd:5", &ScalarForms.Binary<Maximum, Binary64>),
        new("FMIN_H_floatdp2",   "0 0 0 11110 11 1 Rm:5 01 01 10 Rn:5 Rd:5", &ScalarForms.Binary<Minimum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMIN_S_floatdp2",   "0 0 0 11110 00 1 Rm:5 01 01 10 Rn:5 Rd:5", &ScalarForms.Binary<Minimum, Binary32>),
        new("FMIN_D_floatdp2",   "0 0 0 11110 01 1 Rm:5 01 01 10 Rn:5 Rd:5", &ScalarForms.Binary<Minimum, Binary64>),
        new("FMAXNM_H_floatdp2", "0 0 0 11110 11 1 Rm:5 01 10 10 Rn:5 Rd:5", &ScalarForms.Binary<MaximumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXNM_S_floatdp2", "0 0 0 11110 00 1 Rm:5 01 10 10 Rn:5 Rd:5", &ScalarForms.Binary<MaximumNumber, Binary32>),
        new("FMAXNM_D_floatdp2", "0 0 0 11110 01 1 Rm:5 01 10 10 Rn:5 Rd:5", &ScalarForms.Binary<MaximumNumber, Binary64>),
        new("FMINNM_H_floatdp2", "0 0 0 11110 11 1 Rm:5 01 11 10 Rn:5 Rd:5", &ScalarForms.Binary<MinimumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINNM_S_floatdp2", "0 0 0 11110 00 1 Rm:5 01 11 10 Rn:5 Rd:5", &ScalarForms.Binary<MinimumNumber, Binary32>),
        new("FMINNM_D_floatdp2", "0 0 0 11110 01 1 Rm:5 01 11 10 Rn:5 Rd:5", &ScalarForms.Binary<MinimumNumber, Binary64>),
        new("FNMUL_H_floatdp2",  "0 0 0 11110 11 1 Rm:5 1 00010 Rn:5 Rd:5",  &ScalarForms.Binary<MultiplyNegated, Binary16>) { Feature = "FEAT_FP16" },
        new("FNMUL_S_floatdp2",  "0 0 0 11110 00 1 Rm:5 1 00010 Rn:5 Rd:5",  &ScalarForms.Binary<MultiplyNegated, Binary32>),
        new("FNMUL_D_floatdp2",  "0 0 0 11110 01 1 Rm:5 1 00010 Rn:5 Rd:5",  &ScalarForms.Binary<MultiplyNegated, Binary64>),
    ];
}
