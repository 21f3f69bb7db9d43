using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Html;

namespace Conformance.Reports.Tests;

/// <summary>Whose a mistake is stands in every report of a run that asked the device below.</summary>
public class FaultTests
{
    [Theory]
    [InlineData(Fault.Device, Verdict.Pass, null, "qemu: model below it passes")]
    [InlineData(Fault.Below, Verdict.Fail, null, "model below it: model below it does the same")]
    [InlineData(Fault.Below, Verdict.Waived, "K1", "model below it: model below it has the known divergence K1")]
    [InlineData(Fault.Both, Verdict.Fail, null, "both: model below it fails in another way: ESR 0x0")]
    [InlineData(Fault.Unknown, Verdict.Skip, null, "not known: model below it was not asked: ESR 0x0")]
    public void Every_report_says_it(Fault fault, Verdict verdict, string? waiver, string says)
    {
        RunRecord record = Attributed(fault, verdict, waiver);

        ConsoleReport.Text(record).ShouldContain($"fault     {says}");
        ConsoleReport.Text(record).ShouldContain($"Faults   3 {Attribution.InWords(fault, "qemu", "model")} (asked: model 9)");
        HtmlReport.Text(record).ShouldContain($"Fault {says}");
        JUnitReport.Text(record).ShouldContain($"fault     {says}");
        TapReport.Text(record).ShouldContain($"fault: \"{says}\"");
        JsonReport.Text(record).ShouldContain($"\"fault\": \"{says}\"");
    }

    [Fact]
    public void Failures_with_another_fault_are_another_finding()
    {
        RunRecord record = Attributed(Fault.Device, Verdict.Pass, null);
        RecordedCase[] failures = [.. record.Cases.Where(c => c.Verdict == Verdict.Fail)];
        RunRecord twice = record with
        {
            Cases = [failures[0], failures[0] with { Id = "x/y/z", Attribution = failures[0].Attribution! with { Fault = Fault.Both } }],
        };

        Reports.Failures.Cluster.Of(twice, Verdict.Fail).Count.ShouldBe(2);
    }

    private static RunRecord Attributed(Fault fault, Verdict verdict, string? waiver)
    {
        string reason = verdict == Verdict.Pass ? "" : "ESR 0x0";
        AttributionSummary empty = new("model", "model 9", 0, 0, 0, 0);
        return Sample.Record with
        {
            Summary = Sample.Record.Summary with
            {
                Attribution = fault switch
                {
                    Fault.Device => empty with { Device = 3 },
                    Fault.Below => empty with { Inherited = 3 },
                    Fault.Both => empty with { Both = 3 },
                    _ => empty with { Unknown = 3 },
                },
            },
            Cases = [.. Sample.Record.Cases.Select(c => c.Verdict is Verdict.Fail or Verdict.Error ? c with { Attribution = new(c.Id, fault, verdict, reason, waiver) } : c)],
        };
    }
}
