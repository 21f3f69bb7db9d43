using Conformance.Cpu.FloatingPoint;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.FloatingPoint;

/// <summary>In round to nearest the integer arithmetic gives the numbers that the host's gives, and so does the short cut.</summary>
public sealed class FpAgainstHostTests
{
    private delegate ulong Operation(ulong a, ulong b, ulong c, ref FpContext fp);

    [Fact]
    public void Double_precision_agrees_with_double()
    {
        Agree<Binary64>((a, b, _, ref fp) => FpArithmetic.Add<Binary64>(a, b, ref fp), (a, b, _) => D(D(a) + D(b)));
        Agree<Binary64>((a, b, _, ref fp) => FpArithmetic.Sub<Binary64>(a, b, ref fp), (a, b, _) => D(D(a) - D(b)));
        Agree<Binary64>((a, b, _, ref fp) => FpArithmetic.Mul<Binary64>(a, b, ref fp), (a, b, _) => D(D(a) * D(b)));
        Agree<Binary64>((a, b, _, ref fp) => FpArithmetic.Div<Binary64>(a, b, ref fp), (a, b, _) => D(D(a) / D(b)));
        Agree<Binary64>((a, _, _, ref fp) => FpArithmetic.Sqrt<Binary64>(a, ref fp), (a, _, _) => D(Math.Sqrt(D(a))));
        Agree<Binary64>(
            (a, b, c, ref fp) => FpMultiplyAdd.MulAdd<Binary64>(c, a, b, ref fp),
            (a, b, c) => D(Math.FusedMultiplyAdd(D(a), D(b), D(c))));
        Agree<Binary64>(
            (a, _, _, ref fp) => FpInteger.RoundInt<Binary64>(a, FpRounding.TieEven, exact: true, ref fp),
            (a, _, _) => D(Math.Round(D(a), MidpointRounding.ToEven)));
        Agree<Binary64>(
            (a, _, _, ref fp) => FpInteger.FromFixed<Binary64>(a, 0, unsigned: false, 64, FpRounding.TieEven, ref fp),
            (a, _, _) => D((double)(long)a));
        Agree<Binary64>(
            (a, _, _, ref fp) => FpInteger.FromFixed<Binary64>((uint)a, 0, unsigned: false, 32, FpRounding.TieEven, ref fp),
            (a, _, _) => D((double)(int)a));
    }

    /// <summary>The host's conversions saturate and make 0 of a NaN, as those of the architecture do.</summary>
    [Fact]
    public void Conversions_to_integers_agree_with_the_host()
    {
        Agree<Binary64>(To<Binary64>(unsigned: false, 64), (a, _, _) => (ulong)(long)D(a), isNaN: _ => false);
        Agree<Binary64>(To<Binary64>(unsigned: false, 32), (a, _, _) => (uint)(int)D(a), isNaN: _ => false);
        Agree<Binary64>(To<Binary64>(unsigned: true, 64), (a, _, _) => (ulong)D(a), isNaN: _ => false);
        Agree<Binary32>(To<Binary32>(unsigned: false, 64), (a, _, _) => (ulong)(long)S(a), isNaN: _ => false);
        Agree<Binary32>(To<Binary32>(unsigned: false, 32), (a, _, _) => (uint)(int)S(a), isNaN: _ => false);
        Agree<Binary32>(To<Binary32>(unsigned: true, 32), (a, _, _) => (uint)S(a), isNaN: _ => false);

        static Operation To<F>(bool unsigned, int width)
            where F : struct, IFpFormat =>
            (a, _, _, ref fp) => FpInteger.ToFixed<F>(a, 0, unsigned, width, FpRounding.Zero, ref fp);
    }

    [Theory]
    [InlineData(0x3ff8_0000_0000_0000, 1ul, FpFlag.IXC)]                        // 1.5
    [InlineData(0xc000_0000_0000_0000, 0xffff_fffe, 0u)]                        // -2
    [InlineData(0x8000_0000_0000_0000, 0ul, 0u)]                                // -0
    [InlineData(0x41df_ffff_ffe0_0000, 0x7fff_fffful, FpFlag.IXC)]              // 2^31 - 1/2
    [InlineData(0x41e0_0000_0000_0000, 0x7fff_fffful, FpFlag.IOC)]              // 2^31
    [InlineData(0xc1e0_0000_0010_0000, 0x8000_0000ul, FpFlag.IXC)]              // -2^31 - 1/2
    [InlineData(0x0000_0000_0000_0001, 0ul, FpFlag.IXC)]
    public void A_conversion_to_an_integer_says_what_it_lost(ulong value, ulong integer, uint flags)
    {
        var fp = new FpContext(0);
        FpInteger.ToFixed<Binary64>(value, 0, unsigned: false, 32, FpRounding.Zero, ref fp).ShouldBe(integer);
        fp.Flags.ShouldBe(flags);
    }

