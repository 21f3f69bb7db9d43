using System.Text.RegularExpressions;

namespace Conformance.Reports.Tests;

public class TapReportTests
{
    [Fact]
    public void A_run_is_reported_as_agreed() => Approve.Matches(TapReport.Text(Sample.Record), "tap");

    [Fact]
    public void Every_case_has_its_line_in_order_and_the_plan_counts_them()
    {
        string[] lines = TapReport.Text(Sample.Record).Split('\n');

        lines[0].ShouldBe("TAP version 13");
        lines[1].ShouldBe($"1..{Sample.Record.Cases.Count}");
        lines.Select(l => Regex.Match(l, "^(?:not )?ok ([0-9]+) - ")).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].Value))
            .ShouldBe(Enumerable.Range(1, Sample.Record.Cases.Count));
        lines.ShouldAllBe(l => l.Length == 0 || Regex.IsMatch(l, "^(TAP version 13$|1\\.\\.[0-9]+$|# |ok |not ok |  )"));
    }
}
