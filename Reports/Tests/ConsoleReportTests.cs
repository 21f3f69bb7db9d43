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
}