    [Fact]
    public void Single_precision_agrees_with_float()
    {
        Agree<Binary32>((a, b, _, ref fp) => FpArithmetic.Add<Binary32>(a, b, ref fp), (a, b, _) => S(S(a) + S(b)));
        Agree<Binary32>((a, b, _, ref fp) => FpArithmetic.Sub<Binary32>(a, b, ref fp), (a, b, _) => S(S(a) - S(b)));
        Agree<Binary32>((a, b, _, ref fp) => FpArithmetic.Mul<Binary32>(a, b, ref fp), (a, b, _) => S(S(a) * S(b)));
        Agree<Binary32>((a, b, _, ref fp) => FpArithmetic.Div<Binary32>(a, b, ref fp), (a, b, _) => S(S(a) / S(b)));
        Agree<Binary32>((a, _, _, ref fp) => FpArithmetic.Sqrt<Binary32>(a, ref fp), (a, _, _) => S(MathF.Sqrt(S(a))));
        Agree<Binary32>(
            (a, b, c, ref fp) => FpMultiplyAdd.MulAdd<Binary32>(c, a, b, ref fp),
            (a, b, c) => S(MathF.FusedMultiplyAdd(S(a), S(b), S(c))));
        Agree<Binary32>(
            (a, _, _, ref fp) => FpConvert.Convert<Binary32, Binary16>(a, FpRounding.TieEven, ref fp),
            (a, _, _) => BitConverter.HalfToUInt16Bits((Half)S(a)),
            isNaN: bits => Half.IsNaN(BitConverter.UInt16BitsToHalf((ushort)bits)));
    }

    /// <summary>A half-precision result computed in single precision and rounded again is right: 24 bits are more than 2 × 11 + 1.</summary>
    [Fact]
    public void Half_precision_agrees_with_float_rounded_again()
    {
        Agree<Binary16>((a, b, _, ref fp) => FpArithmetic.Add<Binary16>(a, b, ref fp), (a, b, _) => H((Half)(H(a) + H(b))));
        Agree<Binary16>((a, b, _, ref fp) => FpArithmetic.Mul<Binary16>(a, b, ref fp), (a, b, _) => H((Half)(H(a) * H(b))));
        Agree<Binary16>((a, b, _, ref fp) => FpArithmetic.Div<Binary16>(a, b, ref fp), (a, b, _) => H((Half)(H(a) / H(b))));
        Agree<Binary16>((a, _, _, ref fp) => FpArithmetic.Sqrt<Binary16>(a, ref fp), (a, _, _) => H((Half)MathF.Sqrt(H(a))));
    }

    private static void Agree<F>(Operation model, Func<ulong, ulong, ulong, ulong> host, Func<ulong, bool>? isNaN = null)
        where F : struct, IFpFormat
    {
        isNaN ??= bits => Fp<F>.Abs(bits) > Fp<F>.Infinity(negative: false);
        Quick.Check(Prop.ForAll(FpValues.Triples<F>(), t =>
        {
            var cold = new FpContext(0);
            var warm = new FpContext(0, FpFlag.IXC);
            ulong expected = host(t.A, t.B, t.C);
            ulong slow = model(t.A, t.B, t.C, ref cold);
            ulong fast = model(t.A, t.B, t.C, ref warm);

            fast.ShouldBe(slow, $"short cut of {t.A:x} {t.B:x} {t.C:x}");
            warm.Flags.ShouldBe(cold.Flags | FpFlag.IXC, $"flags of {t.A:x} {t.B:x} {t.C:x}");
            (isNaN(expected) ? isNaN(slow) : slow == expected)
                .ShouldBeTrue($"{t.A:x} {t.B:x} {t.C:x} gives {slow:x}, the host {expected:x}");
        }));
    }

    private static double D(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong D(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static float S(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong S(float value) => BitConverter.SingleToUInt32Bits(value);

    private static float H(ulong bits) => (float)BitConverter.UInt16BitsToHalf((ushort)bits);

    private static ulong H(Half value) => BitConverter.HalfToUInt16Bits(value);
}
