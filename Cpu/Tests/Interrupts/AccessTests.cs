using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.VirtualMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Which interface a name reaches, and what traps (GV-010 to GV-035, GV-142).</summary>
public class AccessTests
{
    [Theory]
    [InlineData("ICC_IGRPEN0_EL1", 1UL, Hcr.FMO)]
    [InlineData("ICC_BPR0_EL1", 5UL, Hcr.FMO)]
    [InlineData("ICC_AP0R0_EL1", 4UL, Hcr.FMO)]
    [InlineData("ICC_IGRPEN1_EL1", 1UL, Hcr.IMO)]
    [InlineData("ICC_BPR1_EL1", 5UL, Hcr.IMO)]
    [InlineData("ICC_AP1R0_EL1", 4UL, Hcr.IMO)]
    [InlineData("ICC_PMR_EL1", 0x48UL, Hcr.FMO | Hcr.IMO)]
    [InlineData("ICC_CTLR_EL1", 2UL, Hcr.FMO | Hcr.IMO)]
    public void GV_010_to_015_and_018_FMO_and_IMO_choose_the_interface_at_EL1_whatever_En_is(string name, ulong value, ulong by)
    {
        foreach (ulong hcr in (ulong[])[0, Hcr.FMO, Hcr.IMO, Hcr.FMO | Hcr.IMO])
        {
            VirtualMachine m = new VirtualMachine(hcr: hcr).Set("ICH_HCR_EL2", 0).Set("ICH_VMCR_EL2", 0);
            string reached = (hcr & by) != 0 ? "ICV" : "ICC";
            string other = (hcr & by) != 0 ? "ICC" : "ICV";
            ulong before = m.Get(other + name[3..]);

            (m.Msr(name, value).Mrs(name) & value).ShouldBe(value);

            (m.Get(reached + name[3..]) & value).ShouldBe(value);
            m.Get(other + name[3..]).ShouldBe(before);
            m.Machine.At(2);
            m.Mrs(name).ShouldBe(m.Get(name));
        }
    }

    [Theory]
    [InlineData("ICC_SGI0R_EL1")]
    [InlineData("ICC_SGI1R_EL1")]
    [InlineData("ICC_ASGI1R_EL1")]
    public void GV_014_Generating_SGIs_traps_where_anything_is_virtual(string name)
    {
        new VirtualMachine(hcr: Hcr.IMO).Refused(TestMachine.Msr(name), 2, 0x18);
        new VirtualMachine(hcr: Hcr.FMO).Refused(TestMachine.Msr(name), 2, 0x18);
        new VirtualMachine(hcr: 0).Set("ICH_HCR_EL2", 1 << 10).Refused(TestMachine.Msr(name), 2, 0x18);
        new VirtualMachine(hcr: 0).Set("ICH_HCR_EL2", 0).Msr(name, 0);
    }

    [Theory]
    [InlineData("ICC_IAR0_EL1", 11)]
    [InlineData("ICC_HPPIR1_EL1", 12)]
    [InlineData("ICC_RPR_EL1", 10)]
    public void GV_020_024_025_Group_and_common_traps_do_not_need_En(string name, int bit)
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_HCR_EL2", 1UL << bit);
        m.Refused(TestMachine.Mrs(name), 2, 0x18);
        m.Set("ICH_HCR_EL2", 0x7c00 & ~(1UL << bit)).Mrs(name).ShouldNotBe(0UL);

