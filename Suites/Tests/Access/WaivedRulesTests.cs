using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Tests.Access;

public class WaivedRulesTests
{
    [Fact]
    public void Waivers_of_the_access_suite_name_leaves_of_the_facts_and_a_smallest_case_of_their_own()
    {
        HashSet<string> leaves = [.. AccessRules.Accessors
            .SelectMany(a => Enumerable.Range(0, 4).SelectMany(el => a.Tree(el).Leaves.Select(l => a.LeafId(el, l))))];
        Waiver[] waivers = [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("access/", StringComparison.Ordinal))];

        waivers.ShouldNotBeEmpty();
        waivers.Where(w => !leaves.Contains(w.Rule)).Select(w => w.Rule).ShouldBeEmpty();
        waivers.Where(w => !w.Cases.Matches(w.Smallest)).Select(w => w.Id).ShouldBeEmpty();
    }
}
