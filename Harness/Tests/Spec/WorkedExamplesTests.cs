using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Spec;

/// <summary>The worked examples of the description of the facts (section 6), each literally.</summary>
public class WorkedExamplesTests
{
    [Theory]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1", "N:110")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1 HCR_EL2.TRVM=1", "T2:18")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1 HFGRTR_EL2.SCTLR_EL1=1", "T2:18")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1 HFGRTR_EL2.SCTLR_EL1=1 SCR_EL3.FGTEn=0", "N:110")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=0 HCR_EL2.NV2=1", "R:SCTLR_EL1")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1 SCR_EL3.NS=0", "R:SCTLR_EL1")]
    public void Sctlr_is_trapped_before_it_is_redirected(string fields, string leaf) => At("MRS SCTLR_EL1", 1, fields, leaf);

    [Theory]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=0 HCR_EL2.NV2=1", "N:250")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1", "T2:18")]
    [InlineData("HCR_EL2.NV=1 HCR_EL2.NV1=0 HCR_EL2.NV2=0", "T2:18")]
    [InlineData("HCR_EL2.NV=0 HCR_EL2.NV1=0 HCR_EL2.NV2=1", "U")]
    public void Vbar_el12_is_stored_trapped_or_undefined(string fields, string leaf) => At("MSR VBAR_EL12", 1, fields, leaf);

    [Theory]
    [InlineData(3, "", "R:PMEVCNTR_EL0[m]")]
    [InlineData(3, "MDCR_EL2.HPMN=2", "T2:18")]
    [InlineData(7, "", "U")]
    public void Event_counters_belong_to_el2_from_hpmn_on(int index, string fields, string leaf) =>
        At("MRS PMEVCNTR<m>_EL0", 1, fields, leaf, index);

    [Theory]
    [InlineData(2, "HCR_EL2.E2H=1", "W:CNTHP_CTL_EL2")]
    [InlineData(2, "HCR_EL2.E2H=0", "W:CNTP_CTL_EL0")]
    [InlineData(1, "HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1", "N:180")]
    [InlineData(1, "HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1 CNTHCTL_EL2.EL1PCEN=0", "T2:18")]
    [InlineData(1, "HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1 CNTHCTL_EL2.EL1PCEN=0 HCR_EL2.E2H=1 CNTHCTL_EL2.EL1PTEN=1", "N:180")]
    public void Timer_control_follows_e2h(int level, string fields, string leaf) => At("MSR CNTP_CTL_EL0", level, fields, leaf);

    [Theory]
    [InlineData("CPACR_EL1.FPEN=1", "T1:07")]
    [InlineData("CPACR_EL1.FPEN=1 HCR_EL2.TGE=1 HCR_EL2.E2H=0", "T2:00")]
    [InlineData("HCR_EL2.TGE=1 HCR_EL2.E2H=1 CPTR_EL2.FPEN=1", "T2:07")]
    [InlineData("HCR_EL2.TGE=1 HCR_EL2.E2H=1 CPTR_EL2.FPEN=3", "R:FPCR")]
    public void Fpcr_from_el0_is_reported_by_the_register_that_trapped_it(string fields, string leaf) =>
        At("MRS FPCR", 0, fields, leaf);

    [Fact]
    public void An_array_element_has_its_index_in_the_encoding() =>
        AccessRules.Find("MRS PMEVCNTR<m>_EL0").Word(register: 0, index: 3).ShouldBe(0xD53B_E860u);

    private static void At(string accessor, int level, string fields, string leaf, int index = 0)
    {
        ArchState state = Profile.Nv2.NewState();
        foreach (string[] field in fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')))
        {
            state[field[0]] = ulong.Parse(field[1]);
        }

        AccessRules.Find(accessor).Evaluate(state, level, index).Text.ShouldBe(leaf);
    }
}
