using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Html;

namespace Conformance.Reports.Tests;

public class FaultCountsTests
{
    private static readonly RunRecord s_record = Sample.Record with
    {
        Cases =
        [
            Sample.Record.Cases[0] with { Id = "translation/a", Verdict = Verdict.Pass, Rules = ["TR-100", "fault permission-3 stage-2 write"] },
            Sample.Record.Cases[0] with { Id = "translation/b", Verdict = Verdict.Pass, Rules = ["fault permission-3 stage-2 write"] },
            Sample.Record.Cases[0] with { Id = "translation/c", Verdict = Verdict.Skip, Rules = ["fault permission-3 stage-2 write"] },
            Sample.Record.Cases[0] with { Id = "translation/d", Verdict = Verdict.Pass, Rules = ["fault address-size-0 walk at"] },
        ],
    };

    [Fact]
    public void Judged_cases_are_counted_by_cell()
    {
        IReadOnlyDictionary<string, int> counts = FaultCounts.Of(s_record);

        FaultCounts.At(counts, "permission-3", "stage-2", "write").ShouldBe(2);
        FaultCounts.At(counts, "permission-3", "stage-2", "read").ShouldBe(0);
    }

    [Fact]
    public void Codes_are_in_the_order_of_the_manual() =>
        FaultCounts.Codes(FaultCounts.Of(s_record)).ShouldBe(["address-size-0", "permission-3"]);

    [Fact]
    public void The_page_has_the_table_when_there_is_something_in_it()
    {
        HtmlReport.Text(s_record).ShouldContain("Faults of translation");
        HtmlReport.Text(Sample.Record).ShouldNotContain("Faults of translation");
    }
}
