using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Html;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Joined;

/// <summary>Several devices side by side as one page that needs nothing else. The same records give the same bytes.</summary>
public static class JoinedReport
{
    /// <summary>Name of the page in its folder.</summary>
    public const string FileName = "joined.html";

    private const int PatternsShown = 60;
    private const int RulesShown = 400;

    public static string Html(JoinedRuns joined)
    {
        var html = new StringBuilder(1 << 20);
        int differing = joined.Rows.Count(r => r.Kind == RowKind.Differs);
        WriteHead(html, joined, differing);
        html.AppendLf("""<main id="main">""");
        WriteDevices(html, joined);
        WritePatterns(html, joined);
        WriteRules(html, joined);
        JoinedTable.Write(html, joined);
        html.AppendLf("</main>");
        html.AppendLf($"<footer><p>Made from {Count(joined.Runs.Count, "run record")} ({string.Join(", ", joined.Runs.Select(r => $"<code>{Enc(r.Folder)}</code>"))}) and from nothing else.</p></footer>");
        html.AppendLf($"<script>\n{HtmlReport.Resource("join.js")}</script>");
        return html.AppendLf("</body>").AppendLf("</html>").ToString();
    }

    private static void WriteHead(StringBuilder html, JoinedRuns joined, int differing)
    {
        string devices = string.Join(", ", joined.Runs.Select(r => r.Name));
        html.AppendLf("<!DOCTYPE html>").AppendLf("""<html lang="en">""").AppendLf("<head>");
        html.AppendLf("""<meta charset="utf-8">""");
        html.AppendLf("""<meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.AppendLf("""<meta name="color-scheme" content="light dark">""");
        html.AppendLf($"<title>{Enc(devices)} side by side · Conformance</title>");
        html.AppendLf($"<style>\n{HtmlReport.Resource("page.css")}{HtmlReport.Resource("join.css")}</style>");
        html.AppendLf("</head>").AppendLf("<body>");
        html.AppendLf("""<a class="skip-link" href="#main">Skip to the results</a>""");
        html.AppendLf("<header>").AppendLf("""<p class="kicker">Arm AArch64 conformance: devices side by side</p>""");
        html.AppendLf($"<h1>{Enc(devices)}</h1>");
        string result = differing == 0
            ? $"<strong>No verdict differs</strong> in {Count(joined.Rows.Count, "case")}."
            : $"<strong>{Count(differing, "case")} of {Number(joined.Rows.Count)}</strong> {(differing == 1 ? "comes" : "come")} to different verdicts.";
        html.AppendLf($"<p class=\"result\">{result}</p>");
        html.AppendLf("""<nav aria-label="Sections"><ul><li><a href="#devices">Devices</a></li><li><a href="#patterns">How verdicts go together</a></li><li><a href="#rules">By rule</a></li>""");
        html.AppendLf($"<li><a href=\"#cases\">Cases <b>{Number(joined.Rows.Count)}</b></a></li></ul></nav>").AppendLf("</header>");
    }

    private static void WriteDevices(StringBuilder html, JoinedRuns joined) => Section(html, "devices", "Devices", "", () =>
    {
        html.AppendLf("<div class=\"scroll\"><table><caption>What each run came to</caption><thead><tr><th scope=\"col\">Device</th><th scope=\"col\">Levels</th><th scope=\"col\" class=\"wide\">Verdicts</th>");
        html.AppendLf($"{string.Concat(Verdicts.Select(v => $"<th scope=\"col\" class=\"n\">{Label(v)}</th>"))}</tr></thead><tbody>");
        foreach (JoinedRun run in joined.Runs)
        {
            RunSummary s = run.Record.Summary;
            string incomplete = run.Record.Damage is null ? "" : $"<small>{Enc(run.Record.Damage)}</small>";
            string faults = s.Attribution is null ? "" : $"<small>Faults: {Enc(Failures.FaultText.Counts(s))}</small>";
            html.Append($"<tr><th scope=\"row\">{Enc(run.Name)}<small>{Enc(s.DeviceInWords)}</small>{incomplete}{faults}</th><td>EL0 to EL{s.HighestLevel}</td><td>{Bar(s.Counts, $"{run.Name}: {InWords(s.Counts)}", "bar")}</td>");
            html.AppendLf($"{string.Concat(Verdicts.Select(v => $"<td class=\"n{(s.Counts[v] == 0 ? " none" : "")}\">{Number(s.Counts[v])}</td>"))}</tr>");
        }

        html.AppendLf("</tbody></table></div>");
    });

    private static void WritePatterns(StringBuilder html, JoinedRuns joined) => Section(
        html, "patterns", "How verdicts go together", "Each row is a combination of verdicts and how many cases have it. A dash: the run does not have the case.", () =>
    {
        (JoinedRow Row, int Count)[] patterns =
        [
            .. joined.Rows.GroupBy(r => string.Join(' ', r.Verdicts.Select(v => v is null ? "-" : Css(v.Value)))).Select(g => (g.First(), g.Count()))
                .OrderBy(p => (int)p.Item1.Kind).ThenByDescending(p => p.Item2),
        ];
        html.AppendLf($"<div class=\"scroll\"><table class=\"joined\"><caption>Combinations, those that differ first</caption><thead><tr>{Columns(joined)}<th scope=\"col\" class=\"n\">Cases</th><th scope=\"col\">For example</th><th scope=\"col\"><span class=\"unseen\">Filter</span></th></tr></thead><tbody>");
        foreach ((JoinedRow row, int count) in patterns.Take(PatternsShown))
        {
            string wanted = string.Join(',', row.Verdicts.Select(v => v is null ? -1 : (int)v.Value));
            html.Append($"<tr class=\"{(row.Kind == RowKind.Differs ? "apart" : "")}\">");
            html.Append(string.Concat(row.Verdicts.Select(v => $"<td>{(v is null ? "<span class=\"none\">—</span>" : Badge(v.Value))}</td>")));
            html.AppendLf($"<td class=\"n\">{Number(count)}</td><td><code>{Enc(row.First.Id)}</code></td><td><button type=\"button\" class=\"pattern\" data-verdicts=\"{wanted}\">Show these</button></td></tr>");
        }

        html.AppendLf("</tbody></table></div>");
        More(html, patterns.Length - PatternsShown, "more combination");
    });

    private static void WriteRules(StringBuilder html, JoinedRuns joined) => Section(
        html, "rules", "By rule", "Rules that some device does not pass whole, those with most differing cases first. A case counts for each rule that it checks.", () =>
    {
        RuleRow[] rules = [.. RuleRow.Of(joined).Where(r => r.Differing > 0 || r.Counts.Any(c => c.Fail + c.Error + c.Waived > 0))];
        if (rules.Length == 0)
        {
            html.AppendLf("""<p class="empty">Every device passes every rule that it was asked about.</p>""");
            return;
        }

        html.AppendLf($"<div class=\"scroll\"><table class=\"joined\"><caption>{Count(rules.Length, "rule")}</caption><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\" class=\"n\">Cases</th><th scope=\"col\" class=\"n\">Differing</th>{Columns(joined)}</tr></thead><tbody>");
        foreach (RuleRow rule in rules.Take(RulesShown))
        {
            string cells = string.Concat(rule.Counts.Select(c => $"<td>{Counts(c)}</td>"));
            html.AppendLf($"<tr class=\"{(rule.Differing > 0 ? "apart" : "")}\"><th scope=\"row\"><code>{Enc(rule.Rule)}</code></th><td class=\"n\">{Number(rule.Cases)}</td><td class=\"n{(rule.Differing == 0 ? " none" : "")}\">{Number(rule.Differing)}</td>{cells}</tr>");
        }

        html.AppendLf("</tbody></table></div>");
        More(html, rules.Length - RulesShown, "more rule");
    });

    private static string Columns(JoinedRuns joined) => string.Concat(joined.Runs.Select(r => $"<th scope=\"col\">{Enc(r.Name)}</th>"));

    /// <summary>What came out otherwise than skipped, in words that carry their colour.</summary>
    private static string Counts(VerdictCounts counts)
    {
        string[] parts = [.. Verdicts.Where(v => v != Verdict.Skip && counts[v] > 0).Select(v => $"<span class=\"text-{Css(v)}\">{Number(counts[v])} {Css(v)}</span>")];
        return parts.Length > 0 ? string.Join(", ", parts) : "<span class=\"none\">—</span>";
    }

    private static void More(StringBuilder html, int count, string what)
    {
        if (count > 0)
        {
            html.AppendLf($"<p class=\"intro\">{Count(count, what)}; their cases are in the list below.</p>");
        }
    }
}
