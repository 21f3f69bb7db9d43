using Conformance.Cli.Bench;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Tests;

namespace Conformance.Cli.Tests.Bench;

public class WorkloadTests
{
    public static TheoryData<int> Workloads { get; } = new(Enumerable.Range(0, Workload.All.Count));

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Workloads_are_cases_by_the_contract(int workload) => CaseCheck.FirstProblem(Workload.All[workload].Case).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Workloads_run_to_their_end_on_the_model(int workload) =>
        RunsToItsEnd(new DeviceChoice { Path = "executive" }, Workload.All[workload]);

    [QemuFact]
    public void Workloads_run_to_their_end_on_QEMU()
    {
        foreach (Workload workload in Workload.All)
        {
            RunsToItsEnd(new DeviceChoice { Device = "qemu" }, workload);
        }
    }

    private static void RunsToItsEnd(DeviceChoice choice, Workload workload)
    {
        using IDevice device = Composition.Standard.Open(choice);
        Observation seen = device.Run([workload.Case], CancellationToken.None).Single();
        Judge.Of(workload.Case, seen).Reason.ShouldBe("");
    }
}
