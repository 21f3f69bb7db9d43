using System.Text;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>The rules that the device can reach and that no judged case checked.</summary>
internal static class Coverage
{
    public static void Write(StringBuilder html, RunSummary summary, bool withMap) => Section(html, "coverage", "Coverage",
        "A rule is covered when a case of it passed, failed or was waived. Listed here are the rules that this device can reach and that were not covered in this run.", () =>
    {
        if (summary.Coverage.Count == 0)
        {
            html.AppendLf("""<p class="empty">Not counted: the cases came from a file, or the run did not end.</p>""");
        }

        foreach (SuiteCoverage coverage in summary.Coverage)
        {
            if (withMap && coverage.Map is not null && coverage.Missing.Count > 0)
            {
                html.AppendLf($"<p><b>{Enc(coverage.Suite)}</b> {Number(coverage.Covered)} of {Count(coverage.Reachable, "rule")} covered, {Number(coverage.Missing.Count)} missing: <a href=\"#map-missing\">listed with the reasons</a> under the coverage map.</p>");
                continue;
            }

            html.AppendLf($"<details class=\"missing\"><summary><b>{Enc(coverage.Suite)}</b> {Number(coverage.Covered)} of {Count(coverage.Reachable, "rule")} covered, {Number(coverage.Missing.Count)} missing</summary>");
            if (coverage.Causes.Count > 0)
            {
                html.AppendLf($"<p class=\"intro\">{string.Join("; ", coverage.Causes.Select(c => $"{Enc(c.Cause)} ({Number(c.Rules)})"))}</p>");
            }

            html.AppendLf("<ul class=\"chips\">");
            foreach (string rule in coverage.Missing)
            {
                html.Append("<li>").Append(Enc(rule)).AppendLf("</li>");
            }

            html.AppendLf("</ul></details>");
        }
    });
}
