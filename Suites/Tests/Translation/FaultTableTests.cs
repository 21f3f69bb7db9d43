using Conformance.Suites.Translation.Faults;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Tests.Translation;

/// <summary>The table of faults: status code × level × stage × access.</summary>
public class FaultTableTests
{
    [Theory]
    [InlineData("nv2")]
    [InlineData("lva")]
    [InlineData("v8.0")]
    [InlineData("no EL3")]
    public void Every_cell_that_a_device_can_show_has_a_case(string target)
    {
        HashSet<string> shown = [.. TranslationSuiteTests.Cases(target).SelectMany(c => c.Rules)];

        FaultTable.Reachable(new Facts(TranslationTargets.Of(target))).Select(p => p.Name).Where(n => !shown.Contains(n)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_cell_that_cannot_be_has_a_reason_and_no_case()
    {
        var facts = new Facts(TranslationTargets.Nv2);
        HashSet<string> shown = [.. TranslationSuiteTests.Cases("nv2").SelectMany(c => c.Rules)];

        FaultPoint[] not = [.. FaultPoint.All().Where(p => FaultTable.WhyNot(p, facts) is not null)];

        not.ShouldAllBe(p => FaultTable.WhyNot(p, facts)!.Length > 10);
        not.Select(p => p.Name).Where(shown.Contains).ShouldBeEmpty();
    }

    [Fact]
    public void The_reference_profile_shows_five_codes_of_translation_at_up_to_four_levels_and_three_stages()
    {
        // Translation and Address size at 4 levels, Access flag and Permission at 3, each at 3 stages for 4 accesses; External
        // aborts at 4 levels of stage 1 and 3 of stage 2 and of walks for 3 accesses; Alignment at 2 stages for 2.
        const int cells = (14 * 3 * 4) + ((4 + 3 + 3) * 3) + 4;

        FaultTable.Reachable(new Facts(TranslationTargets.Nv2)).Count.ShouldBe(cells);
    }
}
