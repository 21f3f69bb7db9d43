using static Conformance.Cpu.Tests.Interrupts.VirtualMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Priority drop and deactivation (GV-100 to GV-119).</summary>
public class CompletionTests
{
    private static ulong EoiCount(VirtualMachine m) => m.Get("ICH_HCR_EL2") >> 27;

    /// <summary>Interrupt 40 of Group 1 at priority 0x50, acknowledged.</summary>
    private static VirtualMachine Acknowledged(ulong controls = 0, ulong bits = Group1, ulong intId = 40, string profile = "nv2")
    {
        VirtualMachine m = new VirtualMachine(profile).Set("ICH_VMCR_EL2", Open | controls).Lr(0, Interrupt(intId, 0x50, bits: bits));
        m.Mrs((bits & Group1) != 0 ? "ICC_IAR1_EL1" : "ICC_IAR0_EL1").ShouldBe(intId);
        return m;
    }

    [Theory]
    [InlineData(1020)]
    [InlineData(1021)]
    [InlineData(1022)]
    [InlineData(1023)]
    public void GV_100_Special_INTIDs_end_nothing(ulong intId)
    {
        VirtualMachine m = Acknowledged().Msr("ICC_EOIR1_EL1", intId);
        m.Mrs("ICC_RPR_EL1").ShouldBe(0x50UL);

        m.Set("ICH_VMCR_EL2", Open | Veoim).Msr("ICC_DIR_EL1", intId);
        EoiCount(m).ShouldBe(0UL);
    }

    [Fact]
    public void GV_101_EOIR_drops_the_highest_active_priority_and_of_a_tie_that_of_Group_0()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_AP0R0_EL2", 1 << 5).Set("ICH_AP1R0_EL2", 1 << 5 | 1 << 9);

