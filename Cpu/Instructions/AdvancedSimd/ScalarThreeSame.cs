using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSame;
using static Conformance.Cpu.Instructions.AdvancedSimd.VectorOperations;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar three same: the integer operations.</summary>
/// <remarks>Source: DDI 0487, C7.2, ADD (vector) to USHL, the scalar encodings.</remarks>
internal static unsafe class ScalarThreeSame
{
    internal static readonly InsnRow[] Rows =
    [
        new("SQADD_asisdsame_only",    "01 0 1 111 0 size:2 1 Rm:5 00001 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingAdd>,                     &Shape.Scalar),
        new("UQADD_asisdsame_only",    "01 1 1 111 0 size:2 1 Rm:5 00001 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingAdd>,                     &Shape.Scalar),
        new("SQSUB_asisdsame_only",    "01 0 1 111 0 size:2 1 Rm:5 00101 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingSubtract>,                &Shape.Scalar),
        new("UQSUB_asisdsame_only",    "01 1 1 111 0 size:2 1 Rm:5 00101 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingSubtract>,                &Shape.Scalar),
        new("CMGT_asisdsame_only",     "01 0 1 111 0 11 1 Rm:5 0011 0 1 Rn:5 Rd:5",      &WholeVector.Same<Greater>,                           &Shape.Scalar),
        new("CMHI_asisdsame_only",     "01 1 1 111 0 11 1 Rm:5 0011 0 1 Rn:5 Rd:5",      &WholeVector.Same<Greater>,                           &Shape.Scalar),
        new("CMGE_asisdsame_only",     "01 0 1 111 0 11 1 Rm:5 0011 1 1 Rn:5 Rd:5",      &WholeVector.Same<GreaterOrEqual>,                    &Shape.Scalar),
        new("CMHS_asisdsame_only",     "01 1 1 111 0 11 1 Rm:5 0011 1 1 Rn:5 Rd:5",      &WholeVector.Same<GreaterOrEqual>,                    &Shape.Scalar),
        new("SSHL_asisdsame_only",     "01 0 1 111 0 11 1 Rm:5 010 0 0 1 Rn:5 Rd:5",     &ElementWise.Same<ShiftByRegister>,                   &Shape.Scalar),
        new("USHL_asisdsame_only",     "01 1 1 111 0 11 1 Rm:5 010 0 0 1 Rn:5 Rd:5",     &ElementWise.Same<ShiftByRegister>,                   &Shape.Scalar),
        new("SQSHL_asisdsame_only",    "01 0 1 111 0 size:2 1 Rm:5 010 0 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftByRegister>,         &Shape.Scalar),
        new("UQSHL_asisdsame_only",    "01 1 1 111 0 size:2 1 Rm:5 010 0 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftByRegister>,         &Shape.Scalar),
        new("SRSHL_asisdsame_only",    "01 0 1 111 0 11 1 Rm:5 010 1 0 1 Rn:5 Rd:5",     &ElementWise.Same<RoundingShiftByRegister>,           &Shape.Scalar),
        new("URSHL_asisdsame_only",    "01 1 1 111 0 11 1 Rm:5 010 1 0 1 Rn:5 Rd:5",     &ElementWise.Same<RoundingShiftByRegister>,           &Shape.Scalar),
        new("SQRSHL_asisdsame_only",   "01 0 1 111 0 size:2 1 Rm:5 010 1 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingRoundingShiftByRegister>, &Shape.Scalar),
        new("UQRSHL_asisdsame_only",   "01 1 1 111 0 size:2 1 Rm:5 010 1 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingRoundingShiftByRegister>, &Shape.Scalar),
        new("ADD_asisdsame_only",      "01 0 1 111 0 11 1 Rm:5 10000 1 Rn:5 Rd:5",       &WholeVector.Same<Add>,                               &Shape.Scalar),
        new("SUB_asisdsame_only",      "01 1 1 111 0 11 1 Rm:5 10000 1 Rn:5 Rd:5",       &WholeVector.Same<Subtract>,                          &Shape.Scalar),
        new("CMTST_asisdsame_only",    "01 0 1 111 0 11 1 Rm:5 10001 1 Rn:5 Rd:5",       &WholeVector.Same<Test>,                              &Shape.Scalar),
        new("CMEQ_asisdsame_only",     "01 1 1 111 0 11 1 Rm:5 10001 1 Rn:5 Rd:5",       &WholeVector.Same<Equal>,                             &Shape.Scalar),
        new("SQDMULH_asisdsame_only",  "01 0 1 111 0 size:2 1 Rm:5 10110 1 Rn:5 Rd:5",   &ElementWise.Same<DoublingMultiplyHigh>,              &Shape.ScalarHalfwordsAndWords),
        new("SQRDMULH_asisdsame_only", "01 1 1 111 0 size:2 1 Rm:5 10110 1 Rn:5 Rd:5",   &ElementWise.Same<RoundingDoublingMultiplyHigh>,      &Shape.ScalarHalfwordsAndWords),
    ];
}
