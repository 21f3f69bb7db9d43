namespace Conformance.Cpu.FloatingPoint;

/// <summary>Estimates of reciprocals and reciprocal square roots, to 8 bits of fraction.</summary>
/// <remarks>
/// Source: DDI 0487, shared pseudocode, FPRecipEstimate, RecipEstimate, FPRSqrtEstimate, RecipSqrtEstimate, FPRecpX,
/// UnsignedRecipEstimate, UnsignedRSqrtEstimate.
/// </remarks>
internal static class FpEstimate
{
    /// <summary>The estimates have 9 bits, the leading one included.</summary>
    private const int Bits = 9;

    internal static ulong Reciprocal<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsNaN)
        {
            return FpNaN.Process<F>(a.Kind, op, ref fp);
        }

        if (a.IsInfinity)
        {
            return Fp<F>.Zero(a.Negative);
        }

        if (a.IsZero)
        {
            fp.Raise(FpFlag.DZC);
            return Fp<F>.Infinity(a.Negative);
        }

        // Below 2^-16, 2^-128, 2^-1024 the reciprocal is too large for the format.
        if (a.Exponent < Fp<F>.MinExponent - 2)
        {
            return FpRound.Overflow<F>(a.Negative, ref fp, fp.Rounding);
        }

        // From 2^14, 2^126, 2^1022 on it is subnormal.
        if (a.Exponent >= -Fp<F>.MinExponent && fp.FlushToZero<F>())
        {
            fp.Raise(FpFlag.UFC);
            return Fp<F>.Zero(a.Negative);
        }

        uint estimate = Reciprocal((uint)(a.Significand >> (64 - Bits)));
        return Compose<F>(a.Negative, -a.Exponent - 1, estimate);
    }

    internal static ulong SquareRoot<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsNaN)
        {
            return FpNaN.Process<F>(a.Kind, op, ref fp);
        }

        if (a.IsZero)
        {
            fp.Raise(FpFlag.DZC);
            return Fp<F>.Infinity(a.Negative);
        }

        if (a.Negative)
        {
            return FpNaN.Invalid<F>(ref fp);
        }

        if (a.IsInfinity)
        {
            return 0;
        }

        // The operand is scaled by an even power of two into [1/4, 1).
        bool even = (a.Exponent & 1) == 0;
        uint scaled = (uint)(a.Significand >> (64 - Bits)) >> (even ? 1 : 0);
        return Compose<F>(negative: false, (-a.Exponent - 1) >> 1, SquareRoot(scaled));
    }

    /// <summary>A power of two near the reciprocal: the exponent inverted, the fraction zero.</summary>
    internal static ulong Exponent<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsNaN)
        {
            return FpNaN.Process<F>(a.Kind, op, ref fp);
        }

        int exponent = (int)(op >> F.FractionBits) & Fp<F>.ExponentOnes;
        int inverted = exponent == 0 ? Fp<F>.ExponentOnes - 1 : Fp<F>.ExponentOnes ^ exponent;
        return Fp<F>.Zero(a.Negative) | (ulong)inverted << F.FractionBits;
    }

    /// <summary>Of a fixed-point number in [1/2, 1); all ones for smaller ones.</summary>
    internal static uint UnsignedReciprocal(uint op) =>
        (int)op >= 0 ? uint.MaxValue : Reciprocal(op >> (32 - Bits)) << (32 - Bits);

    /// <summary>Of a fixed-point number in [1/4, 1); all ones for smaller ones.</summary>
    internal static uint UnsignedSquareRoot(uint op) =>
        op >> 30 == 0 ? uint.MaxValue : SquareRoot(op >> (32 - Bits)) << (32 - Bits);

    /// <summary>Of a number in [1/2, 1), in units of 1/512; the result, in [1, 2), in units of 1/256.</summary>
    private static uint Reciprocal(uint scaled) => ((1u << 19) / (2 * scaled + 1) + 1) >> 1;

    /// <summary>Of a number in [1/4, 1), in units of 1/512; the result, in [1, 2), in units of 1/256.</summary>
    private static uint SquareRoot(uint scaled)
    {
        uint middle = scaled < 256 ? 2 * scaled + 1 : 2 * (scaled | 1);
        uint root = 512;
        while (middle * (root + 1) * (root + 1) < 1u << 28)
        {
            root++;
        }

        return (root + 1) >> 1;
    }

    /// <summary>An estimate as a number, subnormal when its exponent is too small; what is cut off was zero anyway.</summary>
    private static ulong Compose<F>(bool negative, int exponent, uint estimate)
        where F : struct, IFpFormat
    {
        ulong mantissa = (ulong)estimate << (F.FractionBits - Bits + 1);
        int biased = exponent - Fp<F>.MinExponent + 1;
        if (biased <= 0)
        {
            return Fp<F>.Zero(negative) | mantissa >> (1 - biased);
        }

        return Fp<F>.Zero(negative) | (ulong)biased << F.FractionBits | (mantissa & Fp<F>.FractionMask);
    }
}
