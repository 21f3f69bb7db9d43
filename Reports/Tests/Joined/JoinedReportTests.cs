using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Joined;

namespace Conformance.Reports.Tests.Joined;

public class JoinedReportTests
{
    private static readonly RunRecord s_first = Sample.Record;

    /// <summary>The same run on another device: one failure less, one more, a case less and a case more.</summary>
    private static readonly RunRecord s_second = s_first with
    {
        Summary = s_first.Summary with { Device = "kvm <7>", DeviceVersion = "7.2" },
        Cases =
        [
            .. s_first.Cases.Skip(1).Select(c => c.Id switch
            {
                "exceptions/trap/el0" => c with { Verdict = Verdict.Pass, Reason = "" },
                "exceptions/svc/imm-1" => c with { Verdict = Verdict.Fail, Reason = "ESR </script> 0x0", Attribution = new(c.Id, Fault.Device, Verdict.Pass, "", null) },
                _ => c,
            }),
            s_first.Cases[0] with { Id = "exceptions/svc/only-here", Suite = "exceptions" },
        ],
    };

    private static readonly JoinedRuns s_joined = JoinedRuns.Of([("out/a", s_first), ("out/b", s_second)]);
    private static readonly IHtmlDocument s_page = new HtmlParser().ParseDocument(JoinedReport.Html(s_joined));

    [Fact]
    public void Differing_cases_come_first_then_those_that_nobody_passes()
    {
        s_joined.Rows.Where(r => r.Kind == RowKind.Differs).Select(r => r.First.Id).ShouldBe(["exceptions/svc/imm-1", "exceptions/trap/el0"]);
        s_joined.Rows.Select(r => (int)r.Kind).ShouldBeInOrder();
        s_joined.Rows.Count.ShouldBe(s_first.Cases.Count + 1);
        s_joined.Rows.Single(r => r.First.Id == "exceptions/svc/only-here").Verdicts.ShouldBe([null, Verdict.Pass]);
        s_joined.Rows.Single(r => r.First.Id == s_first.Cases[0].Id).Cells[1].ShouldBeNull();
    }

    [Fact]
    public void Skipped_differs_from_nothing()
    {
        RecordedCase passed = s_first.Cases[0];
        new JoinedRow([passed, passed with { Verdict = Verdict.Skip }]).Kind.ShouldBe(RowKind.Passes);
        new JoinedRow([passed with { Verdict = Verdict.Fail }, passed with { Verdict = Verdict.Skip }, null]).Kind.ShouldBe(RowKind.Same);
        new JoinedRow([passed with { Verdict = Verdict.Error }, passed with { Verdict = Verdict.Waived }]).Kind.ShouldBe(RowKind.Differs);
    }

    [Fact]
    public void Columns_have_names_of_their_own()
    {
        Names(("a", s_first), ("b", s_second)).ShouldBe(["qemu", "kvm <7>"]);
        RunRecord other = s_first with { Summary = s_first.Summary with { DeviceConfiguration = "-cpu neoverse-v1" } };
        Names(("a", s_first), ("b", other)).ShouldBe(["qemu 10.0.2, -cpu max", "qemu 10.0.2, -cpu neoverse-v1"]);
        Names(("a", s_first), ("b", s_first)).ShouldBe(["qemu (a)", "qemu (b)"]);
        Should.Throw<RunException>(() => JoinedRuns.Of([("a", s_first)])).Message.ShouldContain("two runs or more");
    }

    [Fact]
    public void Rules_are_summed_up_for_every_device()
    {
        IElement rule = s_page.QuerySelectorAll("#rules tbody tr").Single(r => r.QuerySelector("code")!.TextContent == "EX-152");

        rule.QuerySelectorAll("td").Select(c => c.TextContent).ShouldBe(["6", "1", "3 pass", "2 pass, 1 fail"]);
        rule.ClassList.ShouldContain("apart");
    }

    [Fact]
    public void The_combinations_of_verdicts_are_counted_and_lead_to_their_cases()
    {
        IElement[] rows = [.. s_page.QuerySelectorAll("#patterns tbody tr")];
        Dictionary<string, string> counts = rows.ToDictionary(
            r => r.QuerySelector("button")!.GetAttribute("data-verdicts")!, r => r.QuerySelector("td.n")!.TextContent, StringComparer.Ordinal);

        counts["0,1"].ShouldBe("1");
        counts["1,0"].ShouldBe("1");
        counts["-1,0"].ShouldBe("1");
        rows[0].ClassList.ShouldContain("apart");
    }

    [Fact]
    public void The_data_hold_every_case_with_verdicts_reasons_and_faults()
    {
        using var json = JsonDocument.Parse(s_page.GetElementById("data")!.TextContent);
        string[] text = [.. json.RootElement.GetProperty("text").EnumerateArray().Select(t => t.GetString()!)];
        JsonElement row = json.RootElement.GetProperty("rows")[0];

        json.RootElement.GetProperty("rows").GetArrayLength().ShouldBe(s_joined.Rows.Count);
        row[0].GetString().ShouldBe("exceptions/svc/imm-1");
        row[5].EnumerateArray().Select(v => v.GetInt32()).ShouldBe([0, 1]);
        text[row[6][1].GetInt32()].ShouldBe("ESR </script> 0x0 [fault: kvm <7>: the device below it passes]");
    }

    [Fact]
    public void It_needs_nothing_but_itself_and_can_be_used_without_seeing_it()
    {
        s_page.QuerySelectorAll("[src], link, iframe, object, embed, base, meta[http-equiv]").ShouldBeEmpty();
        JoinedReport.Html(s_joined).ShouldNotContain("http");
        s_page.DocumentElement.GetAttribute("lang").ShouldBe("en");
        s_page.QuerySelectorAll("header, nav, main, footer").Length.ShouldBe(4);
        s_page.QuerySelectorAll("h1").Length.ShouldBe(1);
        s_page.QuerySelectorAll("table").ShouldAllBe(t => t.QuerySelector("caption") != null);
        s_page.QuerySelectorAll("thead th").ShouldAllBe(th => th.GetAttribute("scope") == "col" && th.TextContent.Length > 0);
        s_page.QuerySelectorAll("input, select").ShouldAllBe(i => i.Closest("label") != null);
        s_page.QuerySelectorAll("section").ShouldAllBe(s => s.GetAttribute("aria-labelledby") == s.QuerySelector("h2")!.Id);
        s_page.QuerySelectorAll("[id]").Select(e => e.Id!).ShouldBeUnique();
        s_page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")![1..]).ShouldAllBe(h => s_page.GetElementById(h) != null);
        JoinedReport.Html(s_joined).ShouldBe(JoinedReport.Html(s_joined));
    }

    private static IEnumerable<string> Names(params (string, RunRecord)[] records) => JoinedRuns.Of(records).Runs.Select(r => r.Name);
}
