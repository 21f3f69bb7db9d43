namespace Conformance.Cpu.FloatingPoint;

/// <summary>The steps of Newton's iteration: 2 - op1 × op2 for reciprocals, (3 - op1 × op2) / 2 for square roots.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPRecipStepFused, FPRSqrtStepFused, FPTwo, FPThree, FPOnePointFive.</remarks>
internal static class FpStep
{
    private static readonly FpNumber s_two = new(FpKind.Nonzero, negative: false, exponent: 1, significand: 1UL << 63);
    private static readonly FpNumber s_three = new(FpKind.Nonzero, negative: false, exponent: 1, significand: 3UL << 62);

    internal static ulong Reciprocal<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        Step<F>(op1, op2, ref fp, s_two, halvings: 0, special: Constant<F>(negative: false, exponent: 1));

    internal static ulong SquareRoot<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        Step<F>(op1, op2, ref fp, s_three, halvings: 1, special: Constant<F>(negative: false, exponent: 0) | Fp<F>.QuietBit);

    /// <summary>A power of two.</summary>
    internal static ulong Constant<F>(bool negative, int exponent)
        where F : struct, IFpFormat => Fp<F>.Zero(negative) | (ulong)(exponent + 1 - Fp<F>.MinExponent) << F.FractionBits;

    /// <summary>The first operand is negated before anything else, so that a NaN comes out negated too.</summary>
    private static ulong Step<F>(ulong op1, ulong op2, ref FpContext fp, in FpNumber from, int halvings, ulong special)
        where F : struct, IFpFormat
    {
        op1 = Fp<F>.Neg(op1);
        FpNumber a = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op2, ref fp);
        if (FpNaN.Process<F>(a.Kind, b.Kind, op1, op2, ref fp, out ulong result))
        {
            return result;
        }

        return (a.IsInfinity && b.IsZero) || (a.IsZero && b.IsInfinity)
            ? special
            : FpMultiplyAdd.OfNumbers<F>(from, a, b, ref fp, halvings);
    }
}
