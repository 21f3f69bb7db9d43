using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Conformance.Harness.Coverage;
using Conformance.Harness.Spec;
using Conformance.Reports.Html;
using Conformance.Reports.Html.Map;

namespace Conformance.Reports.Tests.Html.Map;

public class MapSectionTests
{
    private static readonly IHtmlDocument s_page = new HtmlParser().ParseDocument(HtmlReport.Text(MapSample.Record));

    [Fact]
    public void A_map_is_reported_as_agreed()
    {
        string page = HtmlReport.Text(MapSample.Record);
        int start = page.IndexOf("<section id=\"map\"", StringComparison.Ordinal);

        Approve.Matches(page[start..page.IndexOf("<section id=\"coverage\"", StringComparison.Ordinal)], "html");
    }

    [Fact]
    public void It_needs_nothing_but_the_page()
    {
        s_page.QuerySelectorAll("[src], link, iframe, object, embed, base, meta[http-equiv]").ShouldBeEmpty();
        string text = HtmlReport.Text(MapSample.Record);
        text.ShouldNotContain("http");
        text.ShouldNotContain("url(");
        text.ShouldNotContain("@import");
    }

    [Fact]
    public void Links_lead_somewhere_and_ids_are_used_once()
    {
        string[] ids = [.. s_page.QuerySelectorAll("[id]").Select(e => e.Id!)];

        ids.ShouldBeUnique();
        s_page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")![1..]).ShouldAllBe(h => ids.Contains(h));
        s_page.QuerySelectorAll("nav a").Select(a => a.GetAttribute("href")).ShouldContain("#map");
    }

    [Fact]
    public void It_can_be_used_without_seeing_it()
    {
        IElement map = s_page.GetElementById("map")!;
        map.QuerySelectorAll("table").ShouldAllBe(t => t.QuerySelector("caption") != null);
        map.QuerySelectorAll("thead th").ShouldAllBe(th => th.GetAttribute("scope") == "col");
        map.QuerySelectorAll("tbody th").ShouldAllBe(th => th.GetAttribute("scope") == "row");
        map.QuerySelectorAll("svg").ShouldAllBe(s => s.GetAttribute("role") == "img" && s.GetAttribute("aria-label")!.Length > 0);
    }

    [Theory]
    [InlineData("fail", "✕")]
    [InlineData("missing", "○ 0/")]
    [InlineData("waived", "~")]
    [InlineData("part", "◐")]
    public void A_cell_says_its_state_by_a_sign_and_not_by_colour_alone(string css, string sign)
    {
        IElement[] cells = [.. s_page.QuerySelectorAll($".glance td.{css}")];

        cells.ShouldNotBeEmpty();
        cells.ShouldAllBe(c => c.TextContent.StartsWith(sign));
    }

    [Fact]
    public void What_is_missing_is_listed_with_its_reason_as_text_not_markup()
    {
        IElement map = s_page.GetElementById("map")!;

        map.TextContent.ShouldContain("the executive cannot <set> this & that");
        map.QuerySelectorAll(".chips li").Select(l => l.TextContent)
            .ShouldBe(["MSR SCTLR_EL1@EL1#1:T2:18", "MSR SCTLR_EL1@EL1#4:W:SCTLR_EL1", "TLBI VAE2@EL1#2:U", "MRS SCTLR_EL1 under 001"], ignoreOrder: true);
        map.QuerySelector(".reasons")!.TextContent.ShouldContain("needs FEAT_SVE");
    }

    [Fact]
    public void The_data_holds_every_leaf_of_the_rows_that_are_drawn()
    {
        using var data = JsonDocument.Parse(s_page.GetElementById("map-data")!.TextContent);
        string[] texts = [.. data.RootElement.GetProperty("texts").EnumerateArray().Select(t => t.GetString()!)];

        Leaves(data.RootElement, texts).ShouldBe(MapSample.Map.Leaves.Where(l => !l.Accessor.EndsWith("ZCR_EL1")).Select(l => (l.Rule, l.State)), ignoreOrder: true);
        data.RootElement.GetProperty("columns").EnumerateArray().Select(c => $"{c[0].GetString()}.{c[1].GetString()}").ShouldBe(
            ["HCR_EL2.NV, NV1, NV2", "HCR_EL2.TRVM", "HCR_EL2.TTLB", "HCR_EL2.TVM", "Fine-grained.HFGRTR_EL2", "SCR_EL3.FGTEn", "SCR_EL3.NS"]);
    }

