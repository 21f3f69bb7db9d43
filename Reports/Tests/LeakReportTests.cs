using Conformance.Harness.Runs;
using Conformance.Harness.Runs.Leaks;
using Conformance.Reports.Html;

namespace Conformance.Reports.Tests;

public class LeakReportTests
{
    [Fact]
    public void Leaks_that_were_needed_are_listed_with_their_cases()
    {
        RecordedCase first = Sample.Record.Cases[0];
        RunRecord record = Sample.Record with
        {
            Summary = Sample.Record.Summary with { Leaks = [new LeakUse("L-3", "Late & stale.", 1), new LeakUse("L-4", "Later.", 0)] },
            Cases = [first with { Leak = "L-3", Chosen = ["allowed: L-3"] }, .. Sample.Record.Cases.Skip(1)],
        };

        ConsoleReport.Text(record).ShouldContain("Allowed  L-3, 1 case: Late & stale.\n");
        ConsoleReport.Text(record).ShouldNotContain("Allowed  L-4");
        string html = HtmlReport.Text(record);
        html.ShouldContain("<th scope=\"row\">L-3</th><td>Late &amp; stale.<details><summary>1 case</summary><ul><li><code>" + first.Id);
        html.ShouldContain("<th scope=\"row\">L-4</th>");
        html.ShouldContain("allowed: L-3");
        JsonReport.Text(record).ShouldContain("\"id\": \"L-3\"");
        HtmlReport.Text(Sample.Record).ShouldNotContain("Leaks of nested virtualization");
    }
}
