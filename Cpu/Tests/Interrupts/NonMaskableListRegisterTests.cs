using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.VirtualMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Virtual interrupts with superpriority (GV-150 to GV-157).</summary>
public class NonMaskableListRegisterTests
{
    private const ulong Nmi = 1UL << 59;
    private const ulong NmiActive = 1UL << 63;
    private const ulong Lpi = 8192;

    private static VirtualMachine Machine(bool apart = true, string profile = "nv2-nmi") =>
        new VirtualMachine(profile).Set("SCTLR_EL1", apart ? Sctlr.NMI : 0);

    private static ulong NonMaskable(ulong intId, ulong state = Pending, ulong priority = 0) => Interrupt(intId, priority, state, Group1 | Nmi);

    [Fact]
    public void GV_150_An_NMI_has_no_priority_and_no_mask_stops_it()
    {
        VirtualMachine m = Machine(apart: false).Lr(0, NonMaskable(0x28, priority: 0xf8)).Set("ICH_VMCR_EL2", Open & 0xff_ffff);

        m.Lr(0).ShouldBe(NonMaskable(0x28));
        m.Mrs("ICC_PMR_EL1").ShouldBe(0UL);
        m.Core.SignalledGroup().ShouldBe(1);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(0x28UL);
    }

    [Fact]
    public void GV_151_An_NMI_wins_and_preempts_everything_but_an_NMI()
    {
        VirtualMachine m = Machine().Lr(0, Interrupt(0x30, 0)).Lr(1, NonMaskable(0x28)).Set("ICH_AP1R0_EL2", 1);

        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(0x28UL);
        m.Mrs("ICC_NMIAR1_EL1").ShouldBe(0x28UL);
        m.Lr(2, NonMaskable(0x29));
        m.Core.IsVirtualLineUp().ShouldBeFalse();
        m.Mrs("ICC_NMIAR1_EL1").ShouldBe(Spurious);
        m.Set("ICH_AP1R0_EL2", NmiActive).Lr(2, 0);
        m.Core.IsVirtualLineUp().ShouldBeFalse("priority 0 does not preempt an NMI");
    }

    [Theory]
    [InlineData(true, "ICC_IAR1_EL1", 1022UL)]
    [InlineData(true, "ICC_NMIAR1_EL1", 0x28UL)]
    [InlineData(true, "ICC_IAR0_EL1", 1023UL)]
    [InlineData(false, "ICC_IAR1_EL1", 0x28UL)]
    public void GV_152_SCTLR_NMI_decides_which_register_acknowledges(bool apart, string register, ulong expected)
    {
        VirtualMachine m = Machine(apart).Lr(0, NonMaskable(0x28));

        m.Mrs(register).ShouldBe(expected);
        bool acknowledged = expected == 0x28;
        m.Lr(0).ShouldBe(NonMaskable(0x28, acknowledged ? Active : Pending));
        m.Get("ICH_AP1R0_EL2").ShouldBe(acknowledged ? NmiActive : 0);
        m.Get("ICV_IAR1_EL1").ShouldBe(acknowledged ? Spurious : 1022);
    }

    [Fact]
    public void GV_152_NMIAR_gives_nothing_for_an_interrupt_that_is_no_NMI()
    {
        VirtualMachine m = Machine().Lr(0, Interrupt(0x30, 0));

        m.Mrs("ICC_NMIAR1_EL1").ShouldBe(Spurious);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(0x30UL);
    }

    [Fact]
    public void GV_153_NMIAR_is_UNDEFINED_without_SCTLR_NMI_before_any_trap()
    {
        const ulong tall1 = 1 << 12;
        uint word = TestMachine.Mrs("ICC_NMIAR1_EL1");

        Machine(apart: false).Set("ICH_HCR_EL2", En | tall1).Refused(word, 1, 0);
        Machine().Set("ICH_HCR_EL2", En | tall1).Refused(word, 2, 0x18);
        new VirtualMachine().Refused(word, 1, 0);
        VirtualMachine two = Machine();
        two.Machine.At(2);
        two.Refused(word, 2, 0);
        two.Set("SCTLR_EL2", Sctlr.NMI).Mrs("ICC_NMIAR1_EL1").ShouldBe(Spurious);
    }

