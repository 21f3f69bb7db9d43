using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSameExtra;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar three same extra: SQRDMLAH and SQRDMLSH.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these.</remarks>
internal static unsafe class ScalarThreeSameExtra
{
    internal static readonly InsnRow[] Rows =
    [
        new("SQRDMLAH_asisdsame2_only", "01 1 1 111 0 size:2 0 Rm:5 1 000 0 1 Rn:5 Rd:5", &ElementWise.Same<DoublingMultiplyAddHigh>,      &Shape.ScalarHalfwordsAndWords) { Feature = "FEAT_RDM" },
        new("SQRDMLSH_asisdsame2_only", "01 1 1 111 0 size:2 0 Rm:5 1 000 1 1 Rn:5 Rd:5", &ElementWise.Same<DoublingMultiplySubtractHigh>, &Shape.ScalarHalfwordsAndWords) { Feature = "FEAT_RDM" },
    ];
}
