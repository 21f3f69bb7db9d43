using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.VirtualMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Which registers there are and what a write of them keeps (GV-001 to GV-009, GV-030 to GV-048).</summary>
public class ListRegisterTests
{
    [Theory]
    [InlineData("nv2", 0x9038_0003UL)]                       // 4 list registers, 5 and 5 bits, 24-bit INTIDs, A3V, nV4, TDS
    [InlineData("nv2,lrs=1", 0x9038_0000UL)]
    [InlineData("nv2,lrs=16,pribits=7,prebits=6", 0xd4b8_000fUL)]
    public void GV_001_to_003_The_type_register_tells_the_sizes(string profile, ulong expected)
    {
        var m = new VirtualMachine(profile);
        expected |= 1UL << 23;

        m.Get("ICH_VTR_EL2").ShouldBe(expected);
        m.Machine.At(2);
        m.Refused(TestMachine.Msr("ICH_VTR_EL2") & ~(1u << 21), 2, 0);
    }

    [Theory]
    [InlineData("nv2,lrs=1", 1)]
    [InlineData("nv2", 4)]
    [InlineData("nv2,lrs=16", 16)]
    public void GV_004_A_list_register_beyond_the_last_is_undefined(string profile, int count)
    {
        var m = new VirtualMachine(profile);
        m.Machine.At(2);

        for (int n = 0; n < 16; n++)
        {
            if (n < count)
            {
                m.Msr($"ICH_LR{n}_EL2", 0x20).Mrs($"ICH_LR{n}_EL2").ShouldBe(0x20UL);
            }
            else
            {
                m.Refused(TestMachine.Mrs($"ICH_LR{n}_EL2"), 2, 0);
            }
        }
    }

    [Theory]
    [InlineData("nv2", 1)]
    [InlineData("nv2,pribits=6", 2)]
    [InlineData("nv2,pribits=7", 4)]
    [InlineData("nv2,pribits=7,prebits=5", 1)]
    public void GV_005_and_034_Active_priority_registers_follow_the_preemption_bits_also_under_NV2(string profile, int count)
    {
        var m = new VirtualMachine(profile);
        m.Machine.At(2);
        for (int n = 0; n < 4; n++)
        {
            foreach (string name in (string[])[$"ICH_AP0R{n}_EL2", $"ICH_AP1R{n}_EL2", $"ICC_AP0R{n}_EL1", $"ICC_AP1R{n}_EL1"])
            {
                if (n < count)
                {
                    _ = m.Mrs(name);
                }
                else
                {
                    m.Refused(TestMachine.Mrs(name), 2, 0);
                }
            }
        }

        m.Machine.Or("HCR_EL2", Hcr.NV | Hcr.NV2).Set("VNCR_EL2", TestMachine.RamBase).At(1);
        if (count < 4)
        {
            m.Refused(TestMachine.Mrs("ICH_AP1R3_EL2"), 1, 0);
        }
        else
        {
            _ = m.Mrs("ICH_AP1R3_EL2");
        }
    }

    [Fact]
    public void GV_006_Reset_clears_the_controls_and_the_active_priorities()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_AP1R0_EL2", 4).Set("ICH_AP0R0_EL2", 4);

        m.Core.Reset(3);

