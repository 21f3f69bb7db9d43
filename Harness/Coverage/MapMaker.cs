using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Coverage;

/// <summary>Makes the map of a run from what the run has counted.</summary>
internal static class MapMaker
{
    private const string NoState = "no legal state leads there";
    private const string NotInSuite = "the suite leaves the accessor out";

    /// <param name="suite">The suite whose rules are leaves.</param>
    /// <param name="table">The leaves of the architecture for the device.</param>
    /// <param name="reachable">The rules that the device can reach.</param>
    /// <param name="counter">The verdicts.</param>
    /// <param name="why">Why a reachable rule was not judged.</param>
    internal static CoverageMap Of(
        string suite, LeafTable table, IReadOnlyList<string> reachable, CoverageCounter counter, Func<string, string> why)
    {
        HashSet<string> reached = new(reachable, StringComparer.Ordinal);
        HashSet<Accessor> inSuite = [.. table.Leaves.Where(l => reached.Contains(l.Id)).Select(l => l.Accessor)];
        List<LeafRow> rows = new(table.Leaves.Count);
        foreach ((LeafPath leaf, string? obstacle) in table.Leaves.Zip(table.Obstacles))
        {
            VerdictCounts counts = counter.Of(suite, leaf.Id)?.Counts ?? default;
            LeafState state = counts.Total > 0 || reached.Contains(leaf.Id) ? StateOf(counts) : LeafState.Unreachable;
            rows.Add(new LeafRow
            {
                Rule = leaf.Id,
                Accessor = leaf.Accessor.Id,
                Level = leaf.Level,
                Kind = leaf.Kind,
                State = state,
                Cases = counts,
                Controls = leaf.Controls,
                Features = leaf.Features,
                Reason = state switch
                {
                    LeafState.Missing or LeafState.Skip => why(leaf.Id),
                    LeafState.Unreachable => obstacle ?? (inSuite.Contains(leaf.Accessor) ? NoState : NotInSuite),
                    _ => "",
                },
            });
        }

        return new CoverageMap(suite, rows, Patterns(table, inSuite, counter));
    }

    private static List<NvRow> Patterns(LeafTable table, HashSet<Accessor> inSuite, CoverageCounter counter)
    {
        Dictionary<(string, string), VerdictCounts> named = counter.NamedWithPattern();
        List<NvRow> rows = [];
        foreach ((Accessor accessor, string pattern, RuleNode.End end) in table.Patterns.Where(p => inSuite.Contains(p.Accessor)))
        {
            VerdictCounts counts = counter.UnderPattern(accessor.LeafId(1, end), pattern)
                .Plus(named.GetValueOrDefault((accessor.Id, pattern)));
            rows.Add(new NvRow(accessor.Id, pattern, end.Leaf.Text, StateOf(counts), counts));
        }

        return rows;
    }

    private static LeafState StateOf(VerdictCounts counts) =>
        counts.Fail > 0 ? LeafState.Fail
        : counts.Waived > 0 ? LeafState.Waived
        : counts.Pass > 0 ? LeafState.Pass
        : counts.Total > 0 ? LeafState.Skip
        : LeafState.Missing;
}
