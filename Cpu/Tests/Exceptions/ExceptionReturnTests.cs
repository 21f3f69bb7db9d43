using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Exceptions;

/// <summary>ERET: legal, illegal, trapped (EX-182, EX-230 to EX-272).</summary>
public class ExceptionReturnTests
{
    private const uint Eret = 0xd69f_03e0;
    private const uint Eretaa = 0xd69f_0bff;
    private const uint Eretab = 0xd69f_0fff;
    private const ulong Target = 0x4444_0000;
    private const ulong Flags = 0xf000_03c0;

    private static TestMachine Machine(int level, ulong spsr, ulong hcr = 0) => new TestMachine()
        .Set("HCR_EL2", Hcr.API | Hcr.APK | hcr).At(level).Set($"SPSR_EL{level}", spsr).Set($"ELR_EL{level}", Target);

    /// <summary>M[4:0] by level: which values return there, for a PE at EL3 in Non-secure state.</summary>
    [Fact]
    public void A_return_is_legal_exactly_for_the_levels_not_above_and_the_modes_that_exist()
    {
        int[] legal = [0, 4, 5, 8, 9, 12, 13];
        for (int from = 1; from <= 3; from++)
        {
            for (int mode = 0; mode < 32; mode++)
            {
                TestMachine m = Machine(from, (ulong)mode);

                m.Run(Eret);

                bool expected = legal.Contains(mode) && mode >> 2 <= from;
                m.Core.Pstate.IL.ShouldBe(!expected, $"from EL{from} with M = 0x{mode:x}");
                m.Core.Pstate.EL.ShouldBe((byte)(expected ? mode >> 2 : from));
                m.Core.Pstate.SP.ShouldBe(!expected || (mode & 1) != 0);
                m.Core.Pc.ShouldBe(Target);
            }
        }
    }

    [Theory]
    [InlineData(2, 5UL, Hcr.TGE, true)]
    [InlineData(3, 5UL, Hcr.TGE, true)]
    [InlineData(2, 0UL, Hcr.TGE, false)]
    public void Tge_closes_el1(int level, ulong spsr, ulong hcr, bool illegal)
    {
        TestMachine m = Machine(level, spsr, hcr);

        m.Run(Eret);

        m.Core.Pstate.IL.ShouldBe(illegal);
    }

    [Theory]
    [InlineData(9UL, true)]
    [InlineData(5UL, false)]
    public void Secure_state_has_no_el2(ulong spsr, bool illegal)
    {
        TestMachine m = Machine(3, spsr, Hcr.TGE).Set("SCR_EL3", 0);

        m.Run(Eret);

        m.Core.Pstate.IL.ShouldBe(illegal);
    }

    [Fact]
    public void An_illegal_return_takes_flags_and_masks_and_keeps_the_level()
    {
        TestMachine m = Machine(1, Flags | 1UL << 22 | 9);
        m.Core.ExclusiveSize = 8;

        m.Run(Eret);

        Pstate p = m.Core.Pstate;
        (p.IL, p.EL, p.SP, p.Nzcv, p.Daif, p.PAN).ShouldBe((true, (byte)1, true, (byte)15, (byte)15, true));
        m.Core.EventRegister.ShouldBeTrue();
        m.Core.ExclusiveSize.ShouldBe(0);
    }

    [Fact]
    public void A_legal_return_with_spsr_il_makes_the_next_instruction_fault()
    {
        TestMachine m = Machine(2, 1UL << 20 | 5);

        m.Run(Eret);

        (m.Core.Pstate.EL, m.Core.Pstate.IL).ShouldBe(((byte)1, true));
    }

    [Theory]
    [InlineData(Eret, 0u)]
    [InlineData(Eretaa, 2u)]
    [InlineData(Eretab, 3u)]
    public void Nv_traps_the_return_with_nothing_done(uint word, uint iss)
    {
        TestMachine m = Machine(1, Flags | 4, Hcr.NV);

        m.Run(word);

        m.Core.LastExceptionTarget.ShouldBe(2);
        m.Get("ESR_EL2").ShouldBe(0x6a00_0000UL | iss);
        m.Get("ELR_EL2").ShouldBe(TestMachine.RamBase);
        (m.Get("SPSR_EL2") & 0xf).ShouldBe(5UL, "the real level");
    }

    [Fact]
    public void Hfgitr_traps_the_return_of_el1_only_while_fine_grained_traps_are_enabled()
    {
        TestMachine m = Machine(1, 4).Set("HFGITR_EL2", Hfgitr.ERET);

        m.Run(Eret);

        m.Core.LastExceptionTarget.ShouldBe(2);
        TestMachine closed = Machine(1, 4).Set("HFGITR_EL2", Hfgitr.ERET);
        closed.Set("SCR_EL3", closed.Get("SCR_EL3") & ~Scr.FGTEn).Run(Eret);
        closed.Core.ExceptionCount.ShouldBe(0UL);
    }

    [Theory]
    [InlineData("nv2", 0)]
    [InlineData("armv8.0", 1)]
    public void Eretaa_needs_pauth(string profile, int exceptions)
    {
        TestMachine m = new TestMachine(profile).At(1).Set("SPSR_EL1", 4).Set("ELR_EL1", Target);

        m.Run(Eretaa);

        m.Core.ExceptionCount.ShouldBe((ulong)exceptions);
    }

    [Fact]
    public void At_el0_a_return_is_undefined()
    {
        TestMachine m = new TestMachine().At(0);

        m.Run(Eret);

        m.Get("ESR_EL1").ShouldBe(0x0200_0000UL);
    }

    [Fact]
    public void A_tagged_address_loses_its_tag_where_the_target_ignores_it()
    {
        TestMachine m = Machine(2, 5).Set("ELR_EL2", 0xab00_0000_4444_0000).Set("TCR_EL1", 1UL << 37);

        m.Run(Eret);

        m.Core.Pc.ShouldBe(0x4444_0000UL);
    }
}
