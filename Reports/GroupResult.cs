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

    /// <summary>The verdict on the group: the worst of its cases; skip only when nothing ran; known divergences do not count.</summary>
    public Verdict Verdict =>
        Counts.Fail > 0 ? Verdict.Fail
        : Counts.Error > 0 ? Verdict.Error
        : Counts.Pass > 0 ? Verdict.Pass
        : Counts.Waived > 0 ? Verdict.Waived
        : Verdict.Skip;
}
