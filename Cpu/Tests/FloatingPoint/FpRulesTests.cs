using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Tests.FloatingPoint;

/// <summary>The rules of the manual that the host's arithmetic does not know: flags, NaNs, flushing, odd formats.</summary>
public sealed class FpRulesTests
{
    private const ulong FZ16 = 1 << 19;
    private const ulong FZ = 1 << 24;
    private const ulong DN = 1 << 25;
    private const ulong AHP = 1 << 26;
    private const ulong Plus = 1 << 22;
    private const ulong Minus = 2 << 22;
    private const ulong Zero = 3 << 22;
    private const uint One = 0x3f80_0000;
    private const uint Inf = 0x7f80_0000;
    private const uint SNaN = 0x7f80_1234;
    private const uint QNaN = 0xffc0_4321;

    [Theory]
    [InlineData(SNaN, QNaN, 0, SNaN | 0x40_0000)]      // the signalling one first ...
    [InlineData(QNaN, SNaN, 0, SNaN | 0x40_0000)]      // ... wherever it stands
    [InlineData(One, QNaN, 0, QNaN)]
    [InlineData(QNaN, One, DN, 0x7fc0_0000)]
    [InlineData(Inf, Inf | 1U << 31, 0, 0x7fc0_0000)]
    public void A_sum_of_NaNs_is(uint a, uint b, ulong fpcr, uint sum)
    {
        var fp = new FpContext(fpcr);
        FpArithmetic.Add<Binary32>(a, b, ref fp).ShouldBe(sum);
        (fp.Flags == FpFlag.IOC).ShouldBe(a == SNaN || b == SNaN || a == Inf);
    }

    [Theory]
    [InlineData(0, 0x3f80_0000)]
    [InlineData(Plus, 0x3f80_0001)]
    [InlineData(Minus, 0x3f80_0000)]
    [InlineData(Zero, 0x3f80_0000)]
    public void The_mode_of_FPCR_rounds(ulong fpcr, uint sum)
    {
        var fp = new FpContext(fpcr);
        FpArithmetic.Add<Binary32>(One, 1, ref fp).ShouldBe(sum);
        fp.Flags.ShouldBe(FpFlag.IXC);
    }

