using System.Text;
using Conformance.Harness.Coverage;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html.Map;

/// <summary>What accesses at EL1 come to under each pattern of the NV bits: the sums here, the registers on demand.</summary>
internal static class NvSummary
{
    public static void Write(StringBuilder html, CoverageMap map)
    {
        if (map.NvBits.Count == 0)
        {
            return;
        }

        int registers = map.NvBits.Select(n => RegisterGroups.Subject(n.Accessor)).Distinct(StringComparer.Ordinal).Count();
        OutcomeClass[] classes = [.. OutcomeClass.All.Where(c => map.NvBits.Any(n => OutcomeClass.Of(n.Leaf) == c))];
        html.AppendLf("""<h3 id="map-nv">Registers and NV bits</h3>""");
        html.AppendLf("<p class=\"intro\">What an access at EL1 comes to under each pattern of HCR_EL2.{NV2, NV1, NV} while no trap control is on, for the accessors whose outcome depends on it; counted as seen when a case with that outcome under that pattern was judged.</p>");
        html.Append("""<div class="scroll"><table class="glance nv-sums"><caption>Accessors by pattern and outcome, seen of all</caption><thead><tr><th scope="col">NV2 NV1 NV</th>""");
        foreach (OutcomeClass c in classes)
        {
            html.Append($"<th scope=\"col\"><span class=\"key {c.Css}\" aria-hidden=\"true\">{c.Letter}</span> {c.Name}</th>");
        }

        html.AppendLf("<th scope=\"col\">seen</th></tr></thead><tbody>");
        foreach (IGrouping<string, NvRow> pattern in map.NvBits.GroupBy(n => n.Pattern, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            html.Append($"<tr><th scope=\"row\"><code>{Enc(pattern.Key)}</code></th>");
            foreach (OutcomeClass c in classes)
            {
                var counts = LeafCounts.Of(pattern.Where(n => OutcomeClass.Of(n.Leaf) == c).Select(n => n.State));
                html.Append(counts.Reachable == 0 ? "<td></td>" : $"<td class=\"n\">{Of(counts)}</td>");
            }

            var all = LeafCounts.Of(pattern.Select(n => n.State));
            html.AppendLf($"<td class=\"key {Cell.Css(all)}\">{Cell.Text(all)}</td></tr>");
        }

        html.AppendLf("</tbody></table></div>");
        html.AppendLf($"<details class=\"missing\" data-nv=\"\"><summary><b>The map of {Count(registers, "register")} by NV bits</b></summary>");
        MapSection.Legend(html, "How a cell is read", [
            .. classes.Select(c => (c.Css, c.Letter, c.Name)),
            ("unseen", "R", "dashed: not seen"), ("fail", "✕", "a case failed"), ("reg waived-mark", "R~", "a known divergence"),
        ]);
        html.AppendLf("""<div class="drawn"></div></details>""");
    }

    private static string Of(LeafCounts counts) => counts.Missing == 0 ? Number(counts.Reached) : $"{Number(counts.Reached)} of {Number(counts.Reachable)}";
}