    [Fact]
    public void Rows_without_a_control_are_left_out_of_the_drawing_when_all_passed_and_are_counted()
    {
        LeafRow plain = MapSample.Map.Leaves[0] with { Rule = "MRS TCR_EL1@EL0#0:U", Accessor = "MRS TCR_EL1" };
        LeafRow failed = plain with { Rule = "MRS MAIR_EL1@EL0#0:U", Accessor = "MRS MAIR_EL1", State = LeafState.Fail };
        IHtmlDocument page = new HtmlParser().ParseDocument(HtmlReport.Text(Sample.Record with { Map = new CoverageMap("nv2", [plain, failed], []) }));
        using var data = JsonDocument.Parse(page.GetElementById("map-data")!.TextContent);

        JsonElement group = data.RootElement.GetProperty("groups").EnumerateObject().Single().Value;
        group[0].GetInt32().ShouldBe(1);
        group[1].EnumerateArray().Select(r => r[0].GetString()).ShouldBe(["MAIR_EL1"]);
    }

    [Fact]
    public void A_record_without_a_map_has_no_section_for_it()
    {
        IHtmlDocument page = new HtmlParser().ParseDocument(HtmlReport.Text(Sample.Record));

        page.GetElementById("map").ShouldBeNull();
        page.GetElementById("map-data").ShouldBeNull();
        HtmlReport.Text(Sample.Record).ShouldNotContain(".glance");
    }

    [Fact]
    public void The_map_of_the_whole_architecture_keeps_the_page_light()
    {
        LeafRow[] rows =
        [
            .. from accessor in AccessRules.Accessors
               from level in Enumerable.Range(0, 4)
               from end in accessor.Tree(level).Leaves
               select new LeafRow { Rule = accessor.LeafId(level, end), Accessor = accessor.Id, Level = level, Kind = "U", State = LeafState.Missing, Controls = ["HCR_EL2.TVM", "SCR_EL3.NS"], Reason = "because" },
        ];
        string without = HtmlReport.Text(Sample.Record);
        string with = HtmlReport.Text(Sample.Record with { Map = new CoverageMap("nv2", rows, []) });

        rows.Length.ShouldBe(24_100);
        (with.Length - without.Length).ShouldBeLessThan(1_000_000);
        new HtmlParser().ParseDocument(with).All.Length.ShouldBeLessThan(3_000);
    }

    [Fact]
    public void Every_accessor_has_a_group_and_few_are_left_over()
    {
        var byGroup = AccessRules.Accessors.CountBy(a => RegisterGroups.Of(a.Id), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

        byGroup.Keys.ShouldBeSubsetOf(RegisterGroups.Names);
        byGroup.GetValueOrDefault(RegisterGroups.Names[^1]).ShouldBeLessThan(20);
        RegisterGroups.Of("MRS CNTP_CTL_EL0").ShouldBe("Generic timers");
        RegisterGroups.Of("TLBI VAE1").ShouldBe("TLB maintenance");
        RegisterGroups.Of("MRS PMSELR_EL0").ShouldBe("Performance monitors");
        RegisterGroups.Of("MRS PMSCR_EL1").ShouldBe("Statistical profiling");
    }

    private static IEnumerable<(string, LeafState)> Leaves(JsonElement data, string[] texts)
    {
        foreach (JsonElement accessor in data.GetProperty("groups").EnumerateObject().SelectMany(g => g.Value[1].EnumerateArray()).SelectMany(r => r[1].EnumerateArray()))
        {
            for (int level = 0; level <= 3; level++)
            {
                int[] flat = [.. accessor[level + 1].EnumerateArray().Select(n => n.GetInt32())];
                for (int i = 0; i < flat.Length; i += 5 + flat[i + 4])
                {
                    yield return ($"{accessor[0].GetString()}@EL{level}#{flat[i]}:{texts[flat[i + 1]]}", (LeafState)flat[i + 2]);
                }
            }
        }
    }
}
