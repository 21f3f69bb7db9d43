namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>The encoding groups of Advanced SIMD without floating-point arithmetic, and of cryptography.</summary>
/// <remarks>Source: DDI 0487, C4.1, in the order of the manual.</remarks>
internal static class AdvancedSimdGroups
{
    internal static readonly InsnRow[][] Groups =
    [
        LoadStoreMultiple.Rows,
        LoadStoreSingle.Rows,
        CryptographicAes.Rows,
        CryptographicSha1.Rows,
        CryptographicSha256.Rows,
        CryptographicSha512.Rows,
        CryptographicSha3.Rows,
        CryptographicSm3.Rows,
        CryptographicSm4.Rows,
        ScalarCopy.Rows,
        ScalarThreeSameExtra.Rows,
        ScalarTwoRegisterMiscellaneous.Rows,
        ScalarPairwise.Rows,
        ScalarThreeDifferent.Rows,
        ScalarThreeSame.Rows,
        ScalarShiftByImmediate.Rows,
        ScalarByElement.Rows,
        TableLookup.Rows,
        Permute.Rows,
        Extract.Rows,
        Copy.Rows,
        ThreeSameExtra.Rows,
        TwoRegisterMiscellaneous.Rows,
        AcrossLanes.Rows,
        ThreeDifferent.Rows,
        ThreeSame.Rows,
        ModifiedImmediate.Rows,
        ShiftByImmediate.Rows,
        ByElement.Rows,
    ];
}
