using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Harness.Runs.Leaks;
using Conformance.Reports.Failures;

namespace Conformance.Reports;

/// <summary>How much the console report shows.</summary>
/// <param name="MaxFindings">Kinds of failure described in full; the rest is counted.</param>
/// <param name="Colour">With the colour codes of a terminal.</param>
/// <param name="Groups">With a line for every group; without, only for those with a failure or an error.</param>
/// <param name="MaxGroups">Lines for each suite; its groups are put together by the beginnings of their names until they fit.</param>
public sealed record ConsoleOptions(int MaxFindings = 10, bool Colour = false, bool Groups = true, int MaxGroups = 40);

/// <summary>The report for a terminal: a line per group, what failed and why, and the totals last.</summary>
public static class ConsoleReport
{
    public static string Text(RunRecord record, ConsoleOptions? options = null)
    {
        options ??= new ConsoleOptions();
        var text = new StringBuilder();
        WriteGroups(text, record, options);
        WriteFindings(text, record, Verdict.Fail, options);
        WriteFindings(text, record, Verdict.Error, options);
        WriteWaivers(text, record.Summary);
        WriteTotals(text, record, options);
        return text.ToString();
    }

    private static void WriteGroups(StringBuilder text, RunRecord record, ConsoleOptions options)
    {
        foreach (GroupResult group in GroupResult.Of(record, options.MaxGroups))
        {
            if (options.Groups || group.Verdict is Verdict.Fail or Verdict.Error)
            {
                text.AppendLf($"{Name(group.Verdict, options)}: {group.Group} ({GroupCounts(group)})");
            }
        }
    }

    private static string GroupCounts(GroupResult group)
    {
        VerdictCounts c = group.Counts;
        List<string> parts = [Counted.Of(c.Total, "case")];
        void Add(int count, string what)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
            }
        }

        Add(c.Fail, "failed");
        Add(c.Error, c.Error == 1 ? "error" : "errors");
        Add(c.Waived, "waived");
        if (group.Verdict == Verdict.Skip)
        {
            return $"{parts[0]}: {group.Cases[0].Reason}";
        }

        Add(c.Skip, "skipped");
        return string.Join(", ", parts);
    }

    private static void WriteFindings(StringBuilder text, RunRecord record, Verdict verdict, ConsoleOptions options)
    {
        IReadOnlyList<Cluster> clusters = Cluster.Of(record, verdict);
        foreach (Cluster cluster in clusters.Take(options.MaxFindings))
        {
            text.AppendLf().AppendLf($"{Name(verdict, options)} {cluster.First.Id}");
            foreach (string line in FailureText.Lines(cluster.First, cluster.Comparison, record.Summary))
            {
                text.AppendLf($"  {Printable(line)}");
            }

            if (cluster.Cases.Count > 1)
            {
                text.AppendLf($"  likewise  {Counted.Of(cluster.Cases.Count - 1, "more case")} of these rules");
            }
        }

        if (clusters.Count > options.MaxFindings)
        {
            string kind = verdict == Verdict.Fail ? "failure" : "error";
            int cases = clusters.Skip(options.MaxFindings).Sum(c => c.Cases.Count);
            text.AppendLf().AppendLf(
                $"{Counted.Of(clusters.Count - options.MaxFindings, $"more kind of {kind}", $"more kinds of {kind}")} in "
                + $"{Counted.Of(cases, "case")}; all are in {RunRecord.VerdictsName} and in the HTML report.");
        }
    }

    private static void WriteWaivers(StringBuilder text, RunSummary summary)
    {
        WaiverUse[] uses = [.. summary.Waivers.Where(w => w.Waived > 0 || w.Stale)];
        if (uses.Length > 0)
        {
            text.AppendLf();
        }

        foreach (WaiverUse use in uses)
        {
            text.AppendLf(use.Stale
                ? $"STALE: waiver {use.Id} ({use.Rule}): its {Counted.Of(use.Passed, "case")} passed; remove it"
                : $"waived: {use.Id} ({use.Rule}), {Counted.Of(use.Waived, "case")}: {use.Reason}");
        }
    }

    private static void WriteTotals(StringBuilder text, RunRecord record, ConsoleOptions options)
    {
        RunSummary s = record.Summary;
        text.AppendLf().AppendLf(
            $"Device   {s.DeviceInWords}, EL{s.HighestLevel} and below, {Counted.Of(s.Features.Count, "feature")}, seed {s.Seed}");
        foreach (SuiteCoverage coverage in s.Coverage)
        {
            text.AppendLf($"Covered  {coverage.Suite}: {coverage.Covered} of {coverage.Reachable} rules");
            CoverageText.Write(text, coverage, record.Map is not null);
        }

        if (s.Sample is { } most)
        {
            text.AppendLf($"Sample   {most} cases of each suite at most; --sample all runs every one.");
        }

        foreach (string note in s.Notes)
        {
            text.AppendLf($"Note     {note}");
        }

        if (record.Damage is not null)
        {
            text.AppendLf($"Note     {record.Damage}");
        }

        foreach (LeakUse leak in s.Leaks.Where(l => l.Cases > 0))
        {
            text.AppendLf($"Allowed  {leak.Id}, {Counted.Of(leak.Cases, "case")}: {leak.Says}");
        }

        if (s.Attribution is not null)
        {
            text.AppendLf($"Faults   {FaultText.Counts(s)} (asked: {s.Attribution.BelowInWords})");
        }

        VerdictCounts c = s.Counts;
        string speed = s.Seconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $" in {s.Seconds:0.0} s ({s.CasesPerSecond:0} cases/s)")
            : "";
        string overall = record.Damage is not null && Overall(c) is (Verdict.Pass or Verdict.Skip)
            ? Stopped(options)
            : Name(Overall(c), options);
        text.AppendLf(
            $"{overall}: {Counted.Of(c.Total, "case")}{speed}: "
            + $"{c.Pass} pass, {c.Fail} fail, {c.Waived} waived, {c.Skip} skip, {c.Error} error");
    }

    /// <summary>A run in which nothing was judged has shown nothing, so it is not a pass.</summary>
    private static Verdict Overall(VerdictCounts c) =>
        c.Fail > 0 ? Verdict.Fail : c.Error > 0 ? Verdict.Error : c.Judged > 0 ? Verdict.Pass : Verdict.Skip;

    /// <summary>A run that did not come to its end has not passed, whatever its first cases came to.</summary>
    private static string Stopped(ConsoleOptions options) => Coloured("STOPPED", "33", options);

    /// <summary>What a device wrote must not move the cursor of the reader's terminal.</summary>
    private static string Printable(string line) =>
        line.Any(char.IsControl) ? string.Concat(line.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : line;

    private static string Name(Verdict verdict, ConsoleOptions options)
    {
        string name = verdict.ToString().ToUpperInvariant();
        string colour = verdict switch
        {
            Verdict.Pass => "32",
            Verdict.Fail => "31",
            Verdict.Skip => "90",
            Verdict.Waived => "33",
            Verdict.Error => "35",
        };
        return Coloured(name, colour, options);
    }

    private static string Coloured(string text, string colour, ConsoleOptions options) =>
        options.Colour ? $"\e[{colour}m{text}\e[0m" : text;
}
