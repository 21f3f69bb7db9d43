using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Suites.ListRegisters;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>What holds of every case of the suite, for devices of different sizes.</summary>
public class ListRegistersSuiteTests
{
    private static readonly ISuite s_suite = new ListRegistersSuite();
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Case>>> s_cases = new();

    public static TheoryData<string> Names => ["nv2", "everything", "one", "sixteen", "seven bits", "16-bit INTIDs", "no EL3"];

    public static TheoryData<string> Waivers =>
        [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("list-registers/", StringComparison.Ordinal)).Select(w => w.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_is_well_formed_and_has_its_own_id(string target)
    {
        Cases(target).Select(c => (c.Id, CaseCheck.FirstProblem(c))).Where(p => p.Item2 is not null).Take(5).ShouldBeEmpty();
        Cases(target).GroupBy(c => c.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_can_be_sent_to_its_target(string target) =>
        Cases(target).Select(c => Judge.CannotRun(c, GicTargets.Of(target))).Where(reason => reason is not null).Distinct().ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reachable_rule_has_a_case(string target)
    {
        HashSet<string> covered = [.. Cases(target).SelectMany(c => c.Rules)];
        HashSet<string> unreached = [.. s_suite.Unreached(GicTargets.Of(target)).Select(u => u.Rule)];

        s_suite.Reachable(GicTargets.Of(target)).Where(r => !covered.Contains(r) && !unreached.Contains(r)).ShouldBeEmpty();
        covered.Where(r => !s_suite.Reachable(GicTargets.Of(target)).Contains(r)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void There_are_at_least_twenty_thousand_cases_of_one_access(string target) =>
        Cases(target).Count(c => c.Steps.Count == 1).ShouldBeGreaterThan(20_000);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_expectation_can_be_met(string target)
    {
        foreach (Case c in Cases(target))
        {
            Judge.Of(c, Translation.Echo.Of(c)).Verdict.ShouldBe(Verdict.Pass, c.Id);
        }
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

        Cases("everything").Single(c => c.Id == waiver.Smallest).Rules.ShouldContain(waiver.Rule);
        waiver.Cases.Matches(waiver.Smallest).ShouldBeTrue();
    }

    internal static IReadOnlyList<Case> Cases(string target) =>
        s_cases.GetOrAdd(target, t => new(() => [.. s_suite.Generate(GicTargets.Of(t), 1)])).Value;

    private static string Digest(ulong seed) => string.Join(
        '\n', s_suite.Generate(GicTargets.Nv2, seed).Where(c => c.Id.StartsWith("list-registers/sequences/", StringComparison.Ordinal)).Take(200)
            .Select(c => $"{c.Id} {string.Join(' ', c.Registers)} {string.Join(' ', c.Steps.SelectMany(s => s.General))}"));
}
