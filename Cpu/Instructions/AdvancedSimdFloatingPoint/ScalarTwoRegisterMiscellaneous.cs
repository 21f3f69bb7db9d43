using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD scalar two-register miscellaneous, and the same FP16: floating-point.</summary>
/// <remarks>Source: DDI 0487, C7.2, FCMEQ (zero) to UCVTF (vector, integer), the scalar variants.</remarks>
internal static unsafe class ScalarTwoRegisterMiscellaneous
{
    internal static readonly InsnRow[] Rows =
    [
        new("FCVTNS_asisdmiscfp16_R",  "01 0 1 111 0 0 1111 00 1101 0 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToSigned<ToNearest>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTNS_asisdmisc_R",      "01 0 1 111 0 0 sz:1 10000 1101 0 10 Rn:5 Rd:5", &ScalarForms.Unary<ToSigned<ToNearest>, Binary32>,   &ScalarForms.UnaryBySize<ToSigned<ToNearest>>),
        new("FCVTNU_asisdmiscfp16_R",  "01 1 1 111 0 0 1111 00 1101 0 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToUnsigned<ToNearest>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTNU_asisdmisc_R",      "01 1 1 111 0 0 sz:1 10000 1101 0 10 Rn:5 Rd:5", &ScalarForms.Unary<ToUnsigned<ToNearest>, Binary32>, &ScalarForms.UnaryBySize<ToUnsigned<ToNearest>>),
        new("FCVTAS_asisdmiscfp16_R",  "01 0 1 111 0 0 1111 00 11100 10 Rn:5 Rd:5",     &ScalarForms.Unary<ToSigned<ToAway>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTAS_asisdmisc_R",      "01 0 1 111 0 0 sz:1 10000 11100 10 Rn:5 Rd:5",  &ScalarForms.Unary<ToSigned<ToAway>, Binary32>,      &ScalarForms.UnaryBySize<ToSigned<ToAway>>),
        new("FCVTAU_asisdmiscfp16_R",  "01 1 1 111 0 0 1111 00 11100 10 Rn:5 Rd:5",     &ScalarForms.Unary<ToUnsigned<ToAway>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTAU_asisdmisc_R",      "01 1 1 111 0 0 sz:1 10000 11100 10 Rn:5 Rd:5",  &ScalarForms.Unary<ToUnsigned<ToAway>, Binary32>,    &ScalarForms.UnaryBySize<ToUnsigned<ToAway>>),
        new("FCVTPS_asisdmiscfp16_R",  "01 0 1 111 0 1 1111 00 1101 0 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToSigned<ToPlus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTPS_asisdmisc_R",      "01 0 1 111 0 1 sz:1 10000 1101 0 10 Rn:5 Rd:5", &ScalarForms.Unary<ToSigned<ToPlus>, Binary32>,      &ScalarForms.UnaryBySize<ToSigned<ToPlus>>),
        new("FCVTPU_asisdmiscfp16_R",  "01 1 1 111 0 1 1111 00 1101 0 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToUnsigned<ToPlus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTPU_asisdmisc_R",      "01 1 1 111 0 1 sz:1 10000 1101 0 10 Rn:5 Rd:5", &ScalarForms.Unary<ToUnsigned<ToPlus>, Binary32>,    &ScalarForms.UnaryBySize<ToUnsigned<ToPlus>>),
        new("FCVTMS_asisdmiscfp16_R",  "01 0 1 111 0 0 1111 00 1101 1 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToSigned<ToMinus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTMS_asisdmisc_R",      "01 0 1 111 0 0 sz:1 10000 1101 1 10 Rn:5 Rd:5", &ScalarForms.Unary<ToSigned<ToMinus>, Binary32>,     &ScalarForms.UnaryBySize<ToSigned<ToMinus>>),
        new("FCVTMU_asisdmiscfp16_R",  "01 1 1 111 0 0 1111 00 1101 1 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToUnsigned<ToMinus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTMU_asisdmisc_R",      "01 1 1 111 0 0 sz:1 10000 1101 1 10 Rn:5 Rd:5", &ScalarForms.Unary<ToUnsigned<ToMinus>, Binary32>,   &ScalarForms.UnaryBySize<ToUnsigned<ToMinus>>),
        new("FCVTZS_asisdmiscfp16_R",  "01 0 1 111 0 1 1111 00 1101 1 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToSigned<ToZero>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZS_asisdmisc_R",      "01 0 1 111 0 1 sz:1 10000 1101 1 10 Rn:5 Rd:5", &ScalarForms.Unary<ToSigned<ToZero>, Binary32>,      &ScalarForms.UnaryBySize<ToSigned<ToZero>>),
        new("FCVTZU_asisdmiscfp16_R",  "01 1 1 111 0 1 1111 00 1101 1 10 Rn:5 Rd:5",    &ScalarForms.Unary<ToUnsigned<ToZero>, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZU_asisdmisc_R",      "01 1 1 111 0 1 sz:1 10000 1101 1 10 Rn:5 Rd:5", &ScalarForms.Unary<ToUnsigned<ToZero>, Binary32>,    &ScalarForms.UnaryBySize<ToUnsigned<ToZero>>),
        new("SCVTF_asisdmiscfp16_R",   "01 0 1 111 0 0 1111 00 11101 10 Rn:5 Rd:5",     &ScalarForms.Unary<FromSigned, Binary16>) { Feature = "FEAT_FP16" },
        new("SCVTF_asisdmisc_R",       "01 0 1 111 0 0 sz:1 10000 11101 10 Rn:5 Rd:5",  &ScalarForms.Unary<FromSigned, Binary32>,            &ScalarForms.UnaryBySize<FromSigned>),
        new("UCVTF_asisdmiscfp16_R",   "01 1 1 111 0 0 1111 00 11101 10 Rn:5 Rd:5",     &ScalarForms.Unary<FromUnsigned, Binary16>) { Feature = "FEAT_FP16" },
        new("UCVTF_asisdmisc_R",       "01 1 1 111 0 0 sz:1 10000 11101 10 Rn:5 Rd:5",  &ScalarForms.Unary<FromUnsigned, Binary32>,          &ScalarForms.UnaryBySize<FromUnsigned>),
        new("FRECPE_asisdmiscfp16_R",  "01 0 1 111 0 1 1111 00 11101 10 Rn:5 Rd:5",     &ScalarForms.Unary<ReciprocalEstimate, Binary16>) { Feature = "FEAT_FP16" },
        new("FRECPE_asisdmisc_R",      "01 0 1 111 0 1 sz:1 10000 11101 10 Rn:5 Rd:5",  &ScalarForms.Unary<ReciprocalEstimate, Binary32>,    &ScalarForms.UnaryBySize<ReciprocalEstimate>),
        new("FRSQRTE_asisdmiscfp16_R", "01 1 1 111 0 1 1111 00 11101 10 Rn:5 Rd:5",     &ScalarForms.Unary<SquareRootEstimate, Binary16>) { Feature = "FEAT_FP16" },
        new("FRSQRTE_asisdmisc_R",     "01 1 1 111 0 1 sz:1 10000 11101 10 Rn:5 Rd:5",  &ScalarForms.Unary<SquareRootEstimate, Binary32>,    &ScalarForms.UnaryBySize<SquareRootEstimate>),
        new("FRECPX_asisdmiscfp16_R",  "01 0 1 111 0 1 1111 00 11111 10 Rn:5 Rd:5",     &ScalarForms.Unary<ReciprocalExponent, Binary16>) { Feature = "FEAT_FP16" },
        new("FRECPX_asisdmisc_R",      "01 0 1 111 0 1 sz:1 10000 11111 10 Rn:5 Rd:5",  &ScalarForms.Unary<ReciprocalExponent, Binary32>,    &ScalarForms.UnaryBySize<ReciprocalExponent>),
        new("FCMEQ_asisdmiscfp16_FZ",  "01 0 1 111 0 1 1111 00 0110 1 10 Rn:5 Rd:5",    &ScalarForms.Unary<EqualToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMEQ_asisdmisc_FZ",      "01 0 1 111 0 1 sz:1 10000 0110 1 10 Rn:5 Rd:5", &ScalarForms.Unary<EqualToZero, Binary32>,           &ScalarForms.UnaryBySize<EqualToZero>),
        new("FCMGE_asisdmiscfp16_FZ",  "01 1 1 111 0 1 1111 00 0110 0 10 Rn:5 Rd:5",    &ScalarForms.Unary<GreaterOrEqualToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMGE_asisdmisc_FZ",      "01 1 1 111 0 1 sz:1 10000 0110 0 10 Rn:5 Rd:5", &ScalarForms.Unary<GreaterOrEqualToZero, Binary32>,  &ScalarForms.UnaryBySize<GreaterOrEqualToZero>),
        new("FCMGT_asisdmiscfp16_FZ",  "01 0 1 111 0 1 1111 00 0110 0 10 Rn:5 Rd:5",    &ScalarForms.Unary<GreaterThanZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMGT_asisdmisc_FZ",      "01 0 1 111 0 1 sz:1 10000 0110 0 10 Rn:5 Rd:5", &ScalarForms.Unary<GreaterThanZero, Binary32>,       &ScalarForms.UnaryBySize<GreaterThanZero>),
        new("FCMLE_asisdmiscfp16_FZ",  "01 1 1 111 0 1 1111 00 0110 1 10 Rn:5 Rd:5",    &ScalarForms.Unary<LessOrEqualToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMLE_asisdmisc_FZ",      "01 1 1 111 0 1 sz:1 10000 0110 1 10 Rn:5 Rd:5", &ScalarForms.Unary<LessOrEqualToZero, Binary32>,     &ScalarForms.UnaryBySize<LessOrEqualToZero>),
        new("FCMLT_asisdmiscfp16_FZ",  "01 0 1 111 0 1 1111 00 01110 10 Rn:5 Rd:5",     &ScalarForms.Unary<LessThanZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCMLT_asisdmisc_FZ",      "01 0 1 111 0 1 sz:1 10000 01110 10 Rn:5 Rd:5",  &ScalarForms.Unary<LessThanZero, Binary32>,          &ScalarForms.UnaryBySize<LessThanZero>),

        new("FCVTXN_asisdmisc_N",      "01 1 1 111 0 01 10000 10110 10 Rn:5 Rd:5",      &ConversionForms.ScalarNarrowToOdd),
    ];
}
