namespace Conformance.Cpu.Tests.Instructions;

public sealed class BranchTests
{
    [Theory]
    [InlineData(0x1400_0040, 0x100)]    // b .+0x100
    [InlineData(0x97ff_ffc0, -0x100)]   // bl .-0x100
    [InlineData(0x15ff_ffff, 0x7ff_fffc)]   // b .+0x7fffffc
    [InlineData(0x1600_0000, -0x800_0000)]  // b .-0x8000000
    public void An_immediate_branch_goes_to_PC_plus_its_offset(uint word, long offset) =>
        Given.Step(word, _ => { }).Pc.ShouldBe(Given.Base + (ulong)offset);

    [Fact]
    public void A_branch_with_link_keeps_the_address_of_the_next_instruction_in_X30()
    {
        Given.Step(0x97ff_ffc0, _ => { }).GetX(30).ShouldBe(Given.Base + 4);          // bl .-0x100
        Given.Step(0xd63f_0020, c => c.SetX(1, 0x4000_0800)).GetX(30).ShouldBe(Given.Base + 4);   // blr x1
        Given.Step(0x1400_0040, c => c.SetX(30, 7)).GetX(30).ShouldBe(7ul);           // b .+0x100
    }

    [Theory]
    [InlineData(0xd61f_0020, 1)]    // br x1
    [InlineData(0xd63f_03c0, 30)]   // blr x30: the old X30 is the target
    [InlineData(0xd65f_03c0, 30)]   // ret
    [InlineData(0xd65f_00a0, 5)]    // ret x5
    public void A_register_branch_goes_where_the_register_says_misaligned_or_not(uint word, int register)
    {
        Given.Step(word, c => c.SetX(register, 0x4000_0802)).Pc.ShouldBe(0x4000_0802ul);
        Given.Step(word, c => c.SetX(register, 0xff00_0000_0000_0000)).Pc.ShouldBe(0xff00_0000_0000_0000);
    }

    [Theory]
    [InlineData(0xb400_0041, 0, true)]                        // cbz x1, .+8
    [InlineData(0xb400_0041, 0x1_0000_0000, false)]
    [InlineData(0x3400_0041, 0x1_0000_0000, true)]            // cbz w1, .+8
    [InlineData(0x3500_0041, 0x1_0000_0000, false)]           // cbnz w1, .+8
    [InlineData(0xb500_0041, 0x1_0000_0000, true)]            // cbnz x1, .+8
    [InlineData(0xb6f8_0041, 0x8000_0000_0000_0000, false)]   // tbz x1, #63, .+8
    [InlineData(0xb6f8_0041, 0x7fff_ffff_ffff_ffff, true)]
    [InlineData(0x3728_0041, 0x20, true)]                     // tbnz w1, #5, .+8
    [InlineData(0x3728_0041, 0xffff_ffdf, false)]
    public void A_compare_or_test_branch_depends_on_its_register(uint word, ulong x1, bool taken) =>
        Given.Step(word, c => c.SetX(1, x1)).Pc.ShouldBe(Given.Base + (taken ? 8ul : 4));

    [Fact]
    public void A_conditional_branch_holds_for_the_flags_that_the_manual_lists()
    {
        Func<bool, bool, bool, bool, bool>[] conditions =
        [
            (n, z, c, v) => z, (n, z, c, v) => !z, (n, z, c, v) => c, (n, z, c, v) => !c,
            (n, z, c, v) => n, (n, z, c, v) => !n, (n, z, c, v) => v, (n, z, c, v) => !v,
            (n, z, c, v) => c && !z, (n, z, c, v) => !c || z, (n, z, c, v) => n == v, (n, z, c, v) => n != v,
            (n, z, c, v) => !z && n == v, (n, z, c, v) => z || n != v, (n, z, c, v) => true, (n, z, c, v) => true,
        ];

        for (uint condition = 0; condition < 16; condition++)
        {
            for (int nzcv = 0; nzcv < 16; nzcv++)
            {
                bool holds = conditions[condition]((nzcv & 8) != 0, (nzcv & 4) != 0, (nzcv & 2) != 0, (nzcv & 1) != 0);
                Core core = Given.Step(0x5400_0040 | condition, c => c.Pstate.Nzcv = (byte)nzcv);   // b.<cond> .+8
                core.Pc.ShouldBe(Given.Base + (holds ? 8ul : 4), $"condition {condition}, NZCV {nzcv:x}");
            }
        }
    }
}
