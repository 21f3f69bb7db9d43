using Conformance.Harness.Runs;

namespace Conformance.Reports.Tests;

public class ConsoleReportTests
{
    [Fact]
    public void A_run_is_reported_as_agreed() => Approve.Matches(ConsoleReport.Text(Sample.Record));

    [Fact]
    public void Findings_beyond_the_limit_are_counted()
    {
        string text = ConsoleReport.Text(Sample.Record, new ConsoleOptions(MaxFindings: 1));

        text.ShouldContain("1 more kind of failure in 2 cases; all are in run.jsonl");
        text.ShouldNotContain("FAIL exceptions/trap/el1\n");
    }

    [Fact]
    public void Coverage_of_the_architecture_is_a_small_table()
    {
        string[] lines = ConsoleReport.Text(MapSample.Record).Split('\n');
        int at = lines.Index().First(l => l.Item.Contains("reached  reachable  architecture")).Index;

        lines[at + 2].ShouldBe("         leaves at EL1            5          8            10");
        lines[at + 3].ShouldBe("         leaves                   6          9            11");
        lines[at + 4].ShouldBe("         accessors                2          4             5");
        lines[at + 5].ShouldBe("         under NV bits            5          6");
    }

    [Fact]
    public void What_is_missing_is_named_with_the_causes()
    {
        SuiteCoverage coverage = new("access", "", 3, 9, ["a", "b", "c", "d", "e", "f"]) { Causes = [new("the executive cannot write X", 4), new("skipped: no", 2)] };
        string text = ConsoleReport.Text(Sample.Record with { Summary = Sample.Record.Summary with { Coverage = [coverage] } });

        text.ShouldContain("Missing  a, b, c, d and 2 more, listed in summary.json\n              4  the executive cannot write X\n              2  skipped: no\n");
    }

    [Fact]
    public void What_was_not_selected_is_counted_only()
    {
        SuiteCoverage coverage = new("access", "", 0, 2, ["a", "b"]) { Causes = [new(MissingCause.NotSelected, 2)] };
        string text = ConsoleReport.Text(Sample.Record with { Summary = Sample.Record.Summary with { Coverage = [coverage] } });

        text.ShouldContain("Covered  access: 0 of 2 rules\n         the cases of the other 2 rules were not selected\n");
    }

    [Fact]
    public void Control_characters_in_the_log_of_a_device_do_not_reach_the_terminal() =>
        ConsoleReport.Text(Sample.Record).ShouldContain("log: <none> & nothing\uFFFD");

    [Fact]
    public void Groups_that_passed_can_be_left_out()
    {
        string text = ConsoleReport.Text(Sample.Record, new ConsoleOptions(Groups: false));

        text.ShouldNotContain("PASS: exceptions/svc");
        text.ShouldContain("FAIL: exceptions/trap");
    }

    [Fact]
    public void Groups_are_put_together_when_there_are_too_many()
    {
        string text = ConsoleReport.Text(Sample.Record, new ConsoleOptions(MaxGroups: 2));

        text.ShouldStartWith("FAIL: exceptions (8 cases, 3 failed, 2 skipped)\nERROR: nv2 (6 cases, 2 errors, 1 waived)\n\n");
    }

    [Fact]
    public void Colour_marks_the_verdict_and_nothing_else()
    {
        string plain = ConsoleReport.Text(Sample.Record);
        string colour = ConsoleReport.Text(Sample.Record, new ConsoleOptions(Colour: true));

        colour.ShouldContain("\e[31mFAIL\e[0m: exceptions/trap");
        System.Text.RegularExpressions.Regex.Replace(colour, "\e\\[[0-9]+m", "").ShouldBe(plain);
    }

    [Fact]
    public void A_run_that_judged_nothing_does_not_read_as_a_success()
    {
        RunRecord record = Sample.Record with
        {
            Cases = [.. Sample.Record.Cases.Where(c => c.Verdict == Conformance.Harness.Cases.Verdict.Skip)],
            Summary = Sample.Record.Summary with { Counts = new VerdictCounts(0, 0, 2, 0, 0), Waivers = [] },
        };

        ConsoleReport.Text(record).ShouldContain("\nSKIP: 2 cases");
        ConsoleReport.Text(record).ShouldNotContain("PASS:");
    }

    [Fact]
    public void A_run_that_was_stopped_does_not_read_as_a_success()
    {
        RunRecord record = Sample.Record with
        {
            Cases = [.. Sample.Record.Cases.Where(c => c.Verdict == Conformance.Harness.Cases.Verdict.Pass)],
            Summary = Sample.Record.Summary with { Counts = new VerdictCounts(5, 0, 0, 0, 0), Waivers = [] },
            Damage = "The run was stopped before its end.",
        };

        ConsoleReport.Text(record).ShouldContain("\nSTOPPED: 5 cases");
        ConsoleReport.Text(record).ShouldNotContain("\nPASS: 5 cases");
    }
}
