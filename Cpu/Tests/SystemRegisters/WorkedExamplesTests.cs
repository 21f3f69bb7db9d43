using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.SystemRegisters;

/// <summary>The worked examples of the notes on access rules, and one spot check of each mechanism.</summary>
public class WorkedExamplesTests
{
    private static TestMachine Machine() => new TestMachine().Set("HCR_EL2", Hcr.API | Hcr.APK);

    [Theory]
    [InlineData(6UL, 0)]
    [InlineData(2UL, 2)]
    public void Pmevcntr3_belongs_to_el2_when_hpmn_says_so(ulong hpmn, int target)
    {
        TestMachine m = Machine().Set("MDCR_EL2", hpmn).Set("PMEVCNTR3_EL0", 0x77).At(1);

        m.Run(0xd53b_e860);

        m.Core.LastExceptionTarget.ShouldBe(target);
        if (target == 0)
        {
            m.Core.GetX(0).ShouldBe(0x77UL);
        }
    }

    [Fact]
    public void Pmevcntr7_is_undefined()
    {
        TestMachine m = Machine().At(2);

        m.Run(0xd53b_e8e0);

        m.Get("ESR_EL2").ShouldBe(0x0200_0000UL);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cntp_ctl_el0_at_el2_is_cnthp_under_e2h(bool e2h)
    {
        TestMachine m = Machine().Or("HCR_EL2", e2h ? Hcr.E2H : 0).At(2);
        m.Core.SetX(0, 3);

        m.Run(TestMachine.Msr("CNTP_CTL_EL0"));

        (m.Get("CNTHP_CTL_EL2") & 3).ShouldBe(e2h ? 3UL : 0);
        (m.Get("CNTP_CTL_EL0") & 3).ShouldBe(e2h ? 0UL : 3);
    }

    [Fact]
    public void Cntp_ctl_el0_at_el1_traps_before_it_is_memory()
    {
        TestMachine m = Machine().Or("HCR_EL2", Hcr.NV | Hcr.NV1 | Hcr.NV2).Set("VNCR_EL2", TestMachine.RamBase)
            .Set("CNTHCTL_EL2", 0).At(1);

        m.Run(TestMachine.Msr("CNTP_CTL_EL0"));

        m.Core.LastExceptionTarget.ShouldBe(2);
        m.Set("CNTHCTL_EL2", 2).At(1);
        m.Core.SetX(0, 0x5a);
        m.Run(TestMachine.Msr("CNTP_CTL_EL0"));
        m.TryRead(TestMachine.RamBase + 0x180, 8, out ulong stored).ShouldBeTrue();
        stored.ShouldBe(0x5aUL);
    }

    [Theory]
    [InlineData(0UL, 1UL << 20, 0, 1, 0x07)]
    [InlineData(Hcr.TGE, 1UL << 20, 0, 2, 0x00)]
    [InlineData(Hcr.TGE | Hcr.E2H, 1UL << 20, 1UL << 20, 2, 0x07)]
    public void Fpcr_at_el0_reports_by_the_path_of_the_trap(ulong hcr, ulong cpacr, ulong cptr, int target, int exceptionClass)
    {
        TestMachine m = Machine().Or("HCR_EL2", hcr).Set("CPACR_EL1", cpacr).Set("CPTR_EL2", cptr).At(0);

        m.Run(TestMachine.Mrs("FPCR"));

        m.Core.LastExceptionTarget.ShouldBe(target);
        (m.Get($"ESR_EL{target}") >> 26).ShouldBe((ulong)exceptionClass);
    }

    [Fact]
    public void Fpcr_has_no_vector_length_and_stride_without_AArch32()
    {
        TestMachine m = Machine();
        m.Core.SetX(0, ulong.MaxValue);

        m.Run(TestMachine.Msr("FPCR")).Run(TestMachine.Mrs("FPCR", 1));

        m.Core.GetX(1).ShouldBe(0x07c8_0000UL); // AHP, DN, FZ, RMode, FZ16
    }

    [Fact]
    public void Fpcr_at_el0_of_a_host_ignores_cpacr()
    {
        TestMachine m = Machine().Or("HCR_EL2", Hcr.TGE | Hcr.E2H).Set("CPACR_EL1", 0).Set("CPTR_EL2", 3UL << 20).At(0);

        m.Run(TestMachine.Mrs("FPCR"));

        m.Core.ExceptionCount.ShouldBe(0UL);
    }

    [Fact]
    public void An_el12_name_reaches_el1_from_a_host_only()
    {
        TestMachine m = Machine().Set("TPIDR_EL1", 1).Set("VBAR_EL1", 0x800).Set("VBAR_EL2", 0x1000).At(2);

        m.Run(TestMachine.Mrs("VBAR_EL12"));

        m.Get("ESR_EL2").ShouldBe(0x0200_0000UL);
        m.Or("HCR_EL2", Hcr.E2H).At(2);
        m.Run(TestMachine.Mrs("VBAR_EL12")).Run(TestMachine.Mrs("VBAR_EL1", 1));
        m.Core.GetX(0).ShouldBe(0x800UL);
        m.Core.GetX(1).ShouldBe(0x1000UL);
    }

    [Fact]
    public void The_reserved_id_space_reads_as_zero_and_tid3_traps_it()
    {
        const uint unallocated = 0xd538_0760; // MRS X0, S3_0_C0_C7_3 stands for ID_AA64MMFR3_EL1; op2 5 to 7 for nothing
        TestMachine m = Machine().At(1);
        m.Core.SetX(0, 99);

        m.Run(unallocated + (4u << 5));

        m.Core.GetX(0).ShouldBe(0UL);
        m.Or("HCR_EL2", Hcr.TID3).Run(unallocated + (4u << 5));
        m.Core.LastExceptionTarget.ShouldBe(2);
    }

    [Theory]
    [InlineData("nv2", 0x18)]
    [InlineData("armv8.0", 0x00)]
    public void An_id_register_at_el0_is_a_trap_with_feat_idst_and_undefined_without(string profile, int exceptionClass)
    {
        TestMachine m = new TestMachine(profile).At(0);

        m.Run(TestMachine.Mrs("MIDR_EL1"));

        m.Core.LastExceptionTarget.ShouldBe(1);
        (m.Get("ESR_EL1") >> 26).ShouldBe((ulong)exceptionClass);
    }

    [Fact]
    public void Midr_at_el1_is_what_el2_says()
    {
        TestMachine m = Machine().Set("VPIDR_EL2", 0x410f_d0c0).At(1);

        m.Run(TestMachine.Mrs("MIDR_EL1"));

        m.Core.GetX(0).ShouldBe(0x410f_d0c0UL);
    }

    [Fact]
    public void Without_el3_no_access_traps_there()
    {
        var m = new TestMachine("nv2,-FEAT_AA64EL3", level: 2);
        m.Set("HCR_EL2", Hcr.API | Hcr.APK).At(1);

        m.Run(TestMachine.Msr("APIAKeyLo_EL1"));

        m.Core.ExceptionCount.ShouldBe(0UL);
    }
}
