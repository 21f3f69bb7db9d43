namespace Conformance.Cpu.FloatingPoint;

/// <summary>An interchange format of IEEE 754; its values travel as the low bits of a ulong.</summary>
/// <remarks>Implemented by empty structs, so that code generic over the format is compiled once for each, with constants.</remarks>
internal interface IFpFormat
{
    /// <summary>Width of the format.</summary>
    static abstract int Bits { get; }

    /// <summary>Width of the stored fraction.</summary>
    static abstract int FractionBits { get; }
}

/// <summary>Half precision.</summary>
internal readonly struct Binary16 : IFpFormat
{
    public static int Bits => 16;

    public static int FractionBits => 10;
}

/// <summary>Single precision.</summary>
internal readonly struct Binary32 : IFpFormat
{
    public static int Bits => 32;

    public static int FractionBits => 23;
}

/// <summary>Double precision.</summary>
internal readonly struct Binary64 : IFpFormat
{
    public static int Bits => 64;

    public static int FractionBits => 52;
}

/// <summary>Constants and simple bit operations of a format.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPZero, FPInfinity, FPMaxNormal, FPDefaultNaN, FPNeg, FPAbs.</remarks>
internal static class Fp<F>
    where F : struct, IFpFormat
{
    internal static int ExponentBits => F.Bits - 1 - F.FractionBits;

    /// <summary>The biased exponent of infinities and NaNs.</summary>
    internal static int ExponentOnes => (1 << ExponentBits) - 1;

    /// <summary>Exponent of the smallest normal number: -14, -126, -1022.</summary>
    internal static int MinExponent => 2 - (1 << (ExponentBits - 1));

    internal static ulong Mask => ulong.MaxValue >> (64 - F.Bits);

    internal static ulong SignBit => 1UL << (F.Bits - 1);

    internal static ulong FractionMask => (1UL << F.FractionBits) - 1;

    /// <summary>The top bit of the fraction, which a quiet NaN has set.</summary>
    internal static ulong QuietBit => 1UL << (F.FractionBits - 1);

    internal static ulong DefaultNaN => (ulong)ExponentOnes << F.FractionBits | QuietBit;

    internal static ulong Zero(bool negative) => negative ? SignBit : 0;

    internal static ulong Infinity(bool negative) => Zero(negative) | (ulong)ExponentOnes << F.FractionBits;

    internal static ulong MaxNormal(bool negative) => Infinity(negative) - 1;

    internal static ulong Neg(ulong value) => value ^ SignBit;

    internal static ulong Abs(ulong value) => value & ~SignBit;
}
