using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Coverage;

/// <summary>What is known of the leaves for a device before anything has run.</summary>
/// <param name="Leaves">The leaves of the architecture.</param>
/// <param name="Obstacles">Per leaf, why no state of the device leads there; null if no feature and no choice stands against it.</param>
/// <param name="Patterns">The accessors whose outcome at EL1 depends on the NV bits, with the outcome for each pattern.</param>
internal sealed record LeafTable(
    IReadOnlyList<LeafPath> Leaves,
    IReadOnlyList<string?> Obstacles,
    IReadOnlyList<(Accessor Accessor, string Pattern, RuleNode.End End)> Patterns)
{
    internal static LeafTable Of(IEnumerable<Accessor> accessors, SuiteTarget target)
    {
        IReadOnlyList<LeafPath> leaves = LeafPath.Of(accessors);
        var obstacles = new Obstacles(target);
        return new LeafTable(leaves, [.. leaves.Select(obstacles.Of)], OfNvBits(leaves, target, obstacles));
    }

    private static List<(Accessor, string, RuleNode.End)> OfNvBits(IReadOnlyList<LeafPath> leaves, SuiteTarget target, Obstacles obstacles)
    {
        var bits = new NvBits(target);
        List<(Accessor, string, RuleNode.End)> rows = [];
        foreach (Accessor accessor in leaves.Where(l => l.Level == 1 && l.Controls.Contains(ConditionNames.NvBits)).Select(l => l.Accessor).Distinct())
        {
            IReadOnlyList<RuleNode.End> outcomes = bits.Outcomes(accessor, obstacles.Device);
            if (outcomes.Any(o => o.Leaf.Text != outcomes[0].Leaf.Text))
            {
                rows.AddRange(bits.Patterns.Zip(outcomes, (pattern, end) => (accessor, pattern, end)));
            }
        }

        return rows;
    }
}
