using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Html;

namespace Conformance.Reports.Tests.Html;

public class HtmlReportTests
{
    private static readonly IHtmlDocument s_page = Parse(Sample.Record);

    [Fact]
    public void A_run_is_reported_as_agreed() => Approve.Matches(HtmlReport.Text(Sample.Record), "html");

    [Fact]
    public void It_needs_nothing_but_itself()
    {
        s_page.QuerySelectorAll("[src], link, iframe, object, embed, base, meta[http-equiv]").ShouldBeEmpty();
        s_page.QuerySelectorAll("[href]").Select(a => a.GetAttribute("href")).ShouldAllBe(h => h!.StartsWith('#'));
        string text = HtmlReport.Text(Sample.Record);
        text.ShouldNotContain("@import");
        text.ShouldNotContain("url(");
        text.ShouldNotContain("http");
    }

    [Fact]
    public void Links_within_the_page_lead_somewhere_and_ids_are_used_once()
    {
        string[] ids = [.. s_page.QuerySelectorAll("[id]").Select(e => e.Id!)];

        ids.ShouldBeUnique();
        s_page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")![1..]).ShouldAllBe(h => ids.Contains(h));
    }

    [Fact]
    public void It_can_be_used_without_seeing_it()
    {
        s_page.DocumentElement.GetAttribute("lang").ShouldBe("en");
        s_page.Title.ShouldNotBeNullOrEmpty();
        s_page.QuerySelectorAll("header, nav, main, footer").Length.ShouldBe(4);
        s_page.QuerySelectorAll("h1").Length.ShouldBe(1);
        s_page.QuerySelectorAll("table").ShouldAllBe(t => t.QuerySelector("caption") != null);
        s_page.QuerySelectorAll("thead th").ShouldAllBe(th => th.GetAttribute("scope") == "col");
        s_page.QuerySelectorAll("svg").ShouldAllBe(s => s.GetAttribute("role") == "img" && s.GetAttribute("aria-label")!.Length > 0);
        s_page.QuerySelectorAll("input, select").ShouldAllBe(i => i.Closest("label") != null);
        s_page.QuerySelectorAll("section").ShouldAllBe(s => s.GetAttribute("aria-labelledby") == s.QuerySelector("h2")!.Id);
        s_page.QuerySelectorAll("[onclick], [tabindex]").ShouldBeEmpty(); // keyboard order is that of real controls
    }

    [Fact]
    public void What_differs_is_marked_in_words_and_not_by_colour_alone() =>
        s_page.QuerySelectorAll("tr.differs").ShouldAllBe(r => r.TextContent.Contains("differs"));

    [Fact]
    public void Texts_of_cases_and_devices_are_never_markup()
    {
        RecordedCase evil = Sample.Record.Cases[3] with
        {
            Id = "a/<img src=x>/b",
            Title = "</script><script>alert(1)</script>",
            Reason = "<b>&amp;",
            Rules = ["<i>"],
            Suite = "<u>",
        };
        IHtmlDocument page = Parse(Sample.Record with { Cases = [.. Sample.Record.Cases, evil] });

        page.QuerySelectorAll("img, main i, main u").ShouldBeEmpty();
        page.QuerySelectorAll("script").Length.ShouldBe(2);
        page.Body!.TextContent.ShouldContain("a/<img src=x>/b");
        Rows(page).Last().Id.ShouldBe("a/<img src=x>/b");
    }

    [Fact]
    public void The_data_of_the_list_holds_every_case_with_its_verdict() =>
        Rows(s_page).ShouldBe(Sample.Record.Cases.Select(c => (c.Id, c.Verdict)));

    [Fact]
    public void Every_case_that_went_wrong_leads_to_its_finding()
    {
        JsonElement data = Data(s_page);
        string[] anchors =
        [
            .. data.GetProperty("groups").EnumerateArray().SelectMany(g => g[2].EnumerateArray())
                .Where(c => c[1].GetInt32() is (int)Verdict.Fail or (int)Verdict.Error or (int)Verdict.Waived)
                .Select(c => data.GetProperty("text")[c[5].GetInt32()].GetString()!),
        ];

        anchors.Length.ShouldBe(6);
        anchors.ShouldAllBe(a => s_page.GetElementById(a) != null);
    }

    [Fact]
    public void The_same_record_gives_the_same_bytes() =>
        HtmlReport.Text(Sample.Record).ShouldBe(HtmlReport.Text(Sample.Record));

    [Fact]
    public void Thirty_thousand_cases_with_many_findings_do_not_all_stand_in_the_page()
    {
        string text = HtmlReport.Text(Large(30_000));
        IHtmlDocument page = new HtmlParser().ParseDocument(text);

        text.Length.ShouldBeLessThan(12_000_000);
        page.All.Length.ShouldBeLessThan(10_000);
        Rows(page).Count().ShouldBe(30_000);
        page.QuerySelectorAll("#failures .finding").Length.ShouldBe(Findings.Shown);
        Data(page).GetProperty("cards").GetProperty("f").GetArrayLength().ShouldBe(Findings.Held - Findings.Shown);
        page.QuerySelector("#failures button.more").ShouldNotBeNull();
        page.QuerySelector("#failures")!.TextContent.ShouldContain("further findings in");
    }

    [Fact]
    public void A_run_without_a_judged_case_claims_nothing()
    {
        IHtmlDocument page = Parse(Sample.Record with
        {
            Cases = [],
            Summary = Sample.Record.Summary with { Counts = default, Coverage = [], Waivers = [] },
        });

        page.QuerySelector(".result")!.TextContent.ShouldContain("No case could be judged");
    }

    [Fact]
    public void A_record_that_was_cut_says_so() =>
        Parse(Sample.Record with { Damage = "The run was stopped before its end." })
            .QuerySelector("header .alert")!.TextContent.ShouldContain("stopped before its end");

    /// <summary>A run in which every tenth case fails, in 600 groups.</summary>
    private static RunRecord Large(int cases)
    {
        RecordedCase pass = Sample.Record.Cases[0];
        RecordedCase fail = Sample.Record.Cases[3];
        RecordedCase[] all = [.. Enumerable.Range(0, cases).Select(i => (i % 10 == 0 ? fail : pass) with { Id = $"access/reg-{i / 50}/case-{i}", Rules = [$"MRS REG{i / 50}@EL1"] })];
        return Sample.Record with
        {
            Cases = all,
            Summary = Sample.Record.Summary with { Counts = VerdictCounts.Of(all.Select(c => c.Verdict)) },
        };
    }

    private static IHtmlDocument Parse(RunRecord record) => new HtmlParser().ParseDocument(HtmlReport.Text(record));

    private static JsonElement Data(IHtmlDocument page) => JsonDocument.Parse(page.GetElementById("data")!.TextContent).RootElement;

    private static IEnumerable<(string Id, Verdict Verdict)> Rows(IHtmlDocument page) =>
        Data(page).GetProperty("groups").EnumerateArray()
            .SelectMany(g => g[2].EnumerateArray().Select(c => ($"{g[1].GetString()}/{c[0].GetString()}", (Verdict)c[1].GetInt32())));
}
