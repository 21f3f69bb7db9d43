using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;
using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Tests.Exceptions;

/// <summary>The waivers for this suite speak of cases and rules that exist.</summary>
public class WaiverTests
{
    /// <summary>Every feature that a waiver's case needs; ids of random cases hold for the default seed and this device.</summary>
    private static readonly Lazy<Dictionary<string, Case>> s_cases = new(() => CasesOf(Targets.Max));

    /// <summary>The same without what some waivers are only there without.</summary>
    private static readonly Lazy<Dictionary<string, Case>> s_fewer = new(() => CasesOf(Targets.Max with
    {
        Features = new FeatureSet(Targets.Max.Features.Names.Where(f => !f.StartsWith("FEAT_AA32", StringComparison.Ordinal)), Targets.Max.Features.Numbers),
    }));

    public static TheoryData<string> Ids =>
        [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("exceptions/", StringComparison.Ordinal)).Select(w => w.Id)];

    private static Dictionary<string, Case> CasesOf(SuiteTarget target) => new ExceptionsSuite().Generate(target, 1).ToDictionary(c => c.Id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_waiver_names_a_case_that_checks_its_rule(string id)
    {
        Waiver waiver = WaiverSet.Embedded.Waivers.Single(w => w.Id == id);
        Dictionary<string, Case> cases = (waiver.Needs.Contains("!FEAT_AA32EL0") ? s_fewer : s_cases).Value;

        if (!waiver.Smallest.StartsWith("exceptions/random/", StringComparison.Ordinal))
        {
            cases[waiver.Smallest].Rules.ShouldContain(waiver.Rule);
        }

        cases.Keys.Any(waiver.Cases.Matches).ShouldBeTrue();
    }
}
