namespace Conformance.Cpu.FloatingPoint;

/// <summary>Conversion between formats.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPConvert, FPConvertNaN, FPUnpackCV, FPRoundCV.</remarks>
internal static class FpConvert
{
    internal static ulong Convert<TFrom, TTo>(ulong op, FpRounding rounding, ref FpContext fp)
        where TFrom : struct, IFpFormat
        where TTo : struct, IFpFormat
    {
        bool alternative = TTo.Bits == 16 && fp.AlternativeHalf;
        FpNumber a = FpNumber.UnpackForConversion<TFrom>(op, ref fp);
        if (a.IsNaN)
        {
            if (a.Kind == FpKind.SNaN || alternative)
            {
                fp.Raise(FpFlag.IOC);
            }

            return alternative ? Fp<TTo>.Zero(a.Negative) : fp.DefaultNaN ? Fp<TTo>.DefaultNaN : NaN<TFrom, TTo>(op);
        }

        if (a.IsInfinity)
        {
            if (!alternative)
            {
                return Fp<TTo>.Infinity(a.Negative);
            }

            fp.Raise(FpFlag.IOC);
            return Fp<TTo>.Zero(a.Negative) | (Fp<TTo>.SignBit - 1);
        }

        return a.IsZero
            ? Fp<TTo>.Zero(a.Negative)
            : FpRound.RoundForConversion<TTo>(a.Negative, a.Exponent, a.Significand, ref fp, rounding);
    }

    /// <summary>The top of the fraction is kept, and the NaN is quiet.</summary>
    private static ulong NaN<TFrom, TTo>(ulong op)
        where TFrom : struct, IFpFormat
        where TTo : struct, IFpFormat
    {
        int narrower = TFrom.FractionBits - TTo.FractionBits;
        ulong fraction = op & Fp<TFrom>.FractionMask;
        fraction = narrower >= 0 ? fraction >> narrower : fraction << -narrower;
        return Fp<TTo>.Infinity((op & Fp<TFrom>.SignBit) != 0) | Fp<TTo>.QuietBit | fraction;
    }
}
