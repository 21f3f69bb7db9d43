using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.VirtualMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Priority grouping, the winner, signalling and acknowledging (GV-050 to GV-094).</summary>
public class SignallingTests
{
    [Theory]
    [InlineData(0, 0xfeUL, 0xffUL)]
    [InlineData(1, 0xfcUL, 0xfeUL)]
    [InlineData(2, 0xf8UL, 0xfcUL)]
    [InlineData(5, 0xc0UL, 0xe0UL)]
    [InlineData(6, 0x80UL, 0xc0UL)]
    [InlineData(7, 0UL, 0x80UL)]
    public void GV_050_051_The_binary_point_splits_a_priority(ulong binaryPoint, ulong group0, ulong group1)
    {
        PriorityGrouping.Group0(binaryPoint).ShouldBe(group0);
        PriorityGrouping.Group1(binaryPoint, secure: false).ShouldBe(group1);
        PriorityGrouping.Group1(binaryPoint, secure: true).ShouldBe(group0);
    }

    [Fact]
    public void GV_050_With_binary_point_7_nothing_of_Group_0_preempts()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | 7UL << 21).Lr(0, Interrupt(40, 0, bits: 0));
        m.Core.SignalledGroup().ShouldBe(0);

        m.Set("ICH_AP0R0_EL2", 1UL << 31).Core.SignalledGroup().ShouldBeNull();
    }

    [Fact]
    public void GV_052_With_VCBPR_the_binary_point_of_Group_0_decides_for_Group_1()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_AP1R0_EL2", 1 << (0xb0 >> 3)).Lr(0, Interrupt(40, 0x88));
        ulong points = 6UL << 21 | 3UL << 18;

        m.Set("ICH_VMCR_EL2", Open | points).Core.IsVirtualLineUp().ShouldBeTrue();
        m.Set("ICH_VMCR_EL2", Open | points | Vcbpr).Core.IsVirtualLineUp().ShouldBeFalse();
    }

    [Theory]
    [InlineData("nv2", 2)]
    [InlineData("nv2,pribits=6", 1)]
    [InlineData("nv2,pribits=7", 0)]
    [InlineData("nv2,pribits=7,prebits=5", 2)]
    public void GV_053_054_057_Binary_points_have_a_minimum_by_both_names(string profile, ulong minimum)
    {
        var m = new VirtualMachine(profile);
        for (ulong written = 0; written < 16; written++)
        {
            ulong zero = Math.Max(written & 7, minimum);
            ulong one = Math.Max(written & 7, minimum + 1);

            m.Msr("ICC_BPR0_EL1", written).Mrs("ICC_BPR0_EL1").ShouldBe(zero);
            m.Msr("ICC_BPR1_EL1", written).Mrs("ICC_BPR1_EL1").ShouldBe(one);
            (m.Get("ICH_VMCR_EL2") >> 18 & 0x3f).ShouldBe(zero << 3 | one);
            m.Set("ICH_VMCR_EL2", Open | (written & 7) << 21 | (written & 7) << 18);
            m.Mrs("ICC_BPR0_EL1").ShouldBe(zero);
            m.Mrs("ICC_BPR1_EL1").ShouldBe(one);
        }
    }

    [Fact]
    public void GV_055_With_VCBPR_the_binary_point_of_Group_1_is_a_view()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | Vcbpr | 4UL << 21 | 6UL << 18);

        m.Mrs("ICC_BPR1_EL1").ShouldBe(5UL);
        m.Msr("ICC_BPR1_EL1", 7).Get("ICH_VMCR_EL2").ShouldBe(0xf800_0000 | Vcbpr | 4UL << 21 | 6UL << 18 | 0xb);
        m.Msr("ICC_BPR0_EL1", 7).Mrs("ICC_BPR1_EL1").ShouldBe(7UL);
    }

    [Theory]
    [InlineData("nv2", 0xf8UL)]
    [InlineData("nv2,pribits=6", 0xfcUL)]
    [InlineData("nv2,pribits=7", 0xfeUL)]
    public void GV_056_057_The_priority_mask_keeps_the_implemented_bits(string profile, ulong kept)
    {
        var m = new VirtualMachine(profile);

        m.Msr("ICC_PMR_EL1", 0x5555_55ff).Mrs("ICC_PMR_EL1").ShouldBe(kept);
        (m.Set("ICH_VMCR_EL2", Open).Get("ICH_VMCR_EL2") >> 24).ShouldBe(kept);
    }

    [Fact]
    public void GV_059_A_binary_point_changes_what_is_signalled_and_no_state()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x88)).Set("ICH_AP1R0_EL2", 1 << (0x98 >> 3));
        m.Core.IsVirtualLineUp().ShouldBeTrue();

        m.Msr("ICC_BPR1_EL1", 7).Core.IsVirtualLineUp().ShouldBeFalse();
        m.Lr(0).ShouldBe(Interrupt(40, 0x88));
        m.Mrs("ICC_RPR_EL1").ShouldBe(0x98UL);
    }

    [Fact]
    public void GV_060_062_063_The_lowest_priority_value_wins_and_of_equals_the_lowest_list_register()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x08, Pending | Active)).Lr(1, Interrupt(41, 0x50))
            .Lr(2, Interrupt(42, 0x20)).Lr(3, Interrupt(43, 0x20));

        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(42UL);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(42UL);
        m.Lr(2).ShouldBe(Interrupt(42, 0x20, Active));
    }

    [Fact]
    public void GV_061_064_086_Groups_are_enabled_apart_and_the_other_group_hides_nothing_but_itself()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x10, bits: 0)).Lr(1, Interrupt(41, 0x20));

        m.Mrs("ICC_IAR1_EL1").ShouldBe(Spurious);
        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(Spurious);
        m.Mrs("ICC_HPPIR0_EL1").ShouldBe(40UL);
        m.Msr("ICC_IGRPEN0_EL1", 0).Mrs("ICC_HPPIR0_EL1").ShouldBe(Spurious);
        m.Mrs("ICC_IAR0_EL1").ShouldBe(Spurious);
        m.Lr(0).ShouldBe(Interrupt(40, 0x10, bits: 0));
        m.Mrs("ICC_IAR1_EL1").ShouldBe(41UL);
    }

    [Theory]
    [InlineData(0x20, true)]
    [InlineData(0x18, false)]
    [InlineData(0x10, false)]
    public void GV_065_068_A_priority_must_be_below_the_mask(ulong mask, bool up)
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x18)).Msr("ICC_PMR_EL1", mask);

        m.Core.IsVirtualLineUp().ShouldBe(up);
        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(40UL);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(up ? 40UL : Spurious);
        m.Core.IsVirtualLineUp().ShouldBeFalse();
    }

    [Fact]
    public void GV_066_The_subpriority_never_preempts()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | 5UL << 18).Set("ICH_AP1R0_EL2", 1 << (0x98 >> 3));

        m.Lr(0, Interrupt(40, 0x80)).Core.IsVirtualLineUp().ShouldBeFalse();
        m.Lr(0, Interrupt(40, 0x78)).Core.IsVirtualLineUp().ShouldBeTrue();
    }

    [Fact]
    public void GV_067_Group_1_is_vIRQ_and_Group_0_is_vFIQ()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x10));
        m.Core.SignalledGroup().ShouldBe(1);

        m.Lr(1, Interrupt(41, 0x08, bits: 0)).Core.SignalledGroup().ShouldBe(0);
    }

    [Fact]
    public void GV_070_Disabled_nothing_is_signalled_or_acknowledged()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x10)).Set("ICH_HCR_EL2", 1 << 3);

        m.Core.IsVirtualLineUp().ShouldBeFalse();
        m.Core.IsMaintenanceUp().ShouldBeFalse();
        m.Mrs("ICC_IAR1_EL1").ShouldBe(Spurious);
        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(40UL);      // GV-084: still reported
        m.Lr(0).ShouldBe(Interrupt(40, 0x10));
    }

    [Theory]
    [InlineData("nv2", 0xf8UL)]
    [InlineData("nv2,pribits=7", 0xfeUL)]
    public void GV_056_074_The_lowest_level_wins_and_is_never_signalled(string profile, ulong lowest)
    {
        VirtualMachine m = new VirtualMachine(profile).Lr(0, Interrupt(40, 0xff));

        (m.Lr(0) >> 48 & 0xff).ShouldBe(lowest);
        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(40UL);
        m.Core.IsVirtualLineUp().ShouldBeFalse();
        m.Mrs("ICC_IAR1_EL1").ShouldBe(Spurious);
    }

    [Fact]
    public void GV_075_The_running_priority_is_masked_too()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | 6UL << 18).Set("ICH_AP0R0_EL2", 1 << (0x98 >> 3));

        m.Lr(0, Interrupt(40, 0x90)).Core.IsVirtualLineUp().ShouldBeFalse();
        m.Lr(0, Interrupt(40, 0x38)).Core.IsVirtualLineUp().ShouldBeTrue();
    }

    [Theory]
    [InlineData("nv2", 0x98UL, "ICH_AP1R0_EL2", 19)]
    [InlineData("nv2,pribits=6", 0x9cUL, "ICH_AP1R1_EL2", 7)]
    [InlineData("nv2,pribits=7", 0x9eUL, "ICH_AP1R2_EL2", 15)]
    [InlineData("nv2,pribits=7,prebits=5", 0x9eUL, "ICH_AP1R0_EL2", 19)]
    public void GV_080_081_082_090_094_An_acknowledge_makes_active_and_records_the_priority(string profile, ulong priority, string register, int bit)
    {
        VirtualMachine m = new VirtualMachine(profile).Msr("ICC_BPR1_EL1", 6).Lr(0, Interrupt(40, priority));

        m.Mrs("ICC_IAR1_EL1").ShouldBe(40UL);

        m.Lr(0).ShouldBe(Interrupt(40, priority, Active));
        m.Get(register).ShouldBe(1UL << bit);
        m.Mrs("ICC_RPR_EL1").ShouldBe(profile.Contains("prebits", StringComparison.Ordinal) ? priority & 0xf8 : priority);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(Spurious);
    }

    [Fact]
    public void GV_081_LPIs_and_linked_interrupts_become_active_too()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(8192, 0x10));
        m.Mrs("ICC_IAR1_EL1").ShouldBe(8192UL);
        m.Lr(0).ShouldBe(Interrupt(8192, 0x10, Active));

        ulong linked = Group1 | HW | 27UL << 32;
        m.Lr(1, Interrupt(40, 0x08, bits: linked)).Mrs("ICC_IAR1_EL1").ShouldBe(40UL);
        m.Lr(1).ShouldBe(Interrupt(40, 0x08, Active, linked));
    }

    [Fact]
    public void GV_085_HPPIR_and_IAR_with_nothing_pending_show_1023()
    {
        var m = new VirtualMachine();
        foreach (string register in (string[])["ICC_IAR0_EL1", "ICC_IAR1_EL1", "ICC_HPPIR0_EL1", "ICC_HPPIR1_EL1"])
        {
            m.Mrs(register).ShouldBe(Spurious);
        }

        m.Mrs("ICC_RPR_EL1").ShouldBe(0xffUL);
    }

    [Fact]
    public void GV_090_091_The_running_priority_is_the_highest_of_both_groups_whatever_is_enabled()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_AP0R0_EL2", 1 << 7).Set("ICH_AP1R0_EL2", 1 << 9)
            .Set("ICH_HCR_EL2", 0).Set("ICH_VMCR_EL2", 0);

        m.Mrs("ICC_RPR_EL1").ShouldBe(7UL << 3);
        m.Set("ICH_AP0R0_EL2", 0).Mrs("ICC_RPR_EL1").ShouldBe(9UL << 3);
    }

    [Fact]
    public void GV_092_095_Active_priorities_are_one_state_of_32_bits_by_both_names()
    {
        VirtualMachine m = new VirtualMachine().Msr("ICC_AP1R0_EL1", 0xffff_ffff_0000_0010);

        m.Get("ICH_AP1R0_EL2").ShouldBe(0x10UL);
        m.Set("ICH_AP0R0_EL2", 0xffff_ffff_0000_0000).Mrs("ICC_AP0R0_EL1").ShouldBe(0UL);
        m.Mrs("ICC_RPR_EL1").ShouldBe(0x20UL);
    }

    [Fact]
    public void Looking_at_the_acknowledge_register_from_outside_acknowledges_nothing()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x10));

        m.Core[Registers.Find("ICV_IAR1_EL1")!].ShouldBe(40UL);

        m.Lr(0).ShouldBe(Interrupt(40, 0x10));
    }
}
