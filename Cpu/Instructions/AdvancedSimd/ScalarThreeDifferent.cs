using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeDifferent;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar three different: SQDMLAL, SQDMLSL and SQDMULL.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these, the scalar encodings.</remarks>
internal static unsafe class ScalarThreeDifferent
{
    internal static readonly InsnRow[] Rows =
    [
        new("SQDMLAL_asisddiff_only", "01 0 1 111 0 size:2 1 Rm:5 10 0 1 00 Rn:5 Rd:5", &ElementWise.Long<DoublingMultiplyAdd>,      &Shape.ScalarHalfwordsAndWords),
        new("SQDMLSL_asisddiff_only", "01 0 1 111 0 size:2 1 Rm:5 10 1 1 00 Rn:5 Rd:5", &ElementWise.Long<DoublingMultiplySubtract>, &Shape.ScalarHalfwordsAndWords),
        new("SQDMULL_asisddiff_only", "01 0 1 111 0 size:2 1 Rm:5 1101 00 Rn:5 Rd:5",   &ElementWise.Long<DoublingMultiply>,         &Shape.ScalarHalfwordsAndWords),
    ];
}
