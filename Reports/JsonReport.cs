using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Failures;

namespace Conformance.Reports;

/// <summary>The report as JSON: totals, groups, and the findings with their decoded differences.</summary>
/// <remarks>For other tools that want what the other reports show; the verdict on each case is in the run record itself.</remarks>
public static class JsonReport
{
    /// <summary>Name and version of the format.</summary>
    public const string Format = "conformance-report/1";

    public static string Text(RunRecord record) => JsonSerializer.Serialize(
        new
        {
            Format,
            record.Damage,
            record.Summary.Device,
            record.Summary.DeviceVersion,
            record.Summary.DeviceConfiguration,
            record.Summary.HighestLevel,
            record.Summary.Features,
            record.Summary.Notes,
            record.Summary.Seed,
            record.Summary.Counts,
            record.Summary.Coverage,
            record.Summary.Waivers,
            record.Summary.Attribution,
            Leaks = record.Summary.Leaks.Count == 0 ? null : record.Summary.Leaks,
            Groups = GroupResult.Of(record).Select(g => new { g.Group, g.Verdict, g.Counts }),
            Failures = Findings(record, Verdict.Fail),
            Errors = Findings(record, Verdict.Error),
            Waived = Findings(record, Verdict.Waived),
            Skipped = SkipReason.Of(record),
        },
        ReportJson.Indented) + "\n";

    private static IEnumerable<object> Findings(RunRecord record, Verdict verdict) =>
        Cluster.Of(record, verdict).Select(c => new
        {
            Case = c.First.Id,
            c.First.Title,
            c.First.Rules,
            c.First.Reason,
            c.First.Waiver,
            Fault = c.First.Attribution is null ? null : FaultText.Of(c.First.Attribution, record.Summary),
            Expectation = c.Comparison is null ? null : FailureText.Expectation(c.Comparison),
            Fields = c.Comparison?.Fields,
            c.First.Replay,
            Cases = c.Cases.Select(x => x.Id),
        });
}
