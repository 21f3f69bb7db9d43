using Conformance.Reports.Html;

namespace Conformance.Reports.Tests.Html;

public class HtmlReportTests
{
    [Fact]
    public void A_run_is_reported_as_agreed() => Approve.Matches(HtmlReport.Text(Sample.Record), "html");
}
