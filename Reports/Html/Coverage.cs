using System.Text;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>The rules that the device can reach and that no judged case checked.</summary>
internal static class Coverage
{
    public static void Write(StringBuilder html, RunSummary summary) => Section(html, "coverage", "Coverage",
        "A rule is covered when a case of it passed, failed or was waived. Listed here are the rules that this device can reach and that were not covered in this run.", () =>
    {
        if (summary.Coverage.Count == 0)
        {
            html.AppendLf("""<p class="empty">Not counted: the cases came from a file, or the run did not end.</p>""");
        }

        foreach (SuiteCoverage coverage in summary.Coverage)
        {
            html.AppendLf($"<details class=\"missing\"><summary><b>{Enc(coverage.Suite)}</b> {Number(coverage.Covered)} of {Count(coverage.Reachable, "rule")} covered, {Number(coverage.Missing.Count)} missing</summary><ul class=\"chips\">");
            foreach (string rule in coverage.Missing)
            {
                html.Append("<li>").Append(Enc(rule)).AppendLf("</li>");
            }

            html.AppendLf("</ul></details>");
        }
    });
}
