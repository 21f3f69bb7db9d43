using System.Collections.Concurrent;
using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation;

namespace Conformance.Suites.Tests.Translation;

/// <summary>What holds of every case of the suite, for devices of different kinds.</summary>
public class TranslationSuiteTests
{
    private static readonly ISuite s_suite = new TranslationSuite();
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Case>>> s_cases = new();

    public static TheoryData<string> Names => ["nv2", "lva", "v8.0", "no EL3", "el1"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_is_well_formed(string target) =>
        Cases(target).Select(c => (c.Id, CaseCheck.FirstProblem(c))).Where(p => p.Item2 is not null).Take(5).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_has_its_own_id(string target) =>
        Cases(target).GroupBy(c => c.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_can_be_sent_to_its_target(string target)
    {
        SuiteTarget device = TranslationTargets.Of(target);

        Cases(target).Select(c => Judge.CannotRun(c, device)).Where(reason => reason is not null).Distinct().ShouldBeEmpty();
        Cases(target).SelectMany(c => c.Registers.Select(r => r.Name)).Distinct().Where(r => !Suites.Exceptions.Reach.CanSet(device, r)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_of_a_case_is_one_of_the_documents(string target) =>
        Cases(target).SelectMany(c => c.Rules).Distinct()
            .Where(r => !(r.StartsWith("TR-", StringComparison.Ordinal) && int.TryParse(r.AsSpan(3), CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= 157)
                && !r.StartsWith("fault ", StringComparison.Ordinal) && !(r.StartsWith('F') && int.TryParse(r.AsSpan(1), CultureInfo.InvariantCulture, out _)))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reachable_rule_has_a_case(string target)
    {
        HashSet<string> covered = [.. Cases(target).SelectMany(c => c.Rules)];
        HashSet<string> unreached = [.. s_suite.Unreached(TranslationTargets.Of(target)).Select(u => u.Rule)];

        s_suite.Reachable(TranslationTargets.Of(target)).Where(r => !covered.Contains(r) && !unreached.Contains(r)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_expectation_can_be_met(string target)
    {
        foreach (Case c in Cases(target))
        {
            Judge.Of(c, Echo.Of(c)).Verdict.ShouldBe(Verdict.Pass, c.Id);
        }
    }

    [Fact]
    public void There_are_at_least_twenty_thousand_cases_for_the_reference_profile() => Cases("nv2").Count.ShouldBeGreaterThan(20_000);

    [Fact]
    public void The_same_seed_gives_the_same_cases() => Digest(3).ShouldBe(Digest(3));

    [Fact]
    public void Another_seed_gives_other_tables() => Digest(3).ShouldNotBe(Digest(4));

    internal static IReadOnlyList<Case> Cases(string target) =>
        s_cases.GetOrAdd(target, t => new(() => [.. s_suite.Generate(TranslationTargets.Of(t), 1)])).Value;

    private static string Digest(ulong seed) => string.Join(
        '\n', s_suite.Generate(TranslationTargets.V80, seed).Take(3000)
            .Select(c => $"{c.Id} {string.Join(' ', c.Registers)} {string.Join(' ', c.Memory)} {string.Join(' ', c.Steps[0].General)}"));
}
