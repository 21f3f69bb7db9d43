using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports.Failures;

/// <summary>What went wrong with a case as lines of plain text.</summary>
internal static class FailureText
{
    private const int WidestColumn = 46;

    public static IEnumerable<string> Lines(RecordedCase recorded, StepComparison? comparison, RunSummary summary)
    {
        if (recorded.Title.Length > 0)
        {
            yield return recorded.Title;
        }

        yield return $"rule      {string.Join(", ", recorded.Rules)}";
        if (comparison is null)
        {
            yield return $"seen      {recorded.Reason}";
        }
        else
        {
            yield return $"expected  {Expectation(comparison)}";
            foreach (string line in Table(comparison))
            {
                yield return line;
            }
        }

        if (recorded.Verdict == Verdict.Waived)
        {
            yield return $"waived    {recorded.Waiver}: {recorded.Reason}";
        }

        if (recorded.Attribution is { } attribution)
        {
            yield return $"fault     {FaultText.Of(attribution, summary)}";
        }

        yield return $"replay    {recorded.Replay}";
    }

    /// <summary>The outcome it was compared with, and of which step.</summary>
    public static string Expectation(StepComparison comparison)
    {
        string step = comparison.Steps > 1
            ? string.Create(CultureInfo.InvariantCulture, $" in step {comparison.Step + 1} of {comparison.Steps}")
            : "";
        string others = comparison.Allowed > 1
            ? string.Create(CultureInfo.InvariantCulture, $" (the closest of {comparison.Allowed} allowed outcomes)")
            : "";
        return $"{comparison.Closest.Name}{step}{others}";
    }

    private static IEnumerable<string> Table(StepComparison comparison)
    {
        List<(string Mark, string Name, string Expected, string Observed)> rows = [("", "", "expected", "observed")];
        foreach (FieldComparison field in comparison.Fields)
        {
            rows.Add((field.Differs ? "*" : "", field.Field, field.Expected, field.Observed));
            rows.AddRange(field.Parts.Where(p => field.Differs && p.IsWorthShowing)
                .Select(p => (p.Differs ? "*" : "", "  " + p.Name, p.Expected, p.Observed)));
        }

        int name = rows.Max(r => r.Name.Length);
        int expected = Math.Min(WidestColumn, rows.Max(r => r.Expected.Length));
        return rows.Select(r =>
            $"{r.Mark,1} {r.Name.PadRight(name)}  {r.Expected.PadRight(expected)}  {r.Observed}".TrimEnd());
    }
}
