using System.Globalization;
using System.Text;
using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;

namespace Conformance.Reports;

/// <summary>TAP 13: one line per case, with a YAML block for each that failed.</summary>
/// <remarks>
/// A waived case is <c>not ok … # TODO</c>: known to fail, and reported by readers of TAP when it passes. An error is
/// <c>not ok</c> with severity <c>error</c>.
/// </remarks>
public static class TapReport
{
    public static string Text(RunRecord record)
    {
        RunSummary s = record.Summary;
        var decoder = FieldDecoder.Of(record);
        var text = new StringBuilder();
        text.AppendLf("TAP version 13");
        text.AppendLf($"1..{record.Cases.Count}");
        text.AppendLf(Comment($"device {s.DeviceInWords}, seed {s.Seed}"));
        if (record.Damage is not null)
        {
            text.AppendLf(Comment(record.Damage));
        }

        for (int i = 0; i < record.Cases.Count; i++)
        {
            RecordedCase recorded = record.Cases[i];
            string id = string.Create(CultureInfo.InvariantCulture, $"{i + 1} - {Escaped(recorded.Id)}");
            text.AppendLf(recorded.Verdict switch
            {
                Verdict.Pass => $"ok {id}",
                Verdict.Skip => $"ok {id} # SKIP {OneLine(recorded.Reason)}",
                Verdict.Waived => $"not ok {id} # TODO waived {recorded.Waiver}: {OneLine(recorded.Reason)}",
                Verdict.Fail or Verdict.Error => $"not ok {id}",
            });
            if (recorded.Verdict is Verdict.Fail or Verdict.Error)
            {
                WriteDiagnosis(text, recorded, decoder, s);
            }
        }

        return text.ToString();
    }

    private static void WriteDiagnosis(StringBuilder text, RecordedCase recorded, FieldDecoder decoder, RunSummary summary)
    {
        text.AppendLf("  ---");
        text.AppendLf($"  message: {Quoted(recorded.Reason)}");
        text.AppendLf($"  severity: {(recorded.Verdict == Verdict.Fail ? "fail" : "error")}");
        text.AppendLf($"  rules: [{string.Join(", ", recorded.Rules.Select(Quoted))}]");
        if (StepComparison.Of(recorded, decoder) is { } comparison)
        {
            text.AppendLf($"  expectation: {Quoted(FailureText.Expectation(comparison))}");
            text.AppendLf("  fields:");
            foreach (FieldComparison field in comparison.Fields.Where(f => f.Differs))
            {
                text.AppendLf($"    {Quoted(field.Field)}: {{expected: {Quoted(field.Expected)}, observed: {Quoted(field.Observed)}}}");
            }
        }

        if (recorded.Attribution is { } attribution)
        {
            text.AppendLf($"  fault: {Quoted(FaultText.Of(attribution, summary))}");
        }

        text.AppendLf($"  replay: {Quoted(recorded.Replay)}");
        text.AppendLf("  ...");
    }

    private static string Comment(string text) => $"# {OneLine(text)}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>A <c>#</c> would begin a directive.</summary>
    private static string Escaped(string text) =>
        OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);

    /// <summary>A JSON text is a YAML text.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, ReportJson.Options);
}
