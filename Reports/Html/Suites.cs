using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>A row for each suite: verdicts and coverage.</summary>
internal static class Suites
{
    public static void Write(StringBuilder html, RunRecord record) => Section(html, "suites", "Suites", "", () =>
    {
        html.AppendLf("""<div class="scroll"><table class="suites">""");
        html.AppendLf("<caption>Verdicts and covered rules of each suite</caption>");
        html.Append("<thead><tr><th scope=\"col\">Suite</th><th scope=\"col\" class=\"wide\">Verdicts</th><th scope=\"col\" class=\"n\">Cases</th>");
        foreach (Verdict verdict in Verdicts)
        {
            html.Append("<th scope=\"col\" class=\"n\">").Append(verdict).Append("</th>");
        }

        html.AppendLf("<th scope=\"col\">Rules covered</th></tr></thead>").AppendLf("<tbody>");
        foreach (string suite in Names(record))
        {
            WriteRow(html, suite, record);
        }

        html.AppendLf("</tbody></table></div>");
    });

    /// <summary>Suites in the order of the run; those without a case are there for their coverage.</summary>
    private static IEnumerable<string> Names(RunRecord record) =>
        record.Summary.Coverage.Select(c => c.Suite).Concat(record.Cases.Select(c => c.Suite)).Distinct(StringComparer.Ordinal);

    private static void WriteRow(StringBuilder html, string suite, RunRecord record)
    {
        var counts = VerdictCounts.Of(record.Cases.Where(c => c.Suite == suite).Select(c => c.Verdict));
        SuiteCoverage? coverage = record.Summary.Coverage.FirstOrDefault(c => c.Suite == suite);
        html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Enc(suite)}");
        if (coverage is { Title.Length: > 0 })
        {
            html.Append(CultureInfo.InvariantCulture, $"<small>{Enc(coverage.Title)}</small>");
        }

        html.Append("</th><td class=\"wide\">").Append(counts.Total > 0 ? Bar(counts, InWords(counts), "bar") : "no cases").Append("</td>");
        html.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Number(counts.Total)}</td>");
        foreach (Verdict verdict in Verdicts)
        {
            string css = counts[verdict] == 0 ? "n none" : $"n text-{Css(verdict)}";
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"{css}\">{Number(counts[verdict])}</td>");
        }

        html.Append("<td class=\"cover\">");
        if (coverage is { Reachable: > 0 })
        {
            double share = 1000.0 * coverage.Covered / coverage.Reachable;
            string words = $"{Number(coverage.Covered)} of {Number(coverage.Reachable)}";
            html.Append(CultureInfo.InvariantCulture,
                $"<svg class=\"bar\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words} rules covered\"><rect class=\"empty\" width=\"1000\" height=\"20\"/><rect class=\"covered\" width=\"{share:0.##}\" height=\"20\"/></svg> <span>{words}</span>");
        }
        else
        {
            html.Append("not counted");
        }

        html.AppendLf("</td></tr>");
    }
}
