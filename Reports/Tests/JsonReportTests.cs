using System.Text.Json;

namespace Conformance.Reports.Tests;

public class JsonReportTests
{
    [Fact]
    public void A_run_is_reported_as_agreed() => Approve.Matches(JsonReport.Text(Sample.Record), "json");

    [Fact]
    public void Findings_hold_every_case_that_failed()
    {
        JsonElement root = JsonDocument.Parse(JsonReport.Text(Sample.Record)).RootElement;

        root.GetProperty("failures").EnumerateArray().SelectMany(f => f.GetProperty("cases").EnumerateArray()).Count().ShouldBe(3);
    }
}