        m.Machine.At(0);
        m.Refused(TestMachine.Mrs(name), 1, 0);
    }

    [Fact]
    public void GV_024_TDIR_traps_writes_of_DIR()
    {
        new VirtualMachine().Set("ICH_HCR_EL2", 1 << 14).Refused(TestMachine.Msr("ICC_DIR_EL1"), 2, 0x18);
        new VirtualMachine().Set("ICH_HCR_EL2", 0).Msr("ICC_DIR_EL1", 0);
    }

    [Fact]
    public void GV_022_026_SRE_comes_first_and_a_virtual_access_never_traps_to_EL3()
    {
        VirtualMachine m = new VirtualMachine().Set("SCR_EL3", new VirtualMachine().Get("SCR_EL3") | Scr.IRQ | Scr.FIQ);
        m.Mrs("ICC_RPR_EL1").ShouldBe(0xffUL);
        m.Set("ICC_SRE_EL1", 0).Refused(TestMachine.Mrs("ICC_RPR_EL1"), 1, 0x18);

        m.Set("ICC_SRE_EL1", 7).Set("HCR_EL2", Hcr.RW).Refused(TestMachine.Mrs("ICC_RPR_EL1"), 3, 0x18);
    }

    [Fact]
    public void GV_030_031_033_Without_NV2_the_hypervisor_names_are_undefined_or_trap()
    {
        new VirtualMachine().Refused(TestMachine.Mrs("ICH_LR0_EL2"), 1, 0);
        var nv = new VirtualMachine(hcr: Hcr.NV);
        nv.Refused(TestMachine.Mrs("ICH_LR0_EL2"), 2, 0x18);
        var nv2 = new VirtualMachine(hcr: Hcr.NV | Hcr.NV2);
        foreach (string name in (string[])["ICH_VTR_EL2", "ICH_MISR_EL2", "ICH_EISR_EL2", "ICH_ELRSR_EL2"])
        {
            nv2.Refused(TestMachine.Mrs(name), 2, 0x18);
        }
    }

    [Theory]
    [InlineData("ICH_LR3_EL2", 0x418)]
    [InlineData("ICH_AP0R0_EL2", 0x480)]
    [InlineData("ICH_AP1R0_EL2", 0x4a0)]
    [InlineData("ICH_HCR_EL2", 0x4c0)]
    [InlineData("ICH_VMCR_EL2", 0x4c8)]
    public void GV_032_035_Under_NV2_they_are_plain_memory(string name, ulong offset)
    {
        VirtualMachine m = new VirtualMachine(hcr: Hcr.NV | Hcr.NV2).Set("VNCR_EL2", TestMachine.RamBase);
        ulong before = m.Get(name);

        m.Msr(name, ulong.MaxValue);

        m.Machine.TryRead(TestMachine.RamBase + offset, 8, out ulong stored).ShouldBeTrue();
        stored.ShouldBe(ulong.MaxValue);
        m.Mrs(name).ShouldBe(ulong.MaxValue);
        m.Get(name).ShouldBe(before);
    }

    [Fact]
    public void GV_142_Every_field_of_ICH_VMCR_goes_round_by_its_ICV_name()
    {
        VirtualMachine m = new VirtualMachine().Set("ICH_VMCR_EL2", 0);
        m.Msr("ICC_PMR_EL1", 0xa8).Msr("ICC_BPR0_EL1", 5).Msr("ICC_BPR1_EL1", 6).Msr("ICC_IGRPEN0_EL1", 1).Msr("ICC_IGRPEN1_EL1", 1)
            .Msr("ICC_CTLR_EL1", 2);
        ulong vmcr = m.Get("ICH_VMCR_EL2");
        vmcr.ShouldBe(0xa8UL << 24 | 5UL << 21 | 6UL << 18 | Veoim | 8 | 3);

        m.Set("ICH_VMCR_EL2", 0).Mrs("ICC_PMR_EL1").ShouldBe(0UL);
        m.Set("ICH_VMCR_EL2", vmcr).Mrs("ICC_PMR_EL1").ShouldBe(0xa8UL);
        m.Mrs("ICC_BPR0_EL1").ShouldBe(5UL);
        m.Mrs("ICC_BPR1_EL1").ShouldBe(6UL);
        m.Mrs("ICC_IGRPEN0_EL1").ShouldBe(1UL);
        m.Mrs("ICC_IGRPEN1_EL1").ShouldBe(1UL);
        (m.Mrs("ICC_CTLR_EL1") & 3).ShouldBe(2UL);
    }
}
