using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Kvm;
using Conformance.Harness.Programs;
using Conformance.Harness.Tests.Executive;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>A real kernel with KVM inside real QEMU: what cases see at virtual EL2, and what it costs when one of them does harm.</summary>
public class KvmDeviceTests
{
    private static readonly KvmOptions s_options = new() { CaseTimeout = TimeSpan.FromSeconds(4) };

    [KvmFact]
    public void Virtual_EL2_with_E2H_runs_cases_at_three_levels_and_one_that_does_harm_costs_one_case()
    {
        using var device = new KvmDevice(s_options);
        device.Info.HasVirtualEl2.ShouldBeTrue(); // the leaks of FEAT_NV2 apply
        Case[] cases =
        [
            .. Levels("before"), Aliased("SCTLR_EL1", 0x34C5_CF80 | 1UL << 26), Sample.Loop("loop"), .. Levels("loop"), Sample.Overwrite("overwrite"),
            .. Levels("overwrite"), Sample.Of("off", 2, a => a.MovImm(Reg.X0, 0x8400_0008).Smc()), .. Levels("off"),
        ];

        (Verdict[] verdicts, Judgement[] judged) = Judged(device, cases);

        string[] harmful = [.. judged.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Case.Id)];
        harmful.ShouldBe(["sample/loop", "sample/overwrite", "sample/off"]);
        verdicts.Count(v => v == Verdict.Error).ShouldBe(3);
        judged[7].Reason.ShouldContain("PC=0x40200000");
        judged[21].Reason.ShouldContain("system event");
        device.Info.HighestLevel.ShouldBe(2);
        device.Info.Features.Has("FEAT_NV2").ShouldBeTrue();
        device.Info.Features.Has("FEAT_E2H0").ShouldBeFalse();
    }

    [KvmFact]
    public void Virtual_EL2_without_E2H_runs_cases_at_three_levels()
    {
        using var device = new KvmDevice(s_options with { Kind = KvmKind.E2h0 });

        (Verdict[] verdicts, _) = Judged(device, [.. Levels("e2h0"), Aliased("CPACR_EL1", 3UL << 20)]);

        verdicts.ShouldAllBe(v => v == Verdict.Pass);
        device.Info.Features.Has("FEAT_E2H0").ShouldBeTrue();
        device.Info.Features.Has("FEAT_VHE").ShouldBeFalse();
    }

    [KvmFact]
    public void A_CPU_without_FEAT_NV2_and_a_boot_without_the_parameter_are_unavailable_with_the_reason()
    {
        Should.Throw<DeviceUnavailableException>(() => new KvmDevice(s_options with { Cpu = "cortex-a76" })).What.ShouldContain("no virtual EL2");
        Should.Throw<DeviceUnavailableException>(() => new KvmDevice(s_options with { KernelParameters = "" })).What.ShouldContain("kvm-arm.mode=nested");
    }

    /// <summary>An SVC and an addition at each level.</summary>
    private static IEnumerable<Case> Levels(string name) =>
        Enumerable.Range(0, 3).SelectMany(level => new[] { Sample.Svc($"{name}-svc{level}", level), Sample.Add($"{name}-add{level}", level) });

    /// <summary>A register of EL1 that EL2 reaches by another name when E2H is 1: EL1 reads what was set.</summary>
    private static Case Aliased(string register, ulong value)
    {
        Case read = Sample.Of(
            $"read-{register}", 1, a => a.Mrs(Reg.X0, register), new FieldExpectation(FieldNames.Target, 0),
            new FieldExpectation("X0", value), new FieldExpectation(register, value));
        return read with { Registers = [new RegisterValue(register, value)] };
    }

    private static (Verdict[] Verdicts, Judgement[] Judged) Judged(KvmDevice device, Case[] cases)
    {
        Judgement[] judged = [.. cases.Zip(device.Run(cases, CancellationToken.None), Judge.Of)];
        return ([.. judged.Select(j => j.Verdict)], judged);
    }
}
