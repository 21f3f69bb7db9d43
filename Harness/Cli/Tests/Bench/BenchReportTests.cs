using System.Text.Json;
using Conformance.Cli.Bench;
using Conformance.Harness.Devices;
using Conformance.Harness.Spec;

namespace Conformance.Cli.Tests.Bench;

public class BenchReportTests
{
    private static readonly BenchReport s_report = Report();

    [Fact]
    public void The_table_sets_the_devices_side_by_side() => s_report.Table().ShouldBe("""
                       model 1.0   qemu 10.0.2  model / qemu
        cases/s           20,000        10,000          2.00
        accesses/s  not measured  3.00 million
        Per second; medians of 3 runs, the devices in turn.

        """);

    [Fact]
    public void Json_holds_every_run()
    {
        using var json = JsonDocument.Parse(s_report.Json());
        json.RootElement.GetProperty("format").GetString().ShouldBe("conformance-bench/1");
        JsonElement cases = json.RootElement.GetProperty("figures")[0];
        cases.GetProperty("name").GetString().ShouldBe("cases/s");
        JsonElement model = cases.GetProperty("perSecond").GetProperty("model");
        model.GetProperty("median").GetDouble().ShouldBe(20_000);
        model.GetProperty("runs").EnumerateArray().Select(r => r.GetDouble()).ShouldBe([10_000, 20_000, 30_000]);
        json.RootElement.GetProperty("figures")[1].GetProperty("perSecond").TryGetProperty("model", out _).ShouldBeFalse();
    }

    private static BenchReport Report()
    {
        var cases = new Measurement("cases/s", "cases");
        foreach (double run in (double[])[10_000, 20_000, 30_000])
        {
            cases.Add("model", run);
            cases.Add("qemu", 10_000);
        }

        var accesses = new Measurement("accesses/s", "accesses");
        accesses.Add("qemu", 3e6);
        DeviceInfo Info(string name, string version) => new(name, version, new FeatureSet([]), 3, []);
        return new BenchReport([Info("model", "1.0"), Info("qemu", "10.0.2")], 3, [cases, accesses]);
    }
}
