using System.Globalization;
using System.Text;
using Conformance.Harness.Coverage;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html.Map;

/// <summary>The coverage map: how much of the architecture was reached, where, and what is missing for which reason.</summary>
/// <remarks>
/// The overview stands in the page. The maps of single registers are drawn by the script of the page from its data when
/// they are opened: all of them at once would be tens of thousands of cells.
/// </remarks>
internal static class MapSection
{
    public const string Id = "map";

    private const string Intro =
        "A leaf is one outcome of one instruction at one exception level: a trap with its class, a register, memory, UNDEFINED. "
        + "It is reachable when this device has a state that leads to it, and reached when a case of it was judged.";

    public static void Write(StringBuilder html, RunRecord record, CoverageMap map)
    {
        CoverageTotals totals = record.Summary.Coverage.FirstOrDefault(c => c.Suite == map.Suite)?.Map ?? map.Totals();
        Section(html, Id, "Coverage map", Intro, () =>
        {
            WriteHeadline(html, totals);
            MapTables.Write(html, totals);
            MapOverview.Write(html, map);
            WriteGroups(html, map);
            NvSummary.Write(html, map);
            WriteParts(html, totals);
            MapMissing.Write(html, map, record.Summary);
        });
        html.Append("""<script type="application/json" id="map-data">""").Append(MapData.Json(map, totals)).AppendLf("</script>");
    }

    private static void WriteHeadline(StringBuilder html, CoverageTotals totals)
    {
        html.AppendLf("""<div class="card"><dl class="figures">""");
        Figure("Reachable leaves reached", totals.Leaves.Reached, totals.Leaves.Reachable);
        Figure("Reachable accessors reached", totals.Accessors.Reached, totals.Accessors.Reachable);
        if (totals.NvBits.Reachable > 0)
        {
            Figure("Accessors under each pattern of the NV bits", totals.NvBits.Reached, totals.NvBits.Reachable);
        }

        Figure("Leaves of the architecture reached", totals.Leaves.Reached, totals.Leaves.Architecture);
        html.AppendLf("</dl></div>");

        void Figure(string name, int part, int of) => html.AppendLf(
            $"<div><dt>{name}</dt><dd><b>{Number(part)}</b> of {Number(of)}<span>{Percent(part, of)}</span></dd>{Share(part, of, name)}</div>");
    }

    /// <summary>A bar of what was reached.</summary>
    public static string Share(int part, int of, string name)
    {
        double width = of == 0 ? 0 : 1000.0 * part / of;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"bar\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Enc(name)}: {Number(part)} of {Number(of)}\"><rect class=\"empty\" width=\"1000\" height=\"20\"/><rect class=\"covered\" width=\"{width:0.##}\" height=\"20\"/></svg>");
    }

    /// <summary>Never 100 % while something is missing, never 0 % while something is there.</summary>
    public static string Percent(int part, int of) => (of, part) switch
    {
        (0, _) or (_, 0) => "0 %",
        _ when part == of => "100 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100.0 * part / of, 0.1, 99.9):0.0} %"),
    };

    private static void WriteGroups(StringBuilder html, CoverageMap map)
    {
        html.AppendLf("""<h3 id="map-registers">Registers and controls</h3>""");
        html.AppendLf("""<p class="intro">Open a group for its map: a row for each register, a column for each control that leads to one of its leaves. Point at a cell, or go there with the arrow keys, to see the leaves behind it.</p>""");
        html.AppendLf("""<noscript><p class="alert">The maps of single registers need JavaScript; coverage.jsonl holds every leaf.</p></noscript>""");
        Legend(html, "How a cell is read", [
            ("pass", "2", "all reached, number of leaves"), ("fail", "✕", "a case failed"), ("waived", "~", "a known divergence"),
            ("part", "◐", "some not reached"), ("missing", "○", "none reached"), ("unreachable", "·", "not reachable on this device"),
        ]);
        html.AppendLf("""<div class="groups">""");
        foreach ((int index, string name) in RegisterGroups.Names.Index())
        {
            LeafRow[] leaves = [.. map.Leaves.Where(l => RegisterGroups.Of(l.Accessor) == name)];
            var counts = LeafCounts.Of(leaves.Select(l => l.State));
            if (counts.Reachable > 0)
            {
                int registers = leaves.Where(l => l.State != LeafState.Unreachable).Select(l => RegisterGroups.Subject(l.Accessor)).Distinct(StringComparer.Ordinal).Count();
                html.AppendLf($"<details class=\"missing map-group\" id=\"map-{index}\" data-group=\"{index}\"><summary><b>{Enc(name)}</b> <span class=\"key {Cell.Css(counts)}\">{Cell.Text(counts)}</span> <span class=\"times\">{Count(registers, "row")}</span></summary><div class=\"drawn\"></div></details>");
            }
        }

        html.AppendLf("</div>");
    }

    private static void WriteParts(StringBuilder html, CoverageTotals totals)
    {
        html.AppendLf("""<h3 id="map-parts">By control and by feature</h3>""");
        Part("controls", totals.Controls, "control", "A leaf is counted for each control that leads to it.");
        Part("features", totals.Features, "feature", "A leaf is counted for each feature without which it cannot be reached.");

        void Part(string id, IReadOnlyList<CoveragePart> parts, string noun, string intro)
        {
            int complete = parts.Count(p => p.Leaves is { Reachable: > 0, Missing: 0 });
            int reachable = parts.Count(p => p.Leaves.Reachable > 0);
            html.AppendLf($"<details class=\"missing\" data-parts=\"{id}\"><summary><b>{Count(parts.Count, noun)}</b> in the architecture, {Number(reachable)} with a leaf that can be reached here, {Number(complete)} of those complete</summary><p class=\"intro\">{intro}</p><div class=\"drawn\"></div></details>");
        }
    }

    public static void Legend(StringBuilder html, string name, IEnumerable<(string Css, string Sign, string Meaning)> entries)
    {
        html.Append($"<ul class=\"keys\" aria-label=\"{name}\">");
        foreach ((string css, string sign, string meaning) in entries)
        {
            html.Append($"<li><span class=\"key {css}\" aria-hidden=\"true\">{sign}</span> {meaning}</li>");
        }

        html.AppendLf("</ul>");
    }
}
