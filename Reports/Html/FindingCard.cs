using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>One finding: what ran, what was expected and observed side by side, the rule, and how to see it again.</summary>
internal static class FindingCard
{
    private const int CasesNamed = 200;

    public static string Html(Cluster cluster, string anchor, bool open, RunRecord record, FieldDecoder decoder)
    {
        RecordedCase first = cluster.First;
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<details class=\"finding {Css(first.Verdict)}\" id=\"{anchor}\"{(open ? " open" : "")}><summary>{Badge(first.Verdict)} <code>{Enc(first.Id)}</code>");
        if (cluster.Cases.Count > 1)
        {
            html.Append(CultureInfo.InvariantCulture, $" <span class=\"times\">and {Number(cluster.Cases.Count - 1)} more</span>");
        }

        html.Append(CultureInfo.InvariantCulture, $"<span class=\"says\">{Enc(Says(cluster))}</span></summary>\n<div class=\"body\">\n");
        if (first.Title.Length > 0)
        {
            html.AppendLf($"<p class=\"title\">{Enc(first.Title)}</p>");
        }

        html.AppendLf($"<p class=\"rules\">Rule {string.Join(", ", first.Rules.Select(r => $"<code>{Enc(r)}</code>"))}</p>");
        if (first.Attribution is { } attribution)
        {
            html.AppendLf($"<p class=\"rules\">Fault {Enc(FaultText.Of(attribution, record.Summary))}</p>");
        }

        html.AppendLf("<div class=\"sides\">");
        if (record.Definitions.TryGetValue(first.Id, out Case? definition))
        {
            Listing.Write(html, definition, Math.Max(0, first.FailedStep), cluster.Comparison, decoder.For(first));
        }

        WriteSeen(html, cluster);
        html.AppendLf("</div>");
        html.AppendLf($"<p class=\"replay\"><span>Run it again</span> <code>{Enc(first.Replay)}</code> <button type=\"button\" class=\"copy\">Copy</button></p>");
        WriteOthers(html, cluster);
        return html.Append("</div></details>").ToString();
    }

    /// <summary>The difference in a few words.</summary>
    private static string Says(Cluster cluster)
    {
        if (cluster.Comparison is not { } comparison)
        {
            return cluster.First.Reason;
        }

        FieldComparison[] wrong = [.. comparison.Fields.Where(f => f.Differs)];
        string text = string.Join("; ", wrong.Take(2).Select(f => f.Parts.FirstOrDefault(p => p.Differs) is { } part
            ? $"{f.Field}.{part.Name} {Shown(part.Observed)}, expected {Shown(part.Expected)}"
            : $"{f.Field} {f.Observed}, expected {f.Expected}"));
        return wrong.Length > 2 ? $"{text}; {Count(wrong.Length - 2, "more field")}" : text;

        static string Shown(string text) => text.Length == 0 ? "none" : text;
    }

    private static void WriteSeen(StringBuilder html, Cluster cluster)
    {
        if (cluster.Comparison is not { } comparison)
        {
            html.AppendLf($"<div><h3>What was seen</h3><pre class=\"seen\">{Enc(cluster.First.Reason)}</pre></div>");
            return;
        }

        html.AppendLf("<div class=\"scroll\"><table class=\"compare\">");
        html.AppendLf($"<caption>Expected: {Enc(FailureText.Expectation(comparison))}</caption>");
        html.AppendLf("<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Expected</th><th scope=\"col\">Observed</th></tr></thead><tbody>");
        foreach (FieldComparison field in comparison.Fields)
        {
            WriteRow(html, "field", field.Field, field.Expected, field.Observed, field.Differs);
            foreach (PartComparison part in field.Parts.Where(p => p.IsWorthShowing && (field.Differs || p.Observed.Length > 3)))
            {
                WriteRow(html, "part", part.Name, part.Expected, part.Observed, part.Differs);
            }
        }

        html.AppendLf("</tbody></table></div>");
    }

    private static void WriteRow(StringBuilder html, string css, string name, string expected, string observed, bool differs)
    {
        string mark = differs ? " <span class=\"mark\">differs</span>" : "";
        html.AppendLf($"<tr class=\"{css}{(differs ? " differs" : "")}\"><th scope=\"row\">{Enc(name)}</th><td>{Cell(expected, differs)}</td><td>{Cell(observed, differs)}{mark}</td></tr>");
    }

    private static string Cell(string text, bool differs) => text.Length == 0 && differs ? "—" : Enc(text);

    private static void WriteOthers(StringBuilder html, Cluster cluster)
    {
        if (cluster.Cases.Count == 1)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<details class=\"others\"><summary>{Count(cluster.Cases.Count - 1, "more case differs", "more cases differ")} in the same fields</summary><ul>");
        foreach (RecordedCase other in cluster.Cases.Skip(1).Take(CasesNamed))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><code>{Enc(other.Id)}</code></li>");
        }

        html.Append(cluster.Cases.Count - 1 > CasesNamed ? $"<li>{Count(cluster.Cases.Count - 1 - CasesNamed, "more")}, in the list of all cases</li>" : "");
        html.AppendLf("</ul></details>");
    }
}