    [Theory]
    [InlineData(0, 0x0000_0000)]
    [InlineData(Minus, 0x8000_0000)]
    public void An_exact_zero_is_negative_only_when_rounding_down(ulong fpcr, uint zero)
    {
        var fp = new FpContext(fpcr);
        FpArithmetic.Sub<Binary32>(One, One, ref fp).ShouldBe(zero);
        fp.Flags.ShouldBe(0u);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FpFlag.IXC)]     // when the host may compute
    public void Tininess_is_seen_before_rounding(uint before)
    {
        // Below the normal numbers by half a place: rounds to a normal number, yet underflows.
        var fp = new FpContext(0, before);
        FpArithmetic.Mul<Binary32>(0x3f7f_ffff, 0x0080_0000, ref fp).ShouldBe(0x0080_0000u);
        fp.Flags.ShouldBe(FpFlag.UFC | FpFlag.IXC);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FpFlag.IXC)]
    public void Flushing_a_result_raises_underflow_alone(uint before)
    {
        var fp = new FpContext(FZ, before);
        FpArithmetic.Mul<Binary32>(0xbf7f_ffff, 0x0080_0000, ref fp).ShouldBe(0x8000_0000u);
        fp.Flags.ShouldBe(FpFlag.UFC | before);
    }

    [Fact]
    public void A_flushed_operand_raises_IDC_but_not_in_half_precision()
    {
        var fp = new FpContext(FZ | FZ16);
        FpArithmetic.Add<Binary16>(0x0001, 0, ref fp).ShouldBe(0u);
        fp.Flags.ShouldBe(0u);
        FpArithmetic.Add<Binary64>(1, 1, ref fp).ShouldBe(0u);
        fp.Flags.ShouldBe(FpFlag.IDC);
    }

    [Fact]
    public void The_alternative_half_precision_has_no_infinities()
    {
        var fp = new FpContext(AHP);
        FpConvert.Convert<Binary32, Binary16>(Inf, FpRounding.TieEven, ref fp).ShouldBe(0x7fffu);
        fp.Flags.ShouldBe(FpFlag.IOC);
        FpConvert.Convert<Binary32, Binary16>(QNaN, FpRounding.TieEven, ref fp).ShouldBe(0x8000u);
        FpConvert.Convert<Binary16, Binary32>(0x7c00, FpRounding.TieEven, ref fp).ShouldBe(0x4780_0000u);   // 65536
    }

    [Theory]
    [InlineData(0x3ff0_0000_0000_0001, 0x3f80_0001)]
    [InlineData(0x3ff0_0000_3000_0000, 0x3f80_0001)]
    [InlineData(0x7fef_ffff_ffff_ffff, 0x7f7f_ffff)]
    public void Rounding_to_odd_keeps_what_a_second_rounding_needs(ulong value, uint odd)
    {
        var fp = new FpContext(0);
        FpConvert.Convert<Binary64, Binary32>(value, FpRounding.Odd, ref fp).ShouldBe(odd);
        (fp.Flags & FpFlag.IXC).ShouldBe(FpFlag.IXC);
    }

    [Fact]
    public void A_quiet_NaN_as_addend_does_not_hide_an_invalid_product()
    {
        var fp = new FpContext(0);
        FpMultiplyAdd.MulAdd<Binary32>(QNaN, Inf, 0, ref fp).ShouldBe(0x7fc0_0000u);
        fp.Flags.ShouldBe(FpFlag.IOC);
    }

    [Theory]
    [InlineData(0xc000_0000_0000_0000, 0xffff_fffeu, true, 0u)]                // -2
    [InlineData(0x41f0_0000_0010_0000, 1u, false, FpFlag.IOC)]                 // 2^32 + 1
    [InlineData(0x3ff8_0000_0000_0000, 1u, false, FpFlag.IXC)]                 // 1.5
    [InlineData(0x8000_0000_0000_0000, 0u, false, 0u)]                         // -0
    [InlineData(0x7ff0_0000_0000_0000, 0u, false, FpFlag.IOC)]
    [InlineData(0x43f0_0000_0000_0001, 0x1000u, false, FpFlag.IOC)]            // 2^64 + 2^12
    public void The_conversion_of_JavaScript_is_modulo_2_to_the_32(ulong value, uint result, bool same, uint flags)
    {
        var fp = new FpContext(0);
        FpInteger.ToFixedJS(value, ref fp, out bool isSame).ShouldBe(result);
        (isSame, fp.Flags).ShouldBe((same, flags));
    }

    [Theory]
    [InlineData(0x4effffffu, 0x4effffffu, 0u)]                   // 2^31 - 128
    [InlineData(0x4f000000u, 0xcf000000u, FpFlag.IOC)]           // 2^31
    [InlineData(0x7fc00000u, 0xcf000000u, FpFlag.IOC)]
    [InlineData(0x3f000001u, 0x3f800000u, FpFlag.IXC)]           // just above a half
    [InlineData(0xbf000000u, 0x80000000u, FpFlag.IXC)]
    public void Rounding_to_a_32_bit_integer_gives_the_least_one_outside(uint value, uint result, uint flags)
    {
        var fp = new FpContext(0);
        FpInteger.RoundIntN<Binary32>(value, FpRounding.TieEven, 32, ref fp).ShouldBe(result);
        fp.Flags.ShouldBe(flags);
    }

    [Theory]
    [InlineData(0x3f80_0000, 0x3f7f_8000, 0u)]                               // 1/1, in the middle of its interval
    [InlineData(0x4000_0000, 0x3eff_8000, 0u)]
    [InlineData(0x0020_0000, 0x7f7f_8000, 0u)]                               // 2^-128 is just large enough ...
    [InlineData(0x001f_ffff, 0x7f7f_ffff, FpFlag.OFC | FpFlag.IXC)]          // ... and below it the result overflows
    public void Estimates_of_reciprocals(uint value, uint estimate, uint flags)
    {
        var fp = new FpContext(Zero);
        FpEstimate.Reciprocal<Binary32>(value, ref fp).ShouldBe(estimate);
        fp.Flags.ShouldBe(flags);
    }

    [Theory]
    [InlineData(0x8000_0000, 0xff80_0000)]
    [InlineData(0xffff_ffff, 0x8000_0000)]
    [InlineData(0x7fff_ffff, 0xffff_ffff)]
    public void Estimates_of_unsigned_reciprocals(uint value, uint estimate) =>
        FpEstimate.UnsignedReciprocal(value).ShouldBe(estimate);
}
