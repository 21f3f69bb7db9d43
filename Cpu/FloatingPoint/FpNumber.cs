using System.Numerics;

namespace Conformance.Cpu.FloatingPoint;

/// <summary>What kind of datum an encoding is.</summary>
internal enum FpKind
{
    Nonzero,
    Zero,
    Infinity,
    QNaN,
    SNaN,
}

/// <summary>A datum taken apart: (-1)^Negative × Significand/2^63 × 2^Exponent, with bit 63 of Significand set.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPUnpack, FPUnpackCV.</remarks>
internal readonly struct FpNumber(FpKind kind, bool negative, int exponent = 0, ulong significand = 0)
{
    internal readonly FpKind Kind = kind;
    internal readonly bool Negative = negative;
    internal readonly int Exponent = exponent;
    internal readonly ulong Significand = significand;

    internal bool IsNaN => Kind >= FpKind.QNaN;

    internal bool IsZero => Kind == FpKind.Zero;

    internal bool IsInfinity => Kind == FpKind.Infinity;

    /// <summary>The operand of an arithmetic instruction: FPCR.AHP does not matter, subnormals may count as zero.</summary>
    internal static FpNumber Unpack<F>(ulong bits, ref FpContext fp)
        where F : struct, IFpFormat
    {
        bool negative = (bits & Fp<F>.SignBit) != 0;
        int exponent = (int)(bits >> F.FractionBits) & Fp<F>.ExponentOnes;
        ulong fraction = bits & Fp<F>.FractionMask;
        if (exponent == 0)
        {
            return fraction == 0 ? new(FpKind.Zero, negative) : Subnormal<F>(negative, fraction, fp.FlushToZero<F>(), ref fp);
        }

        return exponent == Fp<F>.ExponentOnes ? Special<F>(negative, fraction) : Normal<F>(negative, exponent, fraction);
    }

    /// <summary>
    /// The operand of a conversion between formats: AHP turns the half-precision infinities and NaNs into numbers, and
    /// half-precision subnormals are never flushed.
    /// </summary>
    internal static FpNumber UnpackForConversion<F>(ulong bits, ref FpContext fp)
        where F : struct, IFpFormat
    {
        bool negative = (bits & Fp<F>.SignBit) != 0;
        int exponent = (int)(bits >> F.FractionBits) & Fp<F>.ExponentOnes;
        ulong fraction = bits & Fp<F>.FractionMask;
        if (F.Bits != 16)
        {
            return Unpack<F>(bits, ref fp);
        }

        if (exponent == 0)
        {
            return fraction == 0 ? new(FpKind.Zero, negative) : Subnormal<F>(negative, fraction, flush: false, ref fp);
        }

        return exponent == Fp<F>.ExponentOnes && !fp.AlternativeHalf
            ? Special<F>(negative, fraction)
            : Normal<F>(negative, exponent, fraction);
    }

    private static FpNumber Normal<F>(bool negative, int exponent, ulong fraction)
        where F : struct, IFpFormat =>
        new(FpKind.Nonzero, negative, exponent - 1 + Fp<F>.MinExponent, 1UL << 63 | fraction << (63 - F.FractionBits));

    private static FpNumber Special<F>(bool negative, ulong fraction)
        where F : struct, IFpFormat =>
        new(fraction == 0 ? FpKind.Infinity : (fraction & Fp<F>.QuietBit) != 0 ? FpKind.QNaN : FpKind.SNaN, negative);

    /// <summary>A flushed operand raises IDC, except in half precision.</summary>
    private static FpNumber Subnormal<F>(bool negative, ulong fraction, bool flush, ref FpContext fp)
        where F : struct, IFpFormat
    {
        if (flush)
        {
            if (F.Bits != 16)
            {
                fp.Raise(FpFlag.IDC);
            }

            return new(FpKind.Zero, negative);
        }

        int zeros = BitOperations.LeadingZeroCount(fraction);
        return new(FpKind.Nonzero, negative, Fp<F>.MinExponent + 63 - F.FractionBits - zeros, fraction << zeros);
    }
}
