namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>The encoding groups of Advanced SIMD as far as they compute with floating-point numbers.</summary>
internal static class AdvancedSimdFloatingPointGroups
{
    internal static readonly InsnRow[][] Groups =
    [
        ScalarThreeSame.Rows,
        ScalarTwoRegisterMiscellaneous.Rows,
        ThreeSame.Rows,
        TwoRegisterMiscellaneous.Rows,
        Reductions.Rows,
        ByElement.Rows,
        ShiftByImmediate.Rows,
        Complex.Rows,
    ];
}
