using System.Text;
using Conformance.Harness.Coverage;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html.Map;

/// <summary>The map at a glance: groups of registers by the registers that control them.</summary>
internal static class MapOverview
{
    public static void Write(StringBuilder html, CoverageMap map)
    {
        Dictionary<(string Group, string Family), LeafCounts> cells = Count(map);
        string[] families = [.. ControlFamilies.Names.Where(f => cells.Any(c => c.Key.Family == f && c.Value.Reachable > 0))];
        html.AppendLf("""<h3>At a glance</h3>""");
        html.AppendLf("""<div class="scroll"><table class="glance"><caption>Leaves reached, by group of registers and by the register whose control leads to them; a leaf that takes several controls is counted in each of their columns</caption>""");
        html.Append("<thead><tr><th scope=\"col\">Group</th>");
        foreach (string family in families)
        {
            html.Append($"<th scope=\"col\"><span>{Enc(family)}</span></th>");
        }

        html.AppendLf("</tr></thead><tbody>");
        foreach ((int index, string group) in RegisterGroups.Names.Index())
        {
            if (!families.Any(f => cells.GetValueOrDefault((group, f)).Reachable > 0))
            {
                continue;
            }

            html.Append($"<tr><th scope=\"row\"><a href=\"#map-{index}\">{Enc(group)}</a></th>");
            foreach (string family in families)
            {
                LeafCounts counts = cells.GetValueOrDefault((group, family));
                html.Append(counts.Architecture == 0 ? "<td></td>" : $"<td class=\"key {Cell.Css(counts)}\" title=\"{Enc(Cell.Words(counts))}\">{Cell.Text(counts)}</td>");
            }

            html.AppendLf("</tr>");
        }

        html.AppendLf("</tbody></table></div>");
    }

    private static Dictionary<(string, string), LeafCounts> Count(CoverageMap map)
    {
        Dictionary<(string, string), LeafCounts> cells = [];
        Dictionary<string, string> families = new(StringComparer.Ordinal);
        string accessor = "";
        string group = "";
        foreach (LeafRow leaf in map.Leaves)
        {
            if (leaf.Accessor != accessor)
            {
                (accessor, group) = (leaf.Accessor, RegisterGroups.Of(leaf.Accessor));
            }

            IEnumerable<string> of = leaf.Controls.Count == 0 ? [ControlFamilies.None] : leaf.Controls.Select(Family).Distinct(StringComparer.Ordinal);
            foreach (string family in of)
            {
                cells[(group, family)] = cells.GetValueOrDefault((group, family)).Plus(leaf.State);
            }
        }

        return cells;

        string Family(string control) => families.TryGetValue(control, out string? family) ? family : families[control] = ControlFamilies.Of(control);
    }
}