        m.Get("ICH_HCR_EL2").ShouldBe(0UL);
        (m.Get("ICH_AP0R0_EL2") | m.Get("ICH_AP1R0_EL2")).ShouldBe(0UL);
    }

    [Fact]
    public void GV_007_and_140_The_control_register_tells_the_same_sizes_and_keeps_two_bits()
    {
        var m = new VirtualMachine("nv2,pribits=6");

        m.Msr("ICC_CTLR_EL1", ulong.MaxValue).Mrs("ICC_CTLR_EL1").ShouldBe(0x8d03UL);
        (m.Get("ICH_VMCR_EL2") & (Veoim | Vcbpr)).ShouldBe(Veoim | Vcbpr);
        m.Msr("ICC_CTLR_EL1", 0).Mrs("ICC_CTLR_EL1").ShouldBe(0x8d00UL);
    }

    [Fact]
    public void GV_008_Enable_does_nothing_where_EL2_is_not_enabled()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(40, 0x10));
        m.Core.IsVirtualLineUp().ShouldBeTrue();

        m.Machine.Set("SCR_EL3", m.Get("SCR_EL3") & ~Scr.NS);

        m.Core.IsVirtualLineUp().ShouldBeFalse();
    }

    [Fact]
    public void GV_009_Reserved_bits_read_as_fixed()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", ulong.MaxValue).Set("ICH_VMCR_EL2", ulong.MaxValue);

        (m.Get("ICH_HCR_EL2") & ~0xf800_7cffUL).ShouldBe(0UL);
        m.Get("ICH_VMCR_EL2").ShouldBe(0xf8fc_021bUL);
        m.Set("ICH_VMCR_EL2", 0).Get("ICH_VMCR_EL2").ShouldBe(2UL << 21 | 3UL << 18 | 8);
    }

    [Theory]
    [InlineData("nv2", 0xf8)]
    [InlineData("nv2,pribits=6", 0xfc)]
    [InlineData("nv2,pribits=7,prebits=5", 0xfe)]
    public void GV_040_Priority_bits_that_are_not_implemented_are_not_kept(string profile, ulong kept) =>
        (new VirtualMachine(profile).Lr(0, 0xffUL << 48).Lr(0) >> 48).ShouldBe(kept);

    [Fact]
    public void GV_041_042_043_Only_the_fields_that_HW_gives_are_kept()
    {
        var m = new VirtualMachine();

        m.Lr(0, ulong.MaxValue & ~HW).Lr(0).ShouldBe(0xd0f8_0200_00ff_ffffUL);
        m.Lr(0, ulong.MaxValue).Lr(0).ShouldBe(0xf0f8_03ff_00ff_ffffUL);
    }

    [Fact]
    public void GV_044_046_A_write_of_any_state_counts_at_once()
    {
        var m = new VirtualMachine();

        m.Lr(0, Interrupt(40, 0x10)).Core.IsVirtualLineUp().ShouldBeTrue();
        m.Lr(0, Interrupt(40, 0x10, Active)).Core.IsVirtualLineUp().ShouldBeFalse();
        m.Lr(0, Interrupt(40, 0x10, 0)).Core.IsVirtualLineUp().ShouldBeFalse();
    }

    [Fact]
    public void GV_047_Without_ExtRange_the_INTIDs_below_LPIs_are_ordinary()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(1024, 0x10)).Set("ICH_VMCR_EL2", Open | Veoim);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(1024UL);

        m.Msr("ICC_EOIR1_EL1", 1024).Lr(0).ShouldBe(Interrupt(1024, 0x10, Active));
        m.Msr("ICC_DIR_EL1", 1024).Lr(0).ShouldBe(Interrupt(1024, 0x10, 0));
    }

    [Fact]
    public void GV_048_INTIDs_have_24_bits_everywhere()
    {
        VirtualMachine m = new VirtualMachine().Lr(0, Interrupt(0x0500_0028, 0x10));

        m.Mrs("ICC_HPPIR1_EL1").ShouldBe(0x28UL);
        m.Mrs("ICC_IAR1_EL1").ShouldBe(0x28UL);
        m.Msr("ICC_EOIR1_EL1", 0xff00_0028);
        (m.Lr(0) & (Active | Pending)).ShouldBe(0UL);
    }

    [Theory]
    [InlineData("lrs=0")]
    [InlineData("lrs=17")]
    [InlineData("pribits=8")]
    [InlineData("prebits=6")]
    public void GV_002_A_size_that_no_GIC_has_is_refused(string option) =>
        Should.Throw<FormatException>(() => Conformance.Cpu.Features.FeatureSet.Parse("nv2," + option)).Message.ShouldContain(option);
}
