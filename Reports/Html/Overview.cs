using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Failures;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>The top of the page: what was tested, and the result in one sentence and one picture.</summary>
internal static class Overview
{
    public static void Write(StringBuilder html, RunRecord record, Findings failures)
    {
        RunSummary s = record.Summary;
        html.AppendLf("<header>");
        html.AppendLf("""<p class="kicker">Arm AArch64 conformance report</p>""");
        html.AppendLf($"""<h1>{Enc(s.Device)} <span class="version">{Enc(s.DeviceInWords[(s.Device.Length + 1)..])}</span></h1>""");
        html.AppendLf($"""<p class="result">{Result(s.Counts, failures)}</p>""");
        if (record.Damage is not null)
        {
            html.AppendLf($"""<p class="alert">{Enc(record.Damage)} The figures are those of the cases before.</p>""");
        }

        html.AppendLf("""<nav aria-label="Sections"><ul>""");
        foreach ((string id, string name) in Links(record))
        {
            html.AppendLf($"""<li><a href="#{id}">{name}</a></li>""");
        }

        html.AppendLf("</ul></nav>").AppendLf("</header>");
    }

    public static void WriteTotals(StringBuilder html, RunRecord record)
    {
        RunSummary s = record.Summary;
        Section(html, "overview", "Overview", "", () =>
        {
            html.AppendLf("""<div class="card">""");
            html.AppendLf(Bar(s.Counts, $"{Number(s.Counts.Total)} cases: {InWords(s.Counts)}", "bar big"));
            html.AppendLf("""<ul class="legend">""");
            foreach (Verdict verdict in Verdicts)
            {
                html.AppendLf(
                    $"""<li class="{(s.Counts[verdict] == 0 ? "none" : "")}"><span class="dot {Css(verdict)}" aria-hidden="true"></span><b>{Number(s.Counts[verdict])}</b> <span>{Label(verdict)}</span> <small>{Share(s.Counts[verdict], s.Counts.Total)}</small></li>""");
            }

            html.AppendLf("</ul>").AppendLf("</div>");
            html.AppendLf("""<dl class="facts">""");
            Fact("Device", s.DeviceInWords);
            Fact("Exception levels", string.Create(CultureInfo.InvariantCulture, $"EL0 to EL{s.HighestLevel}"));
            Fact("Seed", s.Seed.ToString(CultureInfo.InvariantCulture));
            Fact("Selection", Selection(s));
            Fact("Time", s.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{s.Seconds:0.0} s, {s.CasesPerSecond:N0} cases/s") : "not measured");
            if (s.Attribution is not null)
            {
                Fact("Faults", FaultText.Counts(s));
                Fact("Device below", s.Attribution.BelowInWords);
            }

            html.AppendLf("</dl>");
            html.AppendLf($"<details class=\"features\"><summary>{Count(s.Features.Count, "feature")} of the device</summary><ul class=\"chips\">");
            foreach (string feature in s.Features)
            {
                html.Append("<li>").Append(Enc(feature)).AppendLf("</li>");
            }

            html.AppendLf("</ul></details>");
            if (s.Notes.Count > 0)
            {
                html.AppendLf("""<ul class="notes" aria-label="What could not be done on this device">""");
                foreach (string note in s.Notes)
                {
                    html.AppendLf($"<li>{Enc(note)}</li>");
                }

                html.AppendLf("</ul>");
            }
        });

        void Fact(string name, string value) => html.AppendLf($"<div><dt>{name}</dt><dd>{Enc(value)}</dd></div>");
    }

    private static string Selection(RunSummary s)
    {
        string cases = s.Only.Count == 0 ? "all cases" : string.Join(" ", s.Only);
        return s.Sample is { } most ? string.Create(CultureInfo.InvariantCulture, $"at most {most} of each suite, of {cases}") : cases;
    }

    private static IEnumerable<(string Id, string Name)> Links(RunRecord record)
    {
        VerdictCounts c = record.Summary.Counts;
        yield return ("overview", "Overview");
        yield return ("suites", "Suites");
        yield return ("failures", $"Failures <b>{Number(c.Fail)}</b>");
        yield return ("errors", $"Errors <b>{Number(c.Error)}</b>");
        yield return ("waived", $"Known divergences <b>{Number(c.Waived)}</b>");
        if (record.Summary.Leaks.Count > 0)
        {
            yield return (AllowedByLeaks.Id, $"Allowed leaks <b>{Number(record.Summary.Leaks.Sum(l => l.Cases))}</b>");
        }

        if (FaultCounts.Of(record).Count > 0)
        {
            yield return ("faults", "Faults of translation");
        }

        yield return ("choices", "Choices");
        yield return ("skipped", $"Skipped <b>{Number(c.Skip)}</b>");
        if (record.Map is not null)
        {
            yield return (Map.MapSection.Id, "Coverage map");
        }

        yield return ("coverage", "Coverage");
        yield return ("cases", $"All cases <b>{Number(c.Total)}</b>");
    }

    private static string Result(VerdictCounts c, Findings failures)
    {
        if (c.Judged == 0)
        {
            return "<strong>No case could be judged</strong>, so this run says nothing about the device.";
        }

        string first = c.Fail == 0
            ? $"<strong>No unexpected difference</strong> in {Count(c.Judged, "case")}"
            : $"<strong>{Count(c.Fail, "case")} of {Number(c.Judged)} differ</strong> from the architecture, in {Count(failures.Clusters.Count, "finding")}";
        List<string> rest = [];
        if (c.Waived > 0)
        {
            rest.Add($"{Count(c.Waived, "case shows", "cases show")} a known divergence");
        }

        if (c.Error > 0)
        {
            rest.Add($"{Count(c.Error, "case")} ended in an error");
        }

        if (c.Skip > 0)
        {
            rest.Add($"{Count(c.Skip, "was", "were")} skipped");
        }

        return rest.Count == 0 ? first + "." : $"{first}; {string.Join(", ", rest)}.";
    }

    private static string Share(int part, int total) => (total, part) switch
    {
        (0, _) or (_, 0) => "0 %",
        _ when part == total => "100 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100.0 * part / total, 0.1, 99.9):0.0} %"),
    };
}
