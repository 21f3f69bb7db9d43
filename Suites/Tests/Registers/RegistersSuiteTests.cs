using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;
using Conformance.Suites.Registers;

namespace Conformance.Suites.Tests.Registers;

public class RegistersSuiteTests
{
    private static readonly ModelDevice.Model s_model = ModelDevice.Model.Direct("nv2");
    private static readonly SuiteTarget s_target = new(s_model.Info.Features, s_model.Info.HighestLevel);
    private static readonly Case[] s_cases = [.. new RegistersSuite().Generate(s_target, 1)];

    /// <summary>Faults, and how many cases see each at least.</summary>
    public static TheoryData<string, string, ulong, int> Faults => new()
    {
        { "a bit of a register is not there", "layout/hcr_el2", 1UL << 43, 3 },
        { "a RES1 bit reads as 0", "layout/sctlr_el1", 1UL << 28, 3 },
        { "a RES0 bit reads as 1", "layout/vbar_el1", 1, 3 },
        { "TVAL is not sign-extended", "timers/cntp-tval-behind", 1UL << 40, 1 },
        { "the offset is applied where it is not", "timers/cntvct-el2-e2h", 1UL << 46, 1 },
        { "PMCR_EL0.N does not follow HPMN", "pmu/pmcr-n-el1", 1UL << 11, 1 },
        { "a clear register does not clear", "pmu/pmcntenset_el0-el1", 1, 1 },
        { "ISR_EL1 shows a line that is not enabled", "interrupts/isr-irq-not-enabled", 1UL << 7, 1 },
        { "EL1 has no virtual priority mask", "interrupts/icc_pmr_el1-fmo", 1UL << 4, 1 },
        { "a list register in use looks free", "interrupts/list-register-pending", 2, 1 },
        { "DZP ignores HCR_EL2.TDZ", "id/dczid-el1-tdz", 1UL << 4, 1 },
        { "the wrong key signs", "keys/ibsp", 1UL << 50, 1 },
        { "the OS Lock does not open", "debug/os-lock", 2, 1 },
    };

    [Fact]
    public void Every_case_passes_on_the_model_and_has_an_id_of_its_own()
    {
        s_cases.Select(c => c.Id).ShouldBeUnique();
        s_cases.Length.ShouldBeGreaterThan(450);
        s_cases.Zip(s_model.Run(s_cases, CancellationToken.None)).Select(r => Judge.Of(r.First, r.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_device_with_a_fault_in_a_register_fails(string fault, string cases, ulong flip, int atLeast)
    {
        Case[] concerned = [.. s_cases.Where(c => c.Id.StartsWith($"registers/{cases}", StringComparison.Ordinal))];
        using var mutant = new MutantDevice(s_model, sight =>
        {
            foreach (string field in sight.Step.Fields.Where(f => FieldNames.TryGeneral(f, out _)))
            {
                sight[field] ^= flip;
            }
        });
        concerned.Zip(mutant.Run(concerned, CancellationToken.None)).Count(r => Judge.Of(r.First, r.Second).Verdict == Verdict.Fail)
            .ShouldBeGreaterThanOrEqualTo(atLeast, fault);
    }

    [Fact]
    public void Waivers_of_the_suite_name_rules_and_cases_that_exist()
    {
        Waiver[] waivers = [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("registers/", StringComparison.Ordinal))];
        waivers.ShouldNotBeEmpty();
        foreach (Waiver waiver in waivers)
        {
            CasesWhere(waiver.Needs).Single(c => c.Id == waiver.Smallest).Rules.ShouldContain(waiver.Rule);
            waiver.Cases.Matches(waiver.Smallest).ShouldBeTrue();
        }
    }

    /// <summary>The cases for a device that has what a waiver asks for, and otherwise what the model has.</summary>
    private static IEnumerable<Case> CasesWhere(IReadOnlyList<string> needs)
    {
        FeatureSet has = s_target.Features;
        if (has.FirstUnmet(needs) is null)
        {
            return s_cases;
        }

        IEnumerable<string> names = has.Names.Except(needs.Select(n => n.TrimStart('!'))).Concat(needs.Where(n => !n.StartsWith('!')));
        return new RegistersSuite().Generate(new SuiteTarget(new FeatureSet(names, has.Numbers), s_target.HighestLevel), 1);
    }

    [Theory]
    [InlineData("armv8.0")]
    [InlineData("nv2,-FEAT_AA64EL3")]
    [InlineData("nv2,-FEAT_AA64EL3,-FEAT_AA64EL2")]
    public void It_passes_on_smaller_machines_as_well(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        Case[] cases = [.. new RegistersSuite().Generate(new SuiteTarget(model.Info.Features, model.Info.HighestLevel), 1)];
        cases.Length.ShouldBeGreaterThan(100);
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(r => Judge.Of(r.First, r.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").ShouldBeEmpty();
    }
}
