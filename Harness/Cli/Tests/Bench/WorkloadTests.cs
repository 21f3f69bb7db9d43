using Conformance.Cli.Bench;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Tests;

namespace Conformance.Cli.Tests.Bench;

public class WorkloadTests
{
    private static readonly IReadOnlyList<Workload> s_all = [.. Workload.All, .. InstructionWorkloads.All];

    public static TheoryData<int> Workloads { get; } = new(Enumerable.Range(0, s_all.Count));

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Workloads_are_cases_by_the_contract(int workload) => CaseCheck.FirstProblem(s_all[workload].Case).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Workloads_run_to_their_end_on_the_model(int workload) =>
        RunsToItsEnd(new DeviceChoice { Path = "executive" }, s_all[workload]);

    [QemuFact]
    public void Workloads_run_to_their_end_on_QEMU()
    {
        foreach (Workload workload in s_all)
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
