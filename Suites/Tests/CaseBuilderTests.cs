using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Tests;

public class CaseBuilderTests
{
    private const uint Nop = 0xD503_201F;

    [Fact]
    public void A_sentence_becomes_a_case()
    {
        Case said = CaseBuilder.Case("exceptions/svc/a", "SVC goes to EL1").Rules("EX-152").Needs("FEAT_PAN")
            .Change("HCR_EL2", set: 1UL << 27)
            .Fill(GuestMemory.Data, 64, 1, 2).Memory(GuestMemory.Data, 7)
            .At(0).X(3, 9).Code(0xD400_0001)
            .Takes(1, vector: 0x400, esr: 0x5600_0000)
            .Or("elsewhere").Takes(2)
            .Build();

        said.Registers.ShouldBe([new RegisterValue("HCR_EL2", 0x0120_8300_8800_0000)]);
        said.Steps.Count.ShouldBe(1);
        said.Steps[0].Level.ShouldBe(0);
        said.Steps[0].Pstate.ShouldBe(0x3C0UL);
        said.Steps[0].Fields.ShouldBe(["target", "vector", "ESR"]);
        said.Steps[0].Allowed.Select(o => o.Name).ShouldBe(["exception to EL1", "elsewhere"]);
        said.Steps[0].General.ShouldBe([new RegisterValue("X3", 9)]);
    }

    [Fact]
    public void A_second_step_starts_afresh_and_its_registers_belong_to_it()
    {
        Case said = CaseBuilder.Case("exceptions/x/y", "two").Rules("EX-1")
            .Set("VBAR_EL1", 1).At(0).X(1, 1).Code(Nop).Completes()
            .NextStep().Change("VBAR_EL1", set: 2).At(1).Code(Nop).Completes()
            .Build();

        said.Registers.ShouldBe([new RegisterValue("VBAR_EL1", 1)]);
        said.Steps[1].Registers.ShouldBe([new RegisterValue("VBAR_EL1", 3)]);
        said.Steps[1].General.ShouldBeEmpty();
        said.Steps[1].Pstate.ShouldBe(0x3C5UL);
    }

    [Fact]
    public void A_case_without_rule_code_or_outcome_is_a_bug()
    {
        Should.Throw<InvalidOperationException>(() => CaseBuilder.Case("a/b/c", "").Rules("R").Code(Nop).Build());
        Should.Throw<InvalidOperationException>(() => CaseBuilder.Case("a/b/c", "").Rules("R").Completes().Build());
        Should.Throw<InvalidOperationException>(() => CaseBuilder.Case("a/b/c", "").Code(Nop).Completes().Build());
    }

    [Fact]
    public void An_spsr_has_only_the_bits_of_the_features()
    {
        Spsr.Implemented(new FeatureSet([])).ShouldBe(0xF030_03DFUL);
        Spsr.Implemented(new FeatureSet(["FEAT_PAN", "FEAT_UAO", "FEAT_DIT", "FEAT_SSBS"])).ShouldBe(0xF1F0_13DFUL);
        Spsr.Implemented(new FeatureSet(["FEAT_MTE", "FEAT_BTI", "FEAT_NMI", "FEAT_GCS"])).ShouldBe(0x4_F230_2FDFUL);
    }

    [Fact]
    public void The_parts_of_an_spsr_stand_where_the_architecture_has_them()
    {
        Spsr.At(0).Value.ShouldBe(0x3C0UL);
        Spsr.At(2).Value.ShouldBe(0x3C9UL);
        Spsr.At(1).With(Spsr.Pan | Spsr.Il).Without(Spsr.Daif).WithLevel(2).Value.ShouldBe(0x0050_0009UL);
        Spsr.At(3).Level.ShouldBe(3);
    }
}
