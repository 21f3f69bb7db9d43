using Conformance.Harness.Runs;
using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Tests.Exceptions;

/// <summary>The waivers for this suite speak of cases and rules that exist.</summary>
public class WaiverTests
{
    /// <summary>Every feature that a waiver's case needs; ids of random cases hold for the default seed and this device.</summary>
    private static readonly Lazy<Dictionary<string, Case>> s_cases = new(() =>
        new ExceptionsSuite().Generate(Targets.Max, 1).ToDictionary(c => c.Id));

    public static TheoryData<string> Ids =>
        [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("exceptions/", StringComparison.Ordinal)).Select(w => w.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_waiver_names_a_case_that_checks_its_rule(string id)
    {
        Waiver waiver = WaiverSet.Embedded.Waivers.Single(w => w.Id == id);

        if (!waiver.Smallest.StartsWith("exceptions/random/", StringComparison.Ordinal))
        {
            s_cases.Value[waiver.Smallest].Rules.ShouldContain(waiver.Rule);
        }

        s_cases.Value.Keys.Any(waiver.Cases.Matches).ShouldBeTrue();
    }
}
