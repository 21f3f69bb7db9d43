using System.Text;
using Conformance.Harness.Runs;
using Conformance.Harness.Runs.Leaks;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>What a virtual EL2 shows of not being a real one, where FEAT_NV2 leaves a hypervisor no choice.</summary>
internal static class AllowedByLeaks
{
    public const string Id = "leaks";

    private const int CasesNamed = 200;

    public static void Write(StringBuilder html, RunRecord record)
    {
        if (record.Summary.Leaks.Count == 0)
        {
            return;
        }

        Section(html, Id, "Leaks of nested virtualization", "What FEAT_NV2 cannot hide from a guest hypervisor. A case that shows one passes here and would fail on a real EL2.", () =>
        {
            html.AppendLf("<div class=\"scroll\"><table><caption>Leaks and the cases that pass because of them</caption><thead><tr><th scope=\"col\">Leak</th><th scope=\"col\">What can be seen</th><th scope=\"col\" class=\"n\">Cases</th></tr></thead><tbody>");
            foreach (LeakUse leak in record.Summary.Leaks)
            {
                html.Append($"<tr><th scope=\"row\">{Enc(leak.Id)}</th><td>{Enc(leak.Says)}");
                WriteCases(html, [.. record.Cases.Where(c => c.Leak == leak.Id)]);
                html.AppendLf($"</td><td class=\"n{(leak.Cases == 0 ? " none" : "")}\">{Number(leak.Cases)}</td></tr>");
            }

            html.AppendLf("</tbody></table></div>");
        });
    }

    private static void WriteCases(StringBuilder html, IReadOnlyList<RecordedCase> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }

        html.Append($"<details><summary>{Count(cases.Count, "case")}</summary><ul>");
        html.Append(string.Concat(cases.Take(CasesNamed).Select(c => $"<li><code>{Enc(c.Id)}</code></li>")));
        html.Append(cases.Count > CasesNamed ? $"<li>{Count(cases.Count - CasesNamed, "more")}, in the list of all cases</li>" : "").Append("</ul></details>");
    }
}
