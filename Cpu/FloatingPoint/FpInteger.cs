using System.Numerics;

namespace Conformance.Cpu.FloatingPoint;

/// <summary>Between numbers and integers: rounding to an integral value, and conversion from and to integers and fixed point.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPRoundInt, FPRoundIntN, FPToFixed, FPToFixedJS, FixedToFP.</remarks>
internal static class FpInteger
{
    /// <summary>The nearest integral value in the same format.</summary>
    /// <param name="op">The operand.</param>
    /// <param name="rounding">Any mode but odd.</param>
    /// <param name="exact">Whether a different value is reported as inexact.</param>
    /// <param name="fp">Control and flags.</param>
    internal static ulong RoundInt<F>(ulong op, FpRounding rounding, bool exact, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsNaN)
        {
            return FpNaN.Process<F>(a.Kind, op, ref fp);
        }

        if (a.IsInfinity)
        {
            return op;
        }

        if (a.IsZero)
        {
            return Fp<F>.Zero(a.Negative);
        }

        if (a.Exponent >= F.FractionBits)
        {
            return op;
        }

        ulong magnitude = Magnitude(a, 0, rounding, out bool inexact);
        if (inexact && exact)
        {
            fp.Raise(FpFlag.IXC);
        }

        return Integral<F>(a.Negative, magnitude, ref fp);
    }

    /// <summary>The nearest integral value, if a signed integer of some width can hold it; else the least such integer.</summary>
    internal static ulong RoundIntN<F>(ulong op, FpRounding rounding, int width, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsZero)
        {
            return Fp<F>.Zero(a.Negative);
        }

        bool outside = a.IsNaN || a.IsInfinity || a.Exponent > 63;
        bool inexact = false;
        ulong magnitude = outside ? 0 : Magnitude(a, 0, rounding, out inexact);
        ulong least = 1UL << (width - 1);
        if (outside || (a.Negative ? magnitude > least : magnitude >= least))
        {
            fp.Raise(FpFlag.IOC);
            return FpStep.Constant<F>(negative: true, width - 1);
        }

        if (inexact)
        {
            fp.Raise(FpFlag.IXC);
        }

        return Integral<F>(a.Negative, magnitude, ref fp);
    }

    /// <summary>A number as an integer of some width with a binary point, saturated; in the low bits of the result.</summary>
    /// <param name="op">The operand.</param>
    /// <param name="fractionBits">Bits below the binary point, 0 for an integer.</param>
    /// <param name="unsigned">Kind of the result.</param>
    /// <param name="width">Of the result: 16, 32 or 64.</param>
    /// <param name="rounding">Any mode but odd.</param>
    /// <param name="fp">Control and flags.</param>
    internal static ulong ToFixed<F>(ulong op, int fractionBits, bool unsigned, int width, FpRounding rounding, ref FpContext fp)
        where F : struct, IFpFormat
    {
        ulong mask = ulong.MaxValue >> (64 - width);
        if (rounding == FpRounding.Zero && !unsigned && fractionBits == 0 && FpHost.TryToSigned<F>(op, width, ref fp, out long fast))
        {
            return (ulong)fast & mask;
        }

        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsNaN)
        {
            fp.Raise(FpFlag.IOC);
            return 0;
        }

        if (a.IsZero)
        {
            return 0;
        }

        ulong limit = unsigned ? (a.Negative ? 0 : mask) : (mask >> 1) + (a.Negative ? 1UL : 0);
        bool outside = a.IsInfinity || a.Exponent + fractionBits > 63;
        bool inexact = false;
        ulong magnitude = outside ? 0 : Magnitude(a, fractionBits, rounding, out inexact);
        if (outside || magnitude > limit)
        {
            fp.Raise(FpFlag.IOC);
            magnitude = limit;
        }
        else if (inexact)
        {
            fp.Raise(FpFlag.IXC);
        }

        return (a.Negative ? 0 - magnitude : magnitude) & mask;
    }

    /// <summary>The conversion of JavaScript: towards zero, modulo 2^32.</summary>
    /// <param name="op">A double.</param>
    /// <param name="fp">Control and flags.</param>
    /// <param name="same">The result has the value of the operand, -0 not counted.</param>
    internal static uint ToFixedJS(ulong op, ref FpContext fp, out bool same)
    {
        FpNumber a = FpNumber.Unpack<Binary64>(op, ref fp);
        same = false;
        if (a.IsNaN || a.IsInfinity)
        {
            fp.Raise(FpFlag.IOC);
            return 0;
        }

        if (a.IsZero)
        {
            same = op == 0;
            return 0;
        }

        bool inexact = false;
        bool outside = a.Exponent > 63;
        ulong magnitude = a.Exponent switch
        {
            > 63 + 31 => 0,
            > 63 => a.Significand << (a.Exponent - 63),
            _ => Magnitude(a, 0, FpRounding.Zero, out inexact),
        };
        if (outside || magnitude > int.MaxValue + (a.Negative ? 1UL : 0))
        {
            fp.Raise(FpFlag.IOC);
        }
        else if (inexact)
        {
            fp.Raise(FpFlag.IXC);
        }
        else
        {
            same = true;
        }

        return (uint)(a.Negative ? 0 - magnitude : magnitude);
    }

    /// <summary>An integer of some width with a binary point as a number.</summary>
    internal static ulong FromFixed<F>(
        ulong value, int fractionBits, bool unsigned, int width, FpRounding rounding, ref FpContext fp)
        where F : struct, IFpFormat
    {
        value <<= 64 - width;
        if (!unsigned && fractionBits == 0 && FpHost.TryFromSigned<F>((long)value >> (64 - width), out ulong fast))
        {
            return fast;
        }

        bool negative = !unsigned && (long)value < 0;
        ulong magnitude = (negative ? 0 - value : value) >> (64 - width);
        if (magnitude == 0)
        {
            return 0;
        }

        int zeros = BitOperations.LeadingZeroCount(magnitude);
        return FpRound.Round<F>(negative, 63 - zeros - fractionBits, magnitude << zeros, ref fp, rounding);
    }

    /// <summary>The magnitude times 2^fractionBits, rounded. The leading bit must then be at 63 or below.</summary>
    private static ulong Magnitude(in FpNumber a, int fractionBits, FpRounding rounding, out bool inexact)
    {
        int below = 63 - (a.Exponent + fractionBits);
        ulong whole = below >= 64 ? 0 : a.Significand >> below;
        ulong error = below switch
        {
            0 => 0,
            <= 64 => a.Significand << (64 - below),
            _ => 1,   // less than a half
        };
        inexact = error != 0;

        // With 64 bits in use nothing is cut off, so that the sum cannot leave 64 bits.
        return FpRound.RoundsUp(rounding, a.Negative, whole, error) ? whole + 1 : whole;
    }

    private static ulong Integral<F>(bool negative, ulong magnitude, ref FpContext fp)
        where F : struct, IFpFormat
    {
        if (magnitude == 0)
        {
            return Fp<F>.Zero(negative);
        }

        int zeros = BitOperations.LeadingZeroCount(magnitude);
        return FpRound.Round<F>(negative, 63 - zeros, magnitude << zeros, ref fp, FpRounding.Zero);
    }
}
