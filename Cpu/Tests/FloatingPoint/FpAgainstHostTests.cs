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
