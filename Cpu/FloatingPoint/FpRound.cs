namespace Conformance.Cpu.FloatingPoint;

/// <summary>From an exact value to the format of a result.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPRound, FPRoundCV. Tininess is detected before rounding.</remarks>
internal static class FpRound
{
    /// <summary>Rounds as FPCR.RMode says.</summary>
    internal static ulong Round<F>(bool negative, int exponent, ulong significand, ref FpContext fp)
        where F : struct, IFpFormat => Round<F>(negative, exponent, significand, ref fp, fp.Rounding);

    /// <summary>Rounds the result of arithmetic: AHP does not matter, tiny results are flushed when FPCR says so.</summary>
    /// <param name="negative">The sign.</param>
    /// <param name="exponent">Exponent of the leading bit.</param>
    /// <param name="significand">Bit 63 is the leading bit; bit 0 is set also when anything below it was.</param>
    /// <param name="fp">Control and flags.</param>
    /// <param name="rounding">Any mode but ties away, which no result in a floating-point format has.</param>
    internal static ulong Round<F>(bool negative, int exponent, ulong significand, ref FpContext fp, FpRounding rounding)
        where F : struct, IFpFormat
    {
        if (exponent < Fp<F>.MinExponent && fp.FlushToZero<F>())
        {
            fp.Raise(FpFlag.UFC);
            return Fp<F>.Zero(negative);
        }

        return Encode<F>(negative, exponent, significand, ref fp, rounding, alternative: false);
    }

    /// <summary>Rounds the result of a conversion between formats: AHP matters, half precision is never flushed.</summary>
    internal static ulong RoundForConversion<F>(
        bool negative, int exponent, ulong significand, ref FpContext fp, FpRounding rounding)
        where F : struct, IFpFormat =>
        F.Bits == 16
            ? Encode<F>(negative, exponent, significand, ref fp, rounding, fp.AlternativeHalf)
            : Round<F>(negative, exponent, significand, ref fp, rounding);

    /// <summary>Rounds a value of 128 bits, bit 127 standing for 2^exponent.</summary>
    internal static ulong Round<F>(bool negative, int exponent, UInt128 value, ref FpContext fp)
        where F : struct, IFpFormat
    {
        int zeros = (int)UInt128.LeadingZeroCount(value);
        value <<= zeros;
        ulong sticky = (ulong)value == 0 ? 0UL : 1;
        return Round<F>(negative, exponent - zeros, (ulong)(value >> 64) | sticky, ref fp);
    }

    /// <summary>Shifts right; bit 0 of the result is set when any bit lost was.</summary>
    internal static ulong ShiftRightSticky(ulong value, int by) =>
        by >= 64 ? (value == 0 ? 0UL : 1) : value >> by | ((value & ((1UL << by) - 1)) == 0 ? 0UL : 1);

    /// <summary>Shifts right; bit 0 of the result is set when any bit lost was.</summary>
    internal static UInt128 ShiftRightSticky(UInt128 value, int by) =>
        by >= 128
            ? (value == UInt128.Zero ? UInt128.Zero : UInt128.One)
            : value >> by | ((value & ((UInt128.One << by) - 1)) == UInt128.Zero ? UInt128.Zero : UInt128.One);

    private static ulong Encode<F>(
        bool negative, int exponent, ulong significand, ref FpContext fp, FpRounding rounding, bool alternative)
        where F : struct, IFpFormat
    {
        int biased = exponent - Fp<F>.MinExponent + 1;
        if (biased <= 0)
        {
            significand = ShiftRightSticky(significand, 1 - biased);
            biased = 0;
        }

        ulong mantissa = significand >> (63 - F.FractionBits);
        ulong error = significand << (F.FractionBits + 1);   // as a fraction of the last place: the top bit is one half
        bool inexact = error != 0;
        if (biased == 0 && inexact)
        {
            fp.Raise(FpFlag.UFC);
        }

        if (RoundsUp(rounding, negative, mantissa, error))
        {
            mantissa++;
            if (mantissa == 1UL << F.FractionBits)
            {
                biased = 1;
            }
            else if (mantissa == 2UL << F.FractionBits)
            {
                biased++;
                mantissa >>= 1;
            }
        }

        if (inexact && rounding == FpRounding.Odd)
        {
            mantissa |= 1;
        }

        if (alternative)
        {
            if (biased > Fp<F>.ExponentOnes)
            {
                fp.Raise(FpFlag.IOC);
                return Fp<F>.Zero(negative) | (Fp<F>.SignBit - 1);
            }
        }
        else if (biased >= Fp<F>.ExponentOnes)
        {
            return Overflow<F>(negative, ref fp, rounding);
        }

        if (inexact)
        {
            fp.Raise(FpFlag.IXC);
        }

        return Fp<F>.Zero(negative) | (ulong)biased << F.FractionBits | (mantissa & Fp<F>.FractionMask);
    }

    /// <summary>The result that is too large: infinity, or the largest number when rounding goes away from infinity.</summary>
    internal static ulong Overflow<F>(bool negative, ref FpContext fp, FpRounding rounding)
        where F : struct, IFpFormat
    {
        fp.Raise(FpFlag.OFC | FpFlag.IXC);
        bool toInfinity = rounding switch
        {
            FpRounding.TieEven => true,
            FpRounding.PosInf => !negative,
            FpRounding.NegInf => negative,
            _ => false,
        };
        return toInfinity ? Fp<F>.Infinity(negative) : Fp<F>.MaxNormal(negative);
    }

    /// <summary>Whether a magnitude is rounded up.</summary>
    /// <param name="rounding">The mode.</param>
    /// <param name="negative">The sign.</param>
    /// <param name="mantissa">What is kept.</param>
    /// <param name="error">What is cut off, as a fraction of the last place: bit 63 is one half.</param>
    internal static bool RoundsUp(FpRounding rounding, bool negative, ulong mantissa, ulong error) => rounding switch
    {
        FpRounding.TieEven => error > 1UL << 63 || (error == 1UL << 63 && (mantissa & 1) != 0),
        FpRounding.TieAway => error >= 1UL << 63,
        FpRounding.PosInf => error != 0 && !negative,
        FpRounding.NegInf => error != 0 && negative,
        _ => false,
    };
}
