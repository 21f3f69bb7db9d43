using System.Text;
using Conformance.Harness.Coverage;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html.Map;

/// <summary>The figures by exception level and by outcome.</summary>
internal static class MapTables
{
    public static void Write(StringBuilder html, CoverageTotals totals)
    {
        html.AppendLf("""<div class="two">""");
        Table(html, "Coverage by exception level of the access", "Level", [.. totals.Levels, new CoveragePart("All", totals.Accessors, totals.Leaves)], n => n, "levels");
        Table(html, "Coverage by outcome", "Outcome", totals.Kinds.Where(k => k.Leaves.Reachable > 0).OrderByDescending(k => k.Leaves.Reachable), OutcomeName, "kinds");
        html.AppendLf("</div>");
    }

    private static void Table(
        StringBuilder html, string caption, string first, IEnumerable<CoveragePart> parts, Func<string, string> name, string css)
    {
        html.AppendLf($"<div class=\"scroll\"><table class=\"parts {css}\"><caption>{caption}</caption>");
        html.AppendLf($"<thead><tr><th scope=\"col\">{first}</th><th scope=\"col\" class=\"n\">Leaves reached</th><th scope=\"col\" class=\"n\">Reachable</th><th scope=\"col\" class=\"n\">Architecture</th><th scope=\"col\" class=\"n\">Accessors</th><th scope=\"col\">Share</th></tr></thead><tbody>");
        foreach (CoveragePart part in parts)
        {
            LeafCounts l = part.Leaves;
            string accessors = l.Reachable == 0 ? "–" : $"{Number(part.Accessors.Reached)}{(part.Accessors.Reached == part.Accessors.Reachable ? "" : $"/{Number(part.Accessors.Reachable)}")}";
            html.AppendLf($"<tr><th scope=\"row\">{Enc(name(part.Name))}</th><td class=\"n{(l.Missing > 0 ? " text-waived" : "")}\">{Number(l.Reached)}</td><td class=\"n\">{Number(l.Reachable)}</td><td class=\"n none\">{Number(l.Architecture)}</td><td class=\"n\">{accessors}</td><td class=\"share\">{(l.Reachable == 0 ? "<span class=\"none\">not reachable</span>" : MapSection.Share(l.Reached, l.Reachable, name(part.Name)))}</td></tr>");
        }

        html.AppendLf("</tbody></table></div>");
    }

    private static string OutcomeName(string kind) => kind switch
    {
        "U" => "UNDEFINED",
        "T1" or "T2" or "T3" => $"Trap to EL{kind[1]}",
        "N" => "Memory (NV2)",
        "R" => "Register read",
        "W" => "Register written",
        "O" => "Operation",
        "C" => "Constant",
        "nop" => "No effect",
        "H" => "Debug state",
        "X" => "Exception lock",
        "CU" => "CONSTRAINED UNPREDICTABLE",
        _ => kind,
    };
}
