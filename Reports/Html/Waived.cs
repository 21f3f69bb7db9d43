using System.Text;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>Known divergences: the waivers with rule and reason, those that no longer apply, and the findings.</summary>
internal static class Waived
{
    public static void Write(StringBuilder html, RunRecord record, Findings findings)
    {
        IReadOnlyList<WaiverUse> uses = record.Summary.Waivers;
        Section(html, "waived", "Known divergences", uses.Count == 0 ? "" : "Differences of this device and version that are known, each with the rule it departs from. They do not count as failures.", () =>
        {
            if (uses.Count == 0)
            {
                html.AppendLf("""<p class="empty">None.</p>""");
                return;
            }

            html.AppendLf("<div class=\"scroll\"><table><caption>Waivers for this device and version</caption>");
            html.AppendLf("<thead><tr><th scope=\"col\">Waiver</th><th scope=\"col\">Rule</th><th scope=\"col\">Reason</th><th scope=\"col\" class=\"n\">Waived</th><th scope=\"col\" class=\"n\">Passed</th><th scope=\"col\" class=\"n\">Otherwise</th></tr></thead><tbody>");
            foreach (WaiverUse use in uses)
            {
                string stale = use.Stale ? " <span class=\"badge stale\">stale: its smallest case passes, remove it</span>" : "";
                html.AppendLf($"<tr><th scope=\"row\">{Enc(use.Id)}{stale}</th><td><code>{Enc(use.Rule)}</code></td><td>{Enc(use.Reason)}</td><td class=\"n\">{Number(use.Waived)}</td><td class=\"n\">{Number(use.Passed)}</td><td class=\"n\">{Number(use.Failed)}</td></tr>");
            }

            html.AppendLf("</tbody></table></div>");
            findings.WriteList(html, record);
        });
    }
}
