using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Floating-point data-processing (2 source).</summary>
/// <remarks>Source: DDI 0487, C7.2, "FADD (scalar)" to "FNMUL (scalar)".</remarks>
internal static unsafe class FloatingPointTwoSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMUL (scalar, half)",     "0 0 0 11110 11 1 Rm:5 0000 10 Rn:5 Rd:5", &ScalarForms.Binary<Multiply, Binary16>) { Feature = "FEAT_FP16" },
        new("FMUL (scalar, single)",   "0 0 0 11110 00 1 Rm:5 0000 10 Rn:5 Rd:5", &ScalarForms.Binary<Multiply, Binary32>),
        new("FMUL (scalar, double)",   "0 0 0 11110 01 1 Rm:5 0000 10 Rn:5 Rd:5", &ScalarForms.Binary<Multiply, Binary64>),
        new("FDIV (scalar, half)",     "0 0 0 11110 11 1 Rm:5 0001 10 Rn:5 Rd:5", &ScalarForms.Binary<Divide, Binary16>) { Feature = "FEAT_FP16" },
        new("FDIV (scalar, single)",   "0 0 0 11110 00 1 Rm:5 0001 10 Rn:5 Rd:5", &ScalarForms.Binary<Divide, Binary32>),
        new("FDIV (scalar, double)",   "0 0 0 11110 01 1 Rm:5 0001 10 Rn:5 Rd:5", &ScalarForms.Binary<Divide, Binary64>),
        new("FADD (scalar, half)",     "0 0 0 11110 11 1 Rm:5 0010 10 Rn:5 Rd:5", &ScalarForms.Binary<Add, Binary16>) { Feature = "FEAT_FP16" },
        new("FADD (scalar, single)",   "0 0 0 11110 00 1 Rm:5 0010 10 Rn:5 Rd:5", &ScalarForms.Binary<Add, Binary32>),
        new("FADD (scalar, double)",   "0 0 0 11110 01 1 Rm:5 0010 10 Rn:5 Rd:5", &ScalarForms.Binary<Add, Binary64>),
        new("FSUB (scalar, half)",     "0 0 0 11110 11 1 Rm:5 0011 10 Rn:5 Rd:5", &ScalarForms.Binary<Subtract, Binary16>) { Feature = "FEAT_FP16" },
        new("FSUB (scalar, single)",   "0 0 0 11110 00 1 Rm:5 0011 10 Rn:5 Rd:5", &ScalarForms.Binary<Subtract, Binary32>),
        new("FSUB (scalar, double)",   "0 0 0 11110 01 1 Rm:5 0011 10 Rn:5 Rd:5", &ScalarForms.Binary<Subtract, Binary64>),
        new("FMAX (scalar, half)",     "0 0 0 11110 11 1 Rm:5 0100 10 Rn:5 Rd:5", &ScalarForms.Binary<Maximum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAX (scalar, single)",   "0 0 0 11110 00 1 Rm:5 0100 10 Rn:5 Rd:5", &ScalarForms.Binary<Maximum, Binary32>),
        new("FMAX (scalar, double)",   "0 0 0 11110 01 1 Rm:5 0100 10 Rn:5 Rd:5", &ScalarForms.Binary<Maximum, Binary64>),
        new("FMIN (scalar, half)",     "0 0 0 11110 11 1 Rm:5 0101 10 Rn:5 Rd:5", &ScalarForms.Binary<Minimum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMIN (scalar, single)",   "0 0 0 11110 00 1 Rm:5 0101 10 Rn:5 Rd:5", &ScalarForms.Binary<Minimum, Binary32>),
        new("FMIN (scalar, double)",   "0 0 0 11110 01 1 Rm:5 0101 10 Rn:5 Rd:5", &ScalarForms.Binary<Minimum, Binary64>),
        new("FMAXNM (scalar, half)",   "0 0 0 11110 11 1 Rm:5 0110 10 Rn:5 Rd:5", &ScalarForms.Binary<MaximumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXNM (scalar, single)", "0 0 0 11110 00 1 Rm:5 0110 10 Rn:5 Rd:5", &ScalarForms.Binary<MaximumNumber, Binary32>),
        new("FMAXNM (scalar, double)", "0 0 0 11110 01 1 Rm:5 0110 10 Rn:5 Rd:5", &ScalarForms.Binary<MaximumNumber, Binary64>),
        new("FMINNM (scalar, half)",   "0 0 0 11110 11 1 Rm:5 0111 10 Rn:5 Rd:5", &ScalarForms.Binary<MinimumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINNM (scalar, single)", "0 0 0 11110 00 1 Rm:5 0111 10 Rn:5 Rd:5", &ScalarForms.Binary<MinimumNumber, Binary32>),
        new("FMINNM (scalar, double)", "0 0 0 11110 01 1 Rm:5 0111 10 Rn:5 Rd:5", &ScalarForms.Binary<MinimumNumber, Binary64>),
        new("FNMUL (scalar, half)",    "0 0 0 11110 11 1 Rm:5 1000 10 Rn:5 Rd:5", &ScalarForms.Binary<MultiplyNegated, Binary16>) { Feature = "FEAT_FP16" },
        new("FNMUL (scalar, single)",  "0 0 0 11110 00 1 Rm:5 1000 10 Rn:5 Rd:5", &ScalarForms.Binary<MultiplyNegated, Binary32>),
        new("FNMUL (scalar, double)",  "0 0 0 11110 01 1 Rm:5 1000 10 Rn:5 Rd:5", &ScalarForms.Binary<MultiplyNegated, Binary64>),
    ];
}
