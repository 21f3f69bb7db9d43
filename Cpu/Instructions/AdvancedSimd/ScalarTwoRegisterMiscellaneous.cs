using static Conformance.Cpu.Instructions.AdvancedSimd.TwoRegisterMiscellaneous;
using static Conformance.Cpu.Instructions.AdvancedSimd.VectorOperations;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar two-register miscellaneous: the integer operations.</summary>
/// <remarks>Source: DDI 0487, C7.2, ABS, CM.. (zero), NEG, SQ.., UQXTN, the scalar encodings.</remarks>
internal static unsafe class ScalarTwoRegisterMiscellaneous
{
    internal static readonly InsnRow[] Rows =
    [
        new("SUQADD_asisdmisc_R", "01 0 1 111 0 size:2 10000 00011 10 Rn:5 Rd:5", &ElementWise.Same<SaturatingMixedAdd>,          &Shape.Scalar),
        new("USQADD_asisdmisc_R", "01 1 1 111 0 size:2 10000 00011 10 Rn:5 Rd:5", &ElementWise.Same<SaturatingMixedAdd>,          &Shape.Scalar),
        new("SQABS_asisdmisc_R",  "01 0 1 111 0 size:2 10000 00111 10 Rn:5 Rd:5", &ElementWise.Same<SaturatingAbsolute>,          &Shape.Scalar),
        new("SQNEG_asisdmisc_R",  "01 1 1 111 0 size:2 10000 00111 10 Rn:5 Rd:5", &ElementWise.Same<SaturatingNegate>,            &Shape.Scalar),
        new("CMGT_asisdmisc_Z",   "01 0 1 111 0 11 10000 0100 0 10 Rn:5 Rd:5",    &WholeVector.Same<GreaterThanZero>,             &Shape.Scalar),
        new("CMGE_asisdmisc_Z",   "01 1 1 111 0 11 10000 0100 0 10 Rn:5 Rd:5",    &WholeVector.Same<GreaterOrEqualZero>,          &Shape.Scalar),
        new("CMEQ_asisdmisc_Z",   "01 0 1 111 0 11 10000 0100 1 10 Rn:5 Rd:5",    &WholeVector.Same<EqualZero>,                   &Shape.Scalar),
        new("CMLE_asisdmisc_Z",   "01 1 1 111 0 11 10000 0100 1 10 Rn:5 Rd:5",    &WholeVector.Same<LessOrEqualZero>,             &Shape.Scalar),
        new("CMLT_asisdmisc_Z",   "01 0 1 111 0 11 10000 01010 10 Rn:5 Rd:5",     &WholeVector.Same<LessThanZero>,                &Shape.Scalar),
        new("ABS_asisdmisc_R",    "01 0 1 111 0 11 10000 01011 10 Rn:5 Rd:5",     &WholeVector.Same<Absolute>,                    &Shape.Scalar),
        new("NEG_asisdmisc_R",    "01 1 1 111 0 11 10000 01011 10 Rn:5 Rd:5",     &WholeVector.Same<Negate>,                      &Shape.Scalar),
        new("SQXTN_asisdmisc_N",  "01 0 1 111 0 size:2 10000 10100 10 Rn:5 Rd:5", &ElementWise.Narrow<SaturatingExtract>,         &Shape.ScalarBytesToWords),
        new("UQXTN_asisdmisc_N",  "01 1 1 111 0 size:2 10000 10100 10 Rn:5 Rd:5", &ElementWise.Narrow<SaturatingExtract>,         &Shape.ScalarBytesToWords),
        new("SQXTUN_asisdmisc_N", "01 1 1 111 0 size:2 10000 10010 10 Rn:5 Rd:5", &ElementWise.Narrow<SaturatingExtractUnsigned>, &Shape.ScalarBytesToWords),
    ];
}
