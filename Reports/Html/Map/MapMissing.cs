using System.Text;
using Conformance.Harness.Coverage;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html.Map;

/// <summary>What was not reached, by reason; and what this device cannot reach, by what it would need.</summary>
internal static class MapMissing
{
    private const int RulesShown = 100;
    private const int ReasonsShown = 40;

    public static void Write(StringBuilder html, CoverageMap map, RunSummary summary)
    {
        html.AppendLf("""<h3 id="map-missing">Missing, with the reason</h3>""");
        var missing = map.Leaves.Where(l => l.State is LeafState.Missing or LeafState.Skip)
            .GroupBy(l => l.Reason, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        NvRow[] unseen = [.. map.NvBits.Where(n => n.State is LeafState.Missing or LeafState.Skip)];
        if (missing.Count == 0)
        {
            html.AppendLf($"<p class=\"empty\">No leaf: all {Number(map.Leaves.Count(l => l.State != LeafState.Unreachable))} that {Enc(summary.Device)} can reach were judged.</p>");
        }

        foreach (IGrouping<string, LeafRow> reason in missing.Take(ReasonsShown))
        {
            List(html, $"<b>{Enc(reason.Key)}</b> {Count(reason.Count(), "leaf", "leaves")}", [.. reason.Select(l => l.Rule)]);
        }

        More(missing.Count, "reason");
        if (unseen.Length > 0)
        {
            string[] accessors =
            [
                .. unseen.GroupBy(n => n.Accessor, StringComparer.Ordinal).Select(g => $"{g.Key} under {string.Join(", ", g.Select(n => n.Pattern))}"),
            ];
            List(html, $"<b>no case under a pattern of the NV bits</b> {Count(unseen.Length, "cell")} of {Count(accessors.Length, "accessor")}", accessors);
        }

        WriteUnreachable(html, map);

        void More(int count, string noun)
        {
            if (count > ReasonsShown)
            {
                html.AppendLf($"<p class=\"intro\">{Count(count - ReasonsShown, $"more {noun}")} in {RunRecord.CoverageName}.</p>");
            }
        }
    }

    private static void List(StringBuilder html, string heading, IReadOnlyList<string> rules)
    {
        html.AppendLf($"<details class=\"missing\"><summary>{heading}</summary><ul class=\"chips\">");
        foreach (string rule in rules.Take(RulesShown))
        {
            html.Append("<li>").Append(Enc(rule)).AppendLf("</li>");
        }

        html.AppendLf("</ul>");
        if (rules.Count > RulesShown)
        {
            html.AppendLf($"<p class=\"intro\">{Number(rules.Count - RulesShown)} more in {RunRecord.CoverageName}.</p>");
        }

        html.AppendLf("</details>");
    }

    private static void WriteUnreachable(StringBuilder html, CoverageMap map)
    {
        var reasons = map.Leaves.Where(l => l.State == LeafState.Unreachable)
            .GroupBy(l => l.Reason, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (reasons.Count == 0)
        {
            return;
        }

        html.AppendLf($"<details class=\"missing\"><summary><b>Not reachable on this device</b> {Count(reasons.Sum(r => r.Count()), "leaf", "leaves")}, {Count(reasons.Count, "reason")}</summary>");
        html.AppendLf("""<div class="scroll"><table class="reasons"><caption>What the device would need, or why nothing leads there</caption><thead><tr><th scope="col">Reason</th><th scope="col" class="n">Leaves</th><th scope="col" class="n">Accessors</th></tr></thead><tbody>""");
        foreach (IGrouping<string, LeafRow> reason in reasons.Take(ReasonsShown))
        {
            int accessors = reason.Select(l => l.Accessor).Distinct(StringComparer.Ordinal).Count();
            html.AppendLf($"<tr><td>{Enc(reason.Key)}</td><td class=\"n\">{Number(reason.Count())}</td><td class=\"n\">{Number(accessors)}</td></tr>");
        }

        html.AppendLf("</tbody></table></div>");
        if (reasons.Count > ReasonsShown)
        {
            html.AppendLf($"<p class=\"intro\">{Count(reasons.Count - ReasonsShown, "more reason")}, for {Count(reasons.Skip(ReasonsShown).Sum(r => r.Count()), "leaf", "leaves")}, in {RunRecord.CoverageName}.</p>");
        }

        html.AppendLf("</details>");
    }
}
