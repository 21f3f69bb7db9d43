using Conformance.Cpu.FloatingPoint;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.FloatingPoint;

/// <summary>Encodings of a format with the edges in preference: zeros, subnormals, powers of two, limits, infinities, NaNs.</summary>
internal static class FpValues
{
    internal static Gen<ulong> Any<F>()
        where F : struct, IFpFormat =>
        Gen.Frequency((2, Edge<F>()), (2, Moderate<F>()), (1, Bits(64).Select(b => b & Fp<F>.Mask)));

    internal static Gen<ulong> Bits(int width) =>
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select ((ulong)(uint)high << 32 | (uint)low) >> (64 - width);

    /// <summary>Three operands.</summary>
    internal static Arbitrary<(ulong A, ulong B, ulong C)> Triples<F>()
        where F : struct, IFpFormat => Arb.From(
        from a in Any<F>()
        from b in Any<F>()
        from c in Any<F>()
        select (a, b, c));

    private static Gen<ulong> Edge<F>()
        where F : struct, IFpFormat
    {
        ulong one = FpStep.Constant<F>(negative: false, 0);
        ulong smallest = 1UL << F.FractionBits;
        ulong infinity = Fp<F>.Infinity(negative: false);
        ulong[] edges =
        [
            0, 1, 2, smallest - 1, smallest, smallest + 1, 2 * smallest, one - 1, one, one + 1, FpStep.Constant<F>(false, 1),
            FpStep.Constant<F>(false, F.FractionBits), FpStep.Constant<F>(false, F.FractionBits) + 1, infinity - 1, infinity,
            infinity + 1, infinity + Fp<F>.QuietBit - 1, Fp<F>.DefaultNaN, Fp<F>.DefaultNaN + 1, Fp<F>.SignBit - 1,
        ];
        return from edge in Gen.Elements(edges)
               from negative in Gen.Elements(false, true)
               select edge | Fp<F>.Zero(negative);
    }

    /// <summary>Numbers near one, so that exponents meet.</summary>
    private static Gen<ulong> Moderate<F>()
        where F : struct, IFpFormat =>
        from exponent in Gen.Choose(-4, 4)
        from fraction in Bits(F.FractionBits)
        from zeros in Gen.Choose(0, F.FractionBits)
        from negative in Gen.Elements(false, true)
        select FpStep.Constant<F>(negative, exponent) | (fraction >> zeros << zeros);
}