        m.Msr("ICC_EOIR1_EL1", 40).Get("ICH_AP0R0_EL2").ShouldBe(0UL);
        m.Get("ICH_AP1R0_EL2").ShouldBe(1UL << 5 | 1 << 9);
        m.Msr("ICC_EOIR1_EL1", 40).Get("ICH_AP1R0_EL2").ShouldBe(1UL << 9);
    }

    [Theory]
    [InlineData(0UL, "ICC_EOIR0_EL1")]
    [InlineData(Group1, "ICC_EOIR1_EL1")]
    public void GV_102_EOIR_drops_and_deactivates(ulong group, string eoir)
    {
        VirtualMachine m = Acknowledged(bits: group).Msr(eoir, 40);

        m.Mrs("ICC_RPR_EL1").ShouldBe(0xffUL);
        m.Lr(0).ShouldBe(Interrupt(40, 0x50, 0, group));
        EoiCount(m).ShouldBe(0UL);
    }

    [Fact]
    public void GV_103_104_With_EOImode_EOIR_drops_and_DIR_deactivates()
    {
        VirtualMachine m = Acknowledged(Veoim, Group1 | Eoi).Msr("ICC_EOIR1_EL1", 40);
        m.Mrs("ICC_RPR_EL1").ShouldBe(0xffUL);
        m.Lr(0).ShouldBe(Interrupt(40, 0x50, Active, Group1 | Eoi));
        m.Get("ICH_EISR_EL2").ShouldBe(0UL);

        m.Set("ICH_AP1R0_EL2", 2).Msr("ICC_DIR_EL1", 40).Lr(0).ShouldBe(Interrupt(40, 0x50, 0, Group1 | Eoi));
        m.Get("ICH_AP1R0_EL2").ShouldBe(2UL);
        m.Get("ICH_EISR_EL2").ShouldBe(1UL);
    }

    [Fact]
    public void GV_104_DIR_works_in_any_order_and_for_either_group()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | Veoim)
            .Lr(0, Interrupt(40, 0x50, Active, 0)).Lr(1, Interrupt(41, 0x30, Active));

        m.Msr("ICC_DIR_EL1", 40).Lr(0).ShouldBe(Interrupt(40, 0x50, 0, 0));
        m.Msr("ICC_DIR_EL1", 41).Lr(1).ShouldBe(Interrupt(41, 0x30, 0));
    }

    [Fact]
    public void GV_105_Without_EOImode_DIR_is_ignored()
    {
        VirtualMachine m = Acknowledged().Msr("ICC_DIR_EL1", 40).Msr("ICC_DIR_EL1", 77);

        m.Lr(0).ShouldBe(Interrupt(40, 0x50, Active));
        EoiCount(m).ShouldBe(0UL);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(Veoim)]
    public void GV_106_A_linked_interrupt_is_deactivated_where_it_comes_from(ulong mode)
    {
        VirtualMachine m = Acknowledged(mode, Group1 | HW | 27UL << 32);
        List<uint> deactivated = [];
        m.Core.DeactivatePhysical = deactivated.Add;

        m.Msr("ICC_EOIR1_EL1", 40);
        deactivated.ShouldBe(mode == 0 ? [27u] : []);
        m.Msr("ICC_DIR_EL1", 40);

        deactivated.ShouldBe([27u]);
        (m.Lr(0) & (Pending | Active)).ShouldBe(0UL);
    }

    [Theory]
    [InlineData(Active, 1UL)]
    [InlineData(Active | Pending, 0UL)]
    public void GV_107_115_An_EOI_interrupt_is_owed_only_when_the_list_register_becomes_invalid(ulong state, ulong eisr)
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x50, state, Group1 | Eoi)).Set("ICH_AP1R0_EL2", 1 << (0x50 >> 3));

        m.Msr("ICC_EOIR1_EL1", 40).Get("ICH_EISR_EL2").ShouldBe(eisr);
        m.Lr(0).ShouldBe(Interrupt(40, 0x50, state & ~Active, Group1 | Eoi));
        m.Mrs("ICC_IAR1_EL1").ShouldBe(eisr != 0 ? Spurious : 40UL);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(Veoim)]
    public void GV_108_111_The_priority_drop_ends_an_LPI_and_none_is_counted(ulong mode)
    {
        VirtualMachine m = Acknowledged(mode, intId: 8192).Msr("ICC_DIR_EL1", 8192);
        m.Lr(0).ShouldBe(Interrupt(8192, 0x50, Active));

        m.Msr("ICC_EOIR1_EL1", 8192).Lr(0).ShouldBe(Interrupt(8192, 0x50, 0));
        m.Set("ICH_AP1R0_EL2", 1).Msr("ICC_EOIR1_EL1", 8193).Get("ICH_AP1R0_EL2").ShouldBe(0UL);
        m.Msr("ICC_DIR_EL1", 8193);
        EoiCount(m).ShouldBe(0UL);
    }

    [Fact]
    public void GV_109_110_112_EOIR_and_DIR_without_a_list_register_are_counted_when_they_deactivate()
    {
        VirtualMachine m = new VirtualMachine().Msr("ICC_EOIR1_EL1", 77);
        EoiCount(m).ShouldBe(0UL, "GV-112: nothing was dropped");

        m.Set("ICH_AP1R0_EL2", 1).Msr("ICC_EOIR1_EL1", 77);
        EoiCount(m).ShouldBe(1UL);

        m.Set("ICH_VMCR_EL2", Open | Veoim).Set("ICH_AP0R0_EL2", 1).Msr("ICC_EOIR0_EL1", 77);
        EoiCount(m).ShouldBe(1UL, "GV-110");
        m.Get("ICH_AP0R0_EL2").ShouldBe(0UL);
        m.Msr("ICC_DIR_EL1", 77);
        EoiCount(m).ShouldBe(2UL);
    }

    [Fact]
    public void GV_112_An_EOIR_that_drops_nothing_leaves_a_matching_list_register()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x50, Active)).Msr("ICC_EOIR1_EL1", 40);

        m.Lr(0).ShouldBe(Interrupt(40, 0x50, Active));
        EoiCount(m).ShouldBe(0UL);
    }

    [Fact]
    public void GV_113_EOIR_of_the_wrong_group_or_priority_drops_and_leaves_the_list_register()
    {
        VirtualMachine m = Acknowledged().Msr("ICC_EOIR0_EL1", 40);
        m.Lr(0).ShouldBe(Interrupt(40, 0x50, Active));
        m.Mrs("ICC_RPR_EL1").ShouldBe(0xffUL);

        m.Set("ICH_AP1R0_EL2", 1 << 3).Msr("ICC_EOIR1_EL1", 40).Lr(0).ShouldBe(Interrupt(40, 0x50, Active));
        EoiCount(m).ShouldBe(0UL);
    }

    [Fact]
    public void GV_113_EOIR_of_the_group_priority_under_the_binary_point_in_force_deactivates()
    {
        VirtualMachine m = new VirtualMachine().Msr("ICC_BPR1_EL1", 6).Lr(0, Interrupt(40, 0x98, Active)).Set("ICH_AP1R0_EL2", 1 << (0x80 >> 3));

        m.Msr("ICC_EOIR1_EL1", 40).Lr(0).ShouldBe(Interrupt(40, 0x98, 0));
    }

    [Fact]
    public void GV_114_The_count_can_be_written_and_wraps()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | Veoim).Set("ICH_HCR_EL2", 31UL << 27 | En);
        EoiCount(m).ShouldBe(31UL);

        m.Msr("ICC_DIR_EL1", 77).Get("ICH_HCR_EL2").ShouldBe(En);
    }

    [Fact]
    public void GV_116_Nested_interrupts_are_dropped_from_the_highest()
    {
        var m = new VirtualMachine();
        (ulong IntId, ulong Priority)[] nested = [(40, 0xa0), (41, 0x50), (42, 0x10)];
        for (int n = 0; n < 3; n++)
        {
            m.Lr(n, Interrupt(nested[n].IntId, nested[n].Priority)).Mrs("ICC_IAR1_EL1").ShouldBe(nested[n].IntId);
            m.Mrs("ICC_RPR_EL1").ShouldBe(nested[n].Priority);
        }

        for (int n = 2; n >= 0; n--)
        {
            m.Msr("ICC_EOIR1_EL1", nested[n].IntId).Mrs("ICC_RPR_EL1").ShouldBe(n == 0 ? 0xffUL : nested[n - 1].Priority);
            m.Lr(n).ShouldBe(Interrupt(nested[n].IntId, nested[n].Priority, 0));
        }
    }

    [Fact]
    public void GV_117_A_binary_point_changed_in_between_does_not_matter()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x98));
        m.Mrs("ICC_IAR1_EL1").ShouldBe(40UL);

        m.Msr("ICC_BPR1_EL1", 6).Msr("ICC_EOIR1_EL1", 40).Lr(0).ShouldBe(Interrupt(40, 0x98, 0));
        m.Get("ICH_AP1R0_EL2").ShouldBe(0UL);
    }

    [Fact]
    public void GV_118_Disabled_the_interface_still_completes_and_counts()
    {
        VirtualMachine m = Acknowledged().Set("ICH_HCR_EL2", 0).Msr("ICC_EOIR1_EL1", 40);
        m.Lr(0).ShouldBe(Interrupt(40, 0x50, 0));

        m.Set("ICH_VMCR_EL2", Veoim).Msr("ICC_DIR_EL1", 77);
        EoiCount(m).ShouldBe(1UL);
    }

    [Fact]
    public void GV_119_A_pending_interrupt_is_no_match()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", Open | Veoim).Lr(0, Interrupt(40, 0x50)).Msr("ICC_DIR_EL1", 40);

        m.Lr(0).ShouldBe(Interrupt(40, 0x50));
        EoiCount(m).ShouldBe(1UL);
    }
}
