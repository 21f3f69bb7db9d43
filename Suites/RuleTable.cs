using Conformance.Harness.Cases;

namespace Conformance.Suites;

/// <summary>Rows of rules, and what a device must have for a case to reach them.</summary>
internal static class RuleTable
{
    private static readonly string[] s_levels = ["EL1", "EL2", "EL3"];

    /// <summary>The rules of the rows whose needs are met, in ordinal order.</summary>
    /// <param name="rows">Rules with spaces between; features, and EL2 or EL3 for the highest level that a case can use, likewise.</param>
    /// <param name="target">The device.</param>
    /// <param name="leastLevel">The highest level that a case must be able to use for rows that name none.</param>
    internal static List<string> Reachable(IEnumerable<(string Rules, string Needs)> rows, SuiteTarget target, int leastLevel)
    {
        List<string> ids = [];
        foreach ((string rules, string needs) in rows)
        {
            string[] parts = needs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int level = parts.Select(p => Array.IndexOf(s_levels, p) + 1).Append(leastLevel).Max();
            if (target.HighestLevel >= level && target.Features.FirstUnmet([.. parts.Except(s_levels)]) is null)
            {
                ids.AddRange(rules.Split(' '));
            }
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }
}
