using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD three same, and three same (FP16): floating-point arithmetic on vectors.</summary>
/// <remarks>Source: DDI 0487, C7.2, "FABD" to "FSUB (vector)".</remarks>
internal static unsafe class ThreeSame
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMUL_asimdsamefp16_only",    "0 Q:1 1 0 111 0 0 10 Rm:5 00 011 1 Rn:5 Rd:5",     &VectorForms.Binary<Multiply, Binary16>) { Feature = "FEAT_FP16" },
        new("FMUL_asimdsame_only",        "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 11011 1 Rn:5 Rd:5",  &VectorForms.Binary<Multiply, Binary32>,               &VectorForms.BinaryBySize<Multiply>),
        new("FDIV_asimdsamefp16_only",    "0 Q:1 1 0 111 0 0 10 Rm:5 00 111 1 Rn:5 Rd:5",     &VectorForms.Binary<Divide, Binary16>) { Feature = "FEAT_FP16" },
        new("FDIV_asimdsame_only",        "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 11111 1 Rn:5 Rd:5",  &VectorForms.Binary<Divide, Binary32>,                 &VectorForms.BinaryBySize<Divide>),
        new("FADD_asimdsamefp16_only",    "0 Q:1 0 0 111 0 0 10 Rm:5 00 010 1 Rn:5 Rd:5",     &VectorForms.Binary<Add, Binary16>) { Feature = "FEAT_FP16" },
        new("FADD_asimdsame_only",        "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 11010 1 Rn:5 Rd:5",  &VectorForms.Binary<Add, Binary32>,                    &VectorForms.BinaryBySize<Add>),
        new("FSUB_asimdsamefp16_only",    "0 Q:1 0 0 111 0 1 10 Rm:5 00 010 1 Rn:5 Rd:5",     &VectorForms.Binary<Subtract, Binary16>) { Feature = "FEAT_FP16" },
        new("FSUB_asimdsame_only",        "0 Q:1 0 0 111 0 1 sz:1 1 Rm:5 11010 1 Rn:5 Rd:5",  &VectorForms.Binary<Subtract, Binary32>,               &VectorForms.BinaryBySize<Subtract>),
        new("FMAX_asimdsamefp16_only",    "0 Q:1 0 0 111 0 0 10 Rm:5 00 110 1 Rn:5 Rd:5",     &VectorForms.Binary<Maximum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAX_asimdsame_only",        "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 11110 1 Rn:5 Rd:5",  &VectorForms.Binary<Maximum, Binary32>,                &VectorForms.BinaryBySize<Maximum>),
        new("FMIN_asimdsamefp16_only",    "0 Q:1 0 0 111 0 1 10 Rm:5 00 110 1 Rn:5 Rd:5",     &VectorForms.Binary<Minimum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMIN_asimdsame_only",        "0 Q:1 0 0 111 0 1 sz:1 1 Rm:5 11110 1 Rn:5 Rd:5",  &VectorForms.Binary<Minimum, Binary32>,                &VectorForms.BinaryBySize<Minimum>),
        new("FMAXNM_asimdsamefp16_only",  "0 Q:1 0 0 111 0 0 10 Rm:5 00 000 1 Rn:5 Rd:5",     &VectorForms.Binary<MaximumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXNM_asimdsame_only",      "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 11000 1 Rn:5 Rd:5",  &VectorForms.Binary<MaximumNumber, Binary32>,          &VectorForms.BinaryBySize<MaximumNumber>),
        new("FMINNM_asimdsamefp16_only",  "0 Q:1 0 0 111 0 1 10 Rm:5 00 000 1 Rn:5 Rd:5",     &VectorForms.Binary<MinimumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINNM_asimdsame_only",      "0 Q:1 0 0 111 0 1 sz:1 1 Rm:5 11000 1 Rn:5 Rd:5",  &VectorForms.Binary<MinimumNumber, Binary32>,          &VectorForms.BinaryBySize<MinimumNumber>),
        new("FMULX_asimdsamefp16_only",   "0 Q:1 0 0 111 0 0 10 Rm:5 00 011 1 Rn:5 Rd:5",     &VectorForms.Binary<MultiplyExtended, Binary16>) { Feature = "FEAT_FP16" },
        new("FMULX_asimdsame_only",       "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 11011 1 Rn:5 Rd:5",  &VectorForms.Binary<MultiplyExtended, Binary32>,       &VectorForms.BinaryBySize<MultiplyExtended>),
        new("FABD_asimdsamefp16_only",    "0 Q:1 1 0 111 0 1 10 Rm:5 00 010 1 Rn:5 Rd:5",     &VectorForms.Binary<AbsoluteDifference, Binary16>) { Feature = "FEAT_FP16" },
        new("FABD_asimdsame_only",        "0 Q:1 1 0 111 0 1 sz:1 1 Rm:5 11010 1 Rn:5 Rd:5",  &VectorForms.Binary<AbsoluteDifference, Binary32>,     &VectorForms.BinaryBySize<AbsoluteDifference>),
        new("FCMEQ_asimdsamefp16_only",   "0 Q:1 0 0 111 0 0 10 Rm:5 00 10 0 1 Rn:5 Rd:5",    &VectorForms.Binary<Equal, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMEQ_asimdsame_only",       "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 1110 0 1 Rn:5 Rd:5", &VectorForms.Binary<Equal, Binary32>,                  &VectorForms.BinaryBySize<Equal>),
        new("FCMGE_asimdsamefp16_only",   "0 Q:1 1 0 111 0 0 10 Rm:5 00 10 0 1 Rn:5 Rd:5",    &VectorForms.Binary<GreaterOrEqual, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMGE_asimdsame_only",       "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 1110 0 1 Rn:5 Rd:5", &VectorForms.Binary<GreaterOrEqual, Binary32>,         &VectorForms.BinaryBySize<GreaterOrEqual>),
        new("FCMGT_asimdsamefp16_only",   "0 Q:1 1 0 111 0 1 10 Rm:5 00 10 0 1 Rn:5 Rd:5",    &VectorForms.Binary<GreaterThan, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMGT_asimdsame_only",       "0 Q:1 1 0 111 0 1 sz:1 1 Rm:5 1110 0 1 Rn:5 Rd:5", &VectorForms.Binary<GreaterThan, Binary32>,            &VectorForms.BinaryBySize<GreaterThan>),
        new("FACGE_asimdsamefp16_only",   "0 Q:1 1 0 111 0 0 10 Rm:5 00 10 1 1 Rn:5 Rd:5",    &VectorForms.Binary<AbsoluteGreaterOrEqual, Binary16>) { Feature = "FEAT_FP16" },
        new("FACGE_asimdsame_only",       "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 1110 1 1 Rn:5 Rd:5", &VectorForms.Binary<AbsoluteGreaterOrEqual, Binary32>, &VectorForms.BinaryBySize<AbsoluteGreaterOrEqual>),
        new("FACGT_asimdsamefp16_only",   "0 Q:1 1 0 111 0 1 10 Rm:5 00 10 1 1 Rn:5 Rd:5",    &VectorForms.Binary<AbsoluteGreaterThan, Binary16>) { Feature = "FEAT_FP16" },
        new("FACGT_asimdsame_only",       "0 Q:1 1 0 111 0 1 sz:1 1 Rm:5 1110 1 1 Rn:5 Rd:5", &VectorForms.Binary<AbsoluteGreaterThan, Binary32>,    &VectorForms.BinaryBySize<AbsoluteGreaterThan>),
        new("FRECPS_asimdsamefp16_only",  "0 Q:1 0 0 111 0 0 10 Rm:5 00 111 1 Rn:5 Rd:5",     &VectorForms.Binary<ReciprocalStep, Binary16>) { Feature = "FEAT_FP16" },
        new("FRECPS_asimdsame_only",      "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 11111 1 Rn:5 Rd:5",  &VectorForms.Binary<ReciprocalStep, Binary32>,         &VectorForms.BinaryBySize<ReciprocalStep>),
        new("FRSQRTS_asimdsamefp16_only", "0 Q:1 0 0 111 0 1 10 Rm:5 00 111 1 Rn:5 Rd:5",     &VectorForms.Binary<SquareRootStep, Binary16>) { Feature = "FEAT_FP16" },
        new("FRSQRTS_asimdsame_only",     "0 Q:1 0 0 111 0 1 sz:1 1 Rm:5 11111 1 Rn:5 Rd:5",  &VectorForms.Binary<SquareRootStep, Binary32>,         &VectorForms.BinaryBySize<SquareRootStep>),
        new("FMLA_asimdsamefp16_only",    "0 Q:1 0 0 111 0 0 10 Rm:5 00 001 1 Rn:5 Rd:5",     &VectorForms.Accumulate<MultiplyAdd, Binary16>) { Feature = "FEAT_FP16" },
        new("FMLA_asimdsame_only",        "0 Q:1 0 0 111 0 0 sz:1 1 Rm:5 11001 1 Rn:5 Rd:5",  &VectorForms.Accumulate<MultiplyAdd, Binary32>,        &VectorForms.AccumulateBySize<MultiplyAdd>),
        new("FMLS_asimdsamefp16_only",    "0 Q:1 0 0 111 0 1 10 Rm:5 00 001 1 Rn:5 Rd:5",     &VectorForms.Accumulate<MultiplySubtract, Binary16>) { Feature = "FEAT_FP16" },
        new("FMLS_asimdsame_only",        "0 Q:1 0 0 111 0 1 sz:1 1 Rm:5 11001 1 Rn:5 Rd:5",  &VectorForms.Accumulate<MultiplySubtract, Binary32>,   &VectorForms.AccumulateBySize<MultiplySubtract>),
        new("FADDP_asimdsamefp16_only",   "0 Q:1 1 0 111 0 0 10 Rm:5 00 010 1 Rn:5 Rd:5",     &VectorForms.Pairwise<Add, Binary16>) { Feature = "FEAT_FP16" },
        new("FADDP_asimdsame_only",       "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 11010 1 Rn:5 Rd:5",  &VectorForms.Pairwise<Add, Binary32>,                  &VectorForms.PairwiseBySize<Add>),
        new("FMAXP_asimdsamefp16_only",   "0 Q:1 1 0 111 0 0 10 Rm:5 00 110 1 Rn:5 Rd:5",     &VectorForms.Pairwise<Maximum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXP_asimdsame_only",       "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 11110 1 Rn:5 Rd:5",  &VectorForms.Pairwise<Maximum, Binary32>,              &VectorForms.PairwiseBySize<Maximum>),
        new("FMINP_asimdsamefp16_only",   "0 Q:1 1 0 111 0 1 10 Rm:5 00 110 1 Rn:5 Rd:5",     &VectorForms.Pairwise<Minimum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINP_asimdsame_only",       "0 Q:1 1 0 111 0 1 sz:1 1 Rm:5 11110 1 Rn:5 Rd:5",  &VectorForms.Pairwise<Minimum, Binary32>,              &VectorForms.PairwiseBySize<Minimum>),
        new("FMAXNMP_asimdsamefp16_only", "0 Q:1 1 0 111 0 0 10 Rm:5 00 000 1 Rn:5 Rd:5",     &VectorForms.Pairwise<MaximumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXNMP_asimdsame_only",     "0 Q:1 1 0 111 0 0 sz:1 1 Rm:5 11000 1 Rn:5 Rd:5",  &VectorForms.Pairwise<MaximumNumber, Binary32>,        &VectorForms.PairwiseBySize<MaximumNumber>),
        new("FMINNMP_asimdsamefp16_only", "0 Q:1 1 0 111 0 1 10 Rm:5 00 000 1 Rn:5 Rd:5",     &VectorForms.Pairwise<MinimumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINNMP_asimdsame_only",     "0 Q:1 1 0 111 0 1 sz:1 1 Rm:5 11000 1 Rn:5 Rd:5",  &VectorForms.Pairwise<MinimumNumber, Binary32>,        &VectorForms.PairwiseBySize<MinimumNumber>),
        new("FMLAL_asimdsame_F",          "0 Q:1 0 0 111 0 0 0 1 Rm:5 11101 1 Rn:5 Rd:5",     &WideningForms.Accumulate,                             &WideningForms.Vector) { Feature = "FEAT_FHM" },
        new("FMLAL2_asimdsame_F",         "0 Q:1 1 0 111 0 0 0 1 Rm:5 11001 1 Rn:5 Rd:5",     &WideningForms.Accumulate,                             &WideningForms.Vector) { Feature = "FEAT_FHM" },
        new("FMLSL_asimdsame_F",          "0 Q:1 0 0 111 0 1 0 1 Rm:5 11101 1 Rn:5 Rd:5",     &WideningForms.Accumulate,                             &WideningForms.Vector) { Feature = "FEAT_FHM" },
        new("FMLSL2_asimdsame_F",         "0 Q:1 1 0 111 0 1 0 1 Rm:5 11001 1 Rn:5 Rd:5",     &WideningForms.Accumulate,                             &WideningForms.Vector) { Feature = "FEAT_FHM" },
    ];
}
