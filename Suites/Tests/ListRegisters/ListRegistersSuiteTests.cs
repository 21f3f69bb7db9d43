using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Suites.ListRegisters;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>What holds of every case of the suite, for devices of different sizes.</summary>
public class ListRegistersSuiteTests
{
    private static readonly ISuite s_suite = new ListRegistersSuite();
    /// <summary>The cases that waivers name, by id.</summary>
    private static readonly Lazy<Dictionary<string, Case>> s_everything = new(() =>
    {
        HashSet<string> named = [.. WaiverSet.Embedded.Waivers.Select(w => w.Smallest)];
        return s_suite.Generate(GicTargets.Everything, 1).Where(c => named.Contains(c.Id)).ToDictionary(c => c.Id);
    });

    public static TheoryData<string> Names => ["nv2", "everything", "one", "sixteen", "seven bits", "16-bit INTIDs", "no EL3"];

    public static TheoryData<string> Waivers =>
        [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("list-registers/", StringComparison.Ordinal)).Select(w => w.Id)];

    /// <summary>In one pass: the cases of a target are many.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_is_well_formed_can_run_can_be_met_and_cites_rules_that_its_target_can_show(string name)
    {
        SuiteTarget target = GicTargets.Of(name);
        HashSet<string> reachable = [.. s_suite.Reachable(target)];
        HashSet<string> ids = new(StringComparer.Ordinal);
        HashSet<string> covered = new(StringComparer.Ordinal);
        int single = 0;
        foreach (Case c in s_suite.Generate(target, 1))
        {
            ids.Add(c.Id).ShouldBeTrue(c.Id);
            CaseCheck.FirstProblem(c).ShouldBeNull(c.Id);
            Judge.CannotRun(c, target).ShouldBeNull(c.Id);
            Judge.Of(c, Translation.Echo.Of(c)).Verdict.ShouldBe(Verdict.Pass, c.Id);
            covered.UnionWith(c.Rules);
            single += c.Steps.Count == 1 ? 1 : 0;
        }

        covered.Except(reachable).ShouldBeEmpty();
        reachable.Except(covered).Order().ShouldBe(s_suite.Unreached(target).Select(u => u.Rule).Order());
        single.ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public void A_device_without_EL2_gets_no_cases()
    {
        s_suite.Generate(GicTargets.Of("guest"), 1).ShouldBeEmpty();
        s_suite.Reachable(GicTargets.Of("guest")).ShouldBeEmpty();
    }

    [Fact]
    public void All_rules_of_the_document_are_counted() =>
        s_suite.Reachable(GicTargets.Everything).Count.ShouldBe(135 - 1); // GV-043 is of devices without NMI

    [Fact]
    public void The_same_seed_gives_the_same_sequences_and_another_seed_others()
    {
        Digest(3).ShouldBe(Digest(3));
        Digest(3).ShouldNotBe(Digest(4));
    }

    [Theory]
    [MemberData(nameof(Waivers))]
    public void A_waiver_names_a_case_that_checks_its_rule(string id)
    {
        Waiver waiver = WaiverSet.Embedded.Waivers.Single(w => w.Id == id);

        s_everything.Value[waiver.Smallest].Rules.ShouldContain(waiver.Rule);
        waiver.Cases.Matches(waiver.Smallest).ShouldBeTrue();
    }

    private static string Digest(ulong seed) => string.Join(
        '\n', s_suite.Generate(GicTargets.Nv2, seed).Where(c => c.Id.StartsWith("list-registers/sequences/", StringComparison.Ordinal)).Take(200)
            .Select(c => $"{c.Id} {string.Join(' ', c.Registers)} {string.Join(' ', c.Steps.SelectMany(s => s.General))}"));
}
