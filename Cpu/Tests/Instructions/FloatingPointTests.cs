using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>The V registers as far as they are modelled: loads, stores, moves to and from general registers.</summary>
public sealed class FloatingPointTests
{
    private const ulong Low = 0xf1e2_d3c4_b5a6_9788;
    private const ulong High = 0x0f1e_2d3c_4b5a_6978;

    [Theory]
    [InlineData(0x3d40_0023, 0, 0x88, 0)]            // ldr b3, [x1]
    [InlineData(0x7d40_0023, 0, 0x9788, 0)]          // ldr h3, [x1]
    [InlineData(0xbd40_0423, 4, 0xb5a6_9788, 0)]     // ldr s3, [x1, #4]
    [InlineData(0xfd40_0423, 8, Low, 0)]             // ldr d3, [x1, #8]
    [InlineData(0x3dc0_0423, 16, Low, High)]         // ldr q3, [x1, #16]
    [InlineData(0xfc5f_8023, -8, Low, 0)]            // ldur d3, [x1, #-8]
    [InlineData(0xfc62_7823, 16, Low, 0)]            // ldr d3, [x1, x2, lsl #3]
    public void A_load_fills_the_low_part_and_clears_the_rest(uint word, long offset, ulong low, ulong high)
    {
        Core core = Step(word, c => c.SetX(1, Given.Data - (ulong)offset));
        core.V[6].ShouldBe(low);
        core.V[7].ShouldBe(high);
    }

    [Theory]
    [InlineData(0xfd00_0422, 8, 8)]      // str d2, [x1, #8]
    [InlineData(0x3d00_0022, 0, 1)]      // str b2, [x1]
    [InlineData(0x3d80_0022, 0, 16)]     // str q2, [x1]
    public void A_store_writes_the_low_part(uint word, long offset, int size)
    {
        Core core = Step(word, c => c.SetX(1, Given.Data - (ulong)offset));
        core.Read(Given.Data).ShouldBe(size == 1 ? Low & ~0xfful | 0x22 : 0x2222_2222_2222_2222);
        core.Read(Given.Data + 8).ShouldBe(size == 16 ? 0x2020_2020_2020_2020 : High);
    }

    [Theory]
    [InlineData(0xfc40_8423, 0, 8)]      // ldr d3, [x1], #8
    [InlineData(0xfc1f_8c22, -8, -8)]    // str d2, [x1, #-8]!
    [InlineData(0xacc1_1023, 0, 32)]     // ldp q3, q4, [x1], #32
    [InlineData(0x2d81_1023, 8, 8)]      // stp s3, s4, [x1, #8]!
    public void Writeback_changes_the_base(uint word, long accessed, long change)
    {
        ulong x1 = Given.Data - (ulong)accessed;
        Step(word, c => c.SetX(1, x1)).GetX(1).ShouldBe(x1 + (ulong)change);
    }

    [Fact]
    public void A_pair_load_takes_the_lower_element_first()
    {
        Core core = Step(0x6d40_1023, _ => { });   // ldp d3, d4, [x1]
        core.V[6..10].ShouldBe([Low, 0ul, High, 0ul]);
    }

    [Fact]
    public void Literals_are_found_relative_to_PC()
    {
        Step(0x5c00_0083, c => c.Write(Given.Base + 16, Low)).V[6].ShouldBe(Low);     // ldr d3, .+16
        Step(0x9c00_0083, c => c.Write(Given.Base + 24, High)).V[7].ShouldBe(High);   // ldr q3, .+16
    }

    [Theory]
    [InlineData(0x9e66_0043, 0x2222_2222_2222_2222)]    // fmov x3, d2
    [InlineData(0x1e26_0043, 0x2222_2222)]              // fmov w3, s2
    [InlineData(0x9eae_0043, 0x2020_2020_2020_2020)]    // fmov x3, v2.d[1]
    public void A_move_to_a_general_register_copies_bits(uint word, ulong x3) => Step(word, _ => { }).GetX(3).ShouldBe(x3);

    [Theory]
    [InlineData(0x9e67_0023, Given.Data, 0)]            // fmov d3, x1
    [InlineData(0x1e27_0023, Given.Data, 0)]            // fmov s3, w1
    [InlineData(0x9eaf_0023, 0x33, Given.Data)]         // fmov v3.d[1], x1
    public void A_move_from_a_general_register_clears_the_rest_except_that_of_the_high_half(uint word, ulong low, ulong high)
    {
        Core core = Step(word, c =>
        {
            c.V[6] = 0x33;
            c.V[7] = 0x34;
        });
        core.V[6].ShouldBe(low);
        core.V[7].ShouldBe(high);
    }

    [Theory]
    [InlineData(0xfd40_03e3)]    // ldr d3, [sp]
    [InlineData(0x6dbf_13e3)]    // stp d3, d4, [sp, #-16]!
    [InlineData(0x9e66_0043)]    // fmov x3, d2
    [InlineData(0x1e65_2883)]    // fadd d3, d4, d5
    [InlineData(0x5c00_0083)]    // ldr d3, .+16
    public void The_access_check_comes_before_all_else(uint word)
    {
        Core core = Step(word, c =>
        {
            c.System[Slots.CPTR_EL3] = Cptr.TFP;
            c.System[Slots.SCTLR_EL3] |= Sctlr.SA;
            c.Sp = 8;
        });

        core.ExceptionCount.ShouldBe(1ul);
        core.System[Slots.ESR_EL3].ShouldBe(0x1fe0_0000ul, $"0x{core.System[Slots.ESR_EL3]:x}");
    }

    private static Core Step(uint word, Action<Core> setUp) => Given.Step(word, core =>
    {
        core.System[Slots.CPTR_EL3] = 0;
        core.Write(Given.Data, Low);
        core.Write(Given.Data + 8, High);
        core.SetX(1, Given.Data);
        core.SetX(2, 2);
        core.V[4] = 0x2222_2222_2222_2222;
        core.V[5] = 0x2020_2020_2020_2020;
        setUp(core);
    });
}
