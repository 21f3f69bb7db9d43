using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD scalar three same, and three same FP16.</summary>
/// <remarks>Source: DDI 0487, C7.2, FABD, FACGE, FACGT, FCMEQ, FCMGE, FCMGT, FMULX, FRECPS, FRSQRTS.</remarks>
internal static unsafe class ScalarThreeSame
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMULX_asisdsamefp16_only",   "01 0 1 111 0 0 10 Rm:5 00 011 1 Rn:5 Rd:5",     &ScalarForms.Binary<MultiplyExtended, Binary16>) { Feature = "FEAT_FP16" },
        new("FMULX_asisdsame_only",       "01 0 1 111 0 0 sz:1 1 Rm:5 11011 1 Rn:5 Rd:5",  &ScalarForms.Binary<MultiplyExtended, Binary32>,       &ScalarForms.BinaryBySize<MultiplyExtended>),
        new("FABD_asisdsamefp16_only",    "01 1 1 111 0 1 10 Rm:5 00 010 1 Rn:5 Rd:5",     &ScalarForms.Binary<AbsoluteDifference, Binary16>) { Feature = "FEAT_FP16" },
        new("FABD_asisdsame_only",        "01 1 1 111 0 1 sz:1 1 Rm:5 11010 1 Rn:5 Rd:5",  &ScalarForms.Binary<AbsoluteDifference, Binary32>,     &ScalarForms.BinaryBySize<AbsoluteDifference>),
        new("FCMEQ_asisdsamefp16_only",   "01 0 1 111 0 0 10 Rm:5 00 10 0 1 Rn:5 Rd:5",    &ScalarForms.Binary<Equal, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMEQ_asisdsame_only",       "01 0 1 111 0 0 sz:1 1 Rm:5 1110 0 1 Rn:5 Rd:5", &ScalarForms.Binary<Equal, Binary32>,                  &ScalarForms.BinaryBySize<Equal>),
        new("FCMGE_asisdsamefp16_only",   "01 1 1 111 0 0 10 Rm:5 00 10 0 1 Rn:5 Rd:5",    &ScalarForms.Binary<GreaterOrEqual, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMGE_asisdsame_only",       "01 1 1 111 0 0 sz:1 1 Rm:5 1110 0 1 Rn:5 Rd:5", &ScalarForms.Binary<GreaterOrEqual, Binary32>,         &ScalarForms.BinaryBySize<GreaterOrEqual>),
        new("FCMGT_asisdsamefp16_only",   "01 1 1 111 0 1 10 Rm:5 00 10 0 1 Rn:5 Rd:5",    &ScalarForms.Binary<GreaterThan, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMGT_asisdsame_only",       "01 1 1 111 0 1 sz:1 1 Rm:5 1110 0 1 Rn:5 Rd:5", &ScalarForms.Binary<GreaterThan, Binary32>,            &ScalarForms.BinaryBySize<GreaterThan>),
        new("FACGE_asisdsamefp16_only",   "01 1 1 111 0 0 10 Rm:5 00 10 1 1 Rn:5 Rd:5",    &ScalarForms.Binary<AbsoluteGreaterOrEqual, Binary16>) { Feature = "FEAT_FP16" },
        new("FACGE_asisdsame_only",       "01 1 1 111 0 0 sz:1 1 Rm:5 1110 1 1 Rn:5 Rd:5", &ScalarForms.Binary<AbsoluteGreaterOrEqual, Binary32>, &ScalarForms.BinaryBySize<AbsoluteGreaterOrEqual>),
        new("FACGT_asisdsamefp16_only",   "01 1 1 111 0 1 10 Rm:5 00 10 1 1 Rn:5 Rd:5",    &ScalarForms.Binary<AbsoluteGreaterThan, Binary16>) { Feature = "FEAT_FP16" },
        new("FACGT_asisdsame_only",       "01 1 1 111 0 1 sz:1 1 Rm:5 1110 1 1 Rn:5 Rd:5", &ScalarForms.Binary<AbsoluteGreaterThan, Binary32>,    &ScalarForms.BinaryBySize<AbsoluteGreaterThan>),
        new("FRECPS_asisdsamefp16_only",  "01 0 1 111 0 0 10 Rm:5 00 111 1 Rn:5 Rd:5",     &ScalarForms.Binary<ReciprocalStep, Binary16>) { Feature = "FEAT_FP16" },
        new("FRECPS_asisdsame_only",      "01 0 1 111 0 0 sz:1 1 Rm:5 11111 1 Rn:5 Rd:5",  &ScalarForms.Binary<ReciprocalStep, Binary32>,         &ScalarForms.BinaryBySize<ReciprocalStep>),
        new("FRSQRTS_asisdsamefp16_only", "01 0 1 111 0 1 10 Rm:5 00 111 1 Rn:5 Rd:5",     &ScalarForms.Binary<SquareRootStep, Binary16>) { Feature = "FEAT_FP16" },
        new("FRSQRTS_asisdsame_only",     "01 0 1 111 0 1 sz:1 1 Rm:5 11111 1 Rn:5 Rd:5",  &ScalarForms.Binary<SquareRootStep, Binary32>,         &ScalarForms.BinaryBySize<SquareRootStep>),
    ];
}
