using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports;

/// <summary>How the cases of one group came out.</summary>
/// <param name="Group">The common beginning of the ids.</param>
/// <param name="Counts">Its verdicts.</param>
/// <param name="Cases">Its cases, in the order of the run.</param>
internal sealed record GroupResult(string Group, VerdictCounts Counts, IReadOnlyList<RecordedCase> Cases)
{
    /// <summary>The groups, in the order of their first case.</summary>
    public static IReadOnlyList<GroupResult> Of(RunRecord record) =>
    [
        .. record.Cases.GroupBy(c => c.Group, StringComparer.Ordinal)
            .Select(g => new GroupResult(g.Key, VerdictCounts.Of(g.Select(c => c.Verdict)), [.. g])),
    ];

    /// <summary>The groups, put together by the first parts of their names so that no suite has more than a number of them.</summary>
    public static IReadOnlyList<GroupResult> Of(RunRecord record, int most) =>
    [
        .. record.Cases.GroupBy(c => c.Suite, StringComparer.Ordinal).SelectMany(suite =>
        {
            int parts = suite.Max(c => c.Group.Count('/')) + 1;
            while (parts > 1 && suite.Select(c => Beginning(c.Group, parts)).Distinct(StringComparer.Ordinal).Count() > most)
            {
                parts--;
            }

            return suite.GroupBy(c => Beginning(c.Group, parts), StringComparer.Ordinal)
                .Select(g => new GroupResult(g.Key, VerdictCounts.Of(g.Select(c => c.Verdict)), [.. g]));
        }),
    ];

    private static string Beginning(string group, int parts)
    {
        int end = -1;
        for (int i = 0; i < parts; i++)
        {
            end = group.IndexOf('/', end + 1);
            if (end < 0)
            {
                return group;
            }
        }

        return group[..end];
    }

    /// <summary>The verdict on the group: the worst of its cases; skip only when nothing ran; known divergences do not count.</summary>
    public Verdict Verdict =>
        Counts.Fail > 0 ? Verdict.Fail
        : Counts.Error > 0 ? Verdict.Error
        : Counts.Pass > 0 ? Verdict.Pass
        : Counts.Waived > 0 ? Verdict.Waived
        : Verdict.Skip;
}
