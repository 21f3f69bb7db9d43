using static Conformance.Cpu.Tests.Interrupts.VirtualMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Status registers and the maintenance interrupt (GV-120 to GV-133).</summary>
public class MaintenanceTests
{
    private const ulong Uie = 1 << 1;
    private const ulong Lrenpie = 1 << 2;
    private const ulong Npie = 1 << 3;

    [Fact]
    public void GV_120_121_122_Status_registers_follow_from_state_HW_and_EOI()
    {
        foreach (ulong state in (ulong[])[0, Pending, Active, Pending | Active])
        {
            foreach (ulong bits in (ulong[])[0, Eoi, HW, HW | Eoi])
            {
                VirtualMachine m = new VirtualMachine("nv2,lrs=1").Lr(0, state | bits);

                m.Get("ICH_EISR_EL2").ShouldBe(state == 0 && bits == Eoi ? 1UL : 0);
                m.Get("ICH_ELRSR_EL2").ShouldBe(state == 0 && bits != Eoi ? 1UL : 0);
            }
        }

        new VirtualMachine().Get("ICH_ELRSR_EL2").ShouldBe(0xfUL);
        new VirtualMachine("nv2,lrs=16").Get("ICH_ELRSR_EL2").ShouldBe(0xffffUL);
    }

    [Fact]
    public void GV_123_130_133_An_owed_EOI_interrupt_stays_until_the_list_register_is_written()
    {
        VirtualMachine m = new VirtualMachine().Lr(2, Eoi);

        m.Get("ICH_MISR_EL2").ShouldBe(1UL);
        m.Get("ICH_EISR_EL2").ShouldBe(4UL);
        m.Get("ICH_MISR_EL2").ShouldBe(1UL);
        m.Core.IsMaintenanceUp().ShouldBeTrue();
        m.Lr(2, 0).Get("ICH_MISR_EL2").ShouldBe(0UL);
        m.Core.IsMaintenanceUp().ShouldBeFalse();
    }

    [Fact]
    public void GV_124_Underflow_is_at_most_one_valid_list_register()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", En | Uie).Lr(3, Eoi);
        m.Get("ICH_MISR_EL2").ShouldBe(3UL);
        m.Lr(0, Pending).Lr(3, 0).Get("ICH_MISR_EL2").ShouldBe(2UL);
        m.Lr(1, Active).Get("ICH_MISR_EL2").ShouldBe(0UL);
        m.Lr(1, 0).Set("ICH_HCR_EL2", En).Get("ICH_MISR_EL2").ShouldBe(0UL);

        new VirtualMachine("nv2,lrs=1").Set("ICH_HCR_EL2", En | Uie).Lr(0, Pending).Get("ICH_MISR_EL2").ShouldBe(2UL);
    }

    [Fact]
    public void GV_125_130_A_count_of_missing_entries_needs_its_enable()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", En | 1UL << 27);
        m.Get("ICH_MISR_EL2").ShouldBe(0UL);

        m.Set("ICH_HCR_EL2", En | Lrenpie | 1UL << 27).Get("ICH_MISR_EL2").ShouldBe(4UL);
        m.Set("ICH_HCR_EL2", En | Lrenpie).Get("ICH_MISR_EL2").ShouldBe(0UL);
    }

    [Fact]
    public void GV_126_129_No_pending_counts_state_01_only()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", En | Npie);

        m.Get("ICH_MISR_EL2").ShouldBe(8UL);
        m.Lr(0, Pending | Active).Get("ICH_MISR_EL2").ShouldBe(8UL);
        m.Lr(1, Pending).Get("ICH_MISR_EL2").ShouldBe(0UL);
    }

    [Theory]
    [InlineData(0, 0x20UL | 0x80UL)]
    [InlineData(1, 0x10UL | 0x80UL)]
    [InlineData(2, 0x20UL | 0x40UL)]
    [InlineData(3, 0x10UL | 0x40UL)]
    public void GV_127_130_141_Group_causes_follow_the_enables(ulong enables, ulong misr)
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", En | 0xf0)
            .Msr("ICC_IGRPEN0_EL1", enables & 1).Msr("ICC_IGRPEN1_EL1", enables >> 1);

        m.Get("ICH_MISR_EL2").ShouldBe(misr);
        m.Core.IsMaintenanceUp().ShouldBeTrue();
        foreach (int bit in (int[])[4, 5, 6, 7])
        {
            m.Set("ICH_HCR_EL2", En | 1UL << bit).Get("ICH_MISR_EL2").ShouldBe(misr & 1UL << bit);
        }
    }

    [Fact]
    public void GV_128_131_The_line_needs_the_enable_and_the_status_does_not()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", Npie);

        m.Get("ICH_MISR_EL2").ShouldBe(8UL);
        m.Core.IsMaintenanceUp().ShouldBeFalse();
        m.Set("ICH_HCR_EL2", Npie | En).Core.IsMaintenanceUp().ShouldBeTrue();
    }
}
