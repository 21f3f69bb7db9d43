using System.Text;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>Why cases were not run.</summary>
internal static class Skipped
{
    public static void Write(StringBuilder html, RunRecord record) => Section(html, "skipped", "Skipped", "", () =>
    {
        IReadOnlyList<SkipReason> reasons = SkipReason.Of(record);
        if (reasons.Count == 0)
        {
            html.AppendLf("""<p class="empty">None.</p>""");
            return;
        }

        html.AppendLf("<div class=\"scroll\"><table><caption>Reasons for skipping, most cases first</caption>");
        html.AppendLf("<thead><tr><th scope=\"col\">Reason</th><th scope=\"col\">Suites</th><th scope=\"col\" class=\"n\">Cases</th></tr></thead><tbody>");
        foreach (SkipReason reason in reasons)
        {
            html.AppendLf($"<tr><th scope=\"row\">{Enc(reason.Reason)}</th><td>{Enc(string.Join(", ", reason.Suites))}</td><td class=\"n\">{Number(reason.Cases)}</td></tr>");
        }

        html.AppendLf("</tbody></table></div>");
    });
}
