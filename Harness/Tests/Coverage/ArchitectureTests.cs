using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Harness.Tests.Coverage;

/// <summary>The real facts, against figures and views of them that were made otherwise.</summary>
public class ArchitectureTests
{
    private static readonly SuiteTarget s_target = new(
        new FeatureSet(Profile.Nv2.Implementation.Features.Names, new Dictionary<string, long> { ["$NUM_PMU_COUNTERS"] = 6, ["$NUM_BREAKPOINTS"] = 6 }), 3);

    private static readonly LeafTable s_table = LeafTable.Of(AccessRules.Accessors, s_target);

    [Fact]
    public void The_architecture_has_1515_accessors_with_24100_leaves_each_of_its_own_name()
    {
        s_table.Leaves.Count.ShouldBe(24_100);
        s_table.Leaves.Select(l => l.Accessor).Distinct().Count().ShouldBe(1_515);
        s_table.Leaves.Select(l => l.Id).ShouldBeUnique();
    }

    [Fact]
    public void No_leaf_that_a_state_leads_to_has_an_obstacle()
    {
        var state = new ArchState(new Implementation(s_target.Features)) { ["SCR_EL3.NS"] = 1, ["MDCR_EL2.HPMN"] = 6 };
        var reach = new Reach(state);
        HashSet<string> blocked = [.. s_table.Leaves.Zip(s_table.Obstacles).Where(l => l.Second is not null).Select(l => l.First.Id)];

        foreach (Accessor accessor in AccessRules.Accessors.Where((_, i) => i % 40 == 0))
        {
            for (int level = 0; level <= 3; level++)
            {
                reach.LeavesOverIndices(accessor, level).Select(l => l.Id).Where(blocked.Contains).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Outcomes_by_the_NV_bits_are_those_of_the_published_view()
    {
        using Stream stream = typeof(Case).Assembly.GetManifestResourceStream("Fixtures/spec/tables.json")!;
        using var tables = JsonDocument.Parse(stream);
        var view = tables.RootElement.GetProperty("nv_matrix").GetProperty("rows").EnumerateArray()
            .ToDictionary(r => r[0].GetString()!, r => r.EnumerateArray().Skip(1).Select(o => o.GetString()!).ToArray(), StringComparer.Ordinal);

        // The view has every feature; what a device lacks is UNDEFINED there in all patterns and not in the map.
        var ours = s_table.Patterns.GroupBy(p => p.Accessor.Id, p => p.End.Leaf.Text, StringComparer.Ordinal).ToList();

        ours.Count.ShouldBeGreaterThan(200);
        foreach (IGrouping<string, string> row in ours)
        {
            row.ToArray().ShouldBe(view[row.Key], customMessage: row.Key);
        }
    }
}