    [Theory]
    [InlineData(Lpi, Group1)]
    [InlineData(0x28UL, 0UL)]
    public void GV_154_The_bit_of_an_LPI_or_of_Group_0_reads_back_and_does_nothing_else(ulong intId, ulong group)
    {
        ulong lr = Interrupt(intId, 0x80, Pending, group | Nmi);
        VirtualMachine m = Machine().Lr(0, lr);

        m.Lr(0).ShouldBe(lr);
        m.Mrs(group == 0 ? "ICC_IAR0_EL1" : "ICC_IAR1_EL1").ShouldBe(intId);
        m.Mrs("ICC_RPR_EL1").ShouldBe(0x80UL);
        m.Get("ICH_AP1R0_EL2").ShouldBe(group == 0 ? 0 : 1UL << 16);
    }

    [Fact]
    public void GV_155_156_An_NMI_shows_in_RPR_and_is_dropped_first()
    {
        VirtualMachine m = Machine().Lr(0, NonMaskable(0x28, Active)).Lr(1, Interrupt(0x30, 0x40, Active))
            .Set("ICH_AP1R0_EL2", NmiActive | 1 << 8);

        m.Mrs("ICC_RPR_EL1").ShouldBe(NmiActive);
        m.Msr("ICC_EOIR1_EL1", 0x28).Mrs("ICC_RPR_EL1").ShouldBe(0x40UL);
        m.Lr(0).ShouldBe(NonMaskable(0x28, 0));
        m.Msr("ICC_EOIR1_EL1", 0x30).Mrs("ICC_RPR_EL1").ShouldBe(0xffUL);
        m.Lr(1).ShouldBe(Interrupt(0x30, 0x40, 0));
    }

    [Fact]
    public void GV_156_The_drop_of_an_NMI_deactivates_no_other_interrupt_of_priority_0()
    {
        VirtualMachine m = Machine().Lr(0, Interrupt(0x30, 0, Active)).Set("ICH_AP1R0_EL2", NmiActive);
        m.Msr("ICC_EOIR1_EL1", 0x30).Get("ICH_AP1R0_EL2").ShouldBe(0UL);
        m.Lr(0).ShouldBe(Interrupt(0x30, 0, Active));

        m = Machine().Lr(0, NonMaskable(0x28, Active)).Set("ICH_AP1R0_EL2", 1);
        m.Msr("ICC_EOIR1_EL1", 0x28).Get("ICH_AP1R0_EL2").ShouldBe(0UL);
        m.Lr(0).ShouldBe(NonMaskable(0x28, Active));
    }

    [Theory]
    [InlineData("nv2", 0UL)]
    [InlineData("nv2-nmi", Nmi)]
    public void GV_043_095_The_bits_of_the_feature_are_RES0_without_it(string profile, ulong kept)
    {
        VirtualMachine m = new VirtualMachine(profile).Lr(0, Nmi).Set("ICH_AP1R0_EL2", NmiActive).Set("ICH_AP0R0_EL2", NmiActive);

        m.Lr(0).ShouldBe(kept);
        m.Get("ICH_AP1R0_EL2").ShouldBe(kept << 4);
        m.Get("ICH_AP0R0_EL2").ShouldBe(0UL);
        m.Mrs("ICC_AP1R0_EL1").ShouldBe(kept << 4);
        m.Msr("ICC_AP1R0_EL1", 0).Get("ICH_AP1R0_EL2").ShouldBe(0UL);
    }

    [Fact]
    public void GV_157_ISR_shows_the_superpriority_of_the_winner_only()
    {
        VirtualMachine m = Machine().Lr(0, NonMaskable(0x28)).Lr(1, Interrupt(0x30, 0));
        m.Mrs("ISR_EL1").ShouldBe(0x480UL);

        m.Mrs("ICC_NMIAR1_EL1");
        m.Mrs("ISR_EL1").ShouldBe(0UL);
        m.Set("ICH_AP1R0_EL2", 0).Mrs("ISR_EL1").ShouldBe(0x80UL);
    }
}
