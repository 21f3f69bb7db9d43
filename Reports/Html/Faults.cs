using System.Text;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>The table of the faults of translation that judged cases showed.</summary>
internal static class Faults
{
    public static void Write(StringBuilder html, RunRecord record)
    {
        IReadOnlyDictionary<string, int> counts = FaultCounts.Of(record);
        if (counts.Count == 0)
        {
            return;
        }

        Section(html, "faults", "Faults of translation",
            "How many judged cases demand each fault: by kind and level, the stage that finds it (walk: stage 2, for an access of the stage 1 walk), and the access that meets it.", () =>
        {
            html.AppendLf("<div class=\"scroll\"><table><caption>Cases by fault status and level, stage and access</caption>");
            html.Append("<thead><tr><th scope=\"col\">Fault and level</th>");
            foreach (string stage in FaultCounts.Stages)
            {
                foreach (string access in FaultCounts.Accesses)
                {
                    html.Append($"<th scope=\"col\" class=\"n\">{Enc(stage)} {Enc(access)}</th>");
                }
            }

            html.AppendLf("</tr></thead><tbody>");
            foreach (string code in FaultCounts.Codes(counts))
            {
                html.Append($"<tr><th scope=\"row\">{Enc(code)}</th>");
                foreach (string stage in FaultCounts.Stages)
                {
                    foreach (string access in FaultCounts.Accesses)
                    {
                        int count = FaultCounts.At(counts, code, stage, access);
                        html.Append($"<td class=\"n\">{(count == 0 ? "–" : Number(count))}</td>");
                    }
                }

                html.AppendLf("</tr>");
            }

            html.AppendLf("</tbody></table></div>");
        });
    }
}
