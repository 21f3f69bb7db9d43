using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports;

/// <summary>Why cases were skipped, and how many of which suites.</summary>
internal sealed record SkipReason(string Reason, int Cases, IReadOnlyList<string> Suites)
{
    /// <summary>The reasons, most cases first.</summary>
    public static IReadOnlyList<SkipReason> Of(RunRecord record) =>
    [
        .. record.Cases.Where(c => c.Verdict == Verdict.Skip).GroupBy(c => c.Reason, StringComparer.Ordinal)
            .Select(g => new SkipReason(g.Key, g.Count(), [.. g.Select(c => c.Suite).Distinct(StringComparer.Ordinal)]))
            .OrderByDescending(r => r.Cases).ThenBy(r => r.Reason, StringComparer.Ordinal),
    ];
}
