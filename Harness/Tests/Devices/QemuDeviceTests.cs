using System.Diagnostics;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Qemu;
using Conformance.Harness.Programs;
using Conformance.Harness.Tests.Executive;

namespace Conformance.Harness.Tests.Devices;

/// <summary>Real QEMU: what cases see there, and what it costs when one of them does harm.</summary>
public class QemuDeviceTests
{
    private static readonly QemuOptions s_options = new() { CaseTimeout = TimeSpan.FromSeconds(2) };

    [QemuFact]
    public void Cases_at_every_level_are_observed_as_the_architecture_says()
    {
        List<Case> cases = [.. Enumerable.Range(0, 4).SelectMany(level => new[] { Sample.Svc($"svc{level}", level), Sample.Add($"add{level}", level) })];

        Verdicts(cases, s_options).ShouldAllBe(v => v == Verdict.Pass);
    }

    [QemuFact]
    public void A_case_that_loops_for_ever_costs_one_case_and_says_where_it_hangs()
    {
        (Verdict[] verdicts, Judgement[] judged) = RunAround(Sample.Loop("loop"));

        verdicts.ShouldBe([Verdict.Pass, Verdict.Error, Verdict.Pass]);
        judged[1].Reason.ShouldContain("PC=0x40200000, EL1h");
    }

    [QemuFact]
    public void A_case_that_overwrites_the_executive_costs_one_case()
    {
        (Verdict[] verdicts, Judgement[] judged) = RunAround(Sample.Overwrite("overwrite"));

        verdicts.ShouldBe([Verdict.Pass, Verdict.Error, Verdict.Pass]);
        judged[1].Reason.ShouldContain("the executive's code");
    }

    [QemuFact]
    public void A_case_that_powers_the_machine_off_costs_one_case()
    {
        // PSCI SYSTEM_OFF: with the executive at EL2, QEMU is the firmware that answers SMC.
        Case off = Sample.Of("off", 1, a => a.MovImm(Reg.X0, 0x8400_0008).Smc());

        (Verdict[] verdicts, Judgement[] judged) = RunAround(off, s_options with { StartLevel = 2 });

        verdicts.ShouldBe([Verdict.Pass, Verdict.Error, Verdict.Pass]);
        judged[1].Reason.ShouldContain("QEMU ended");
    }

    [QemuFact]
    public void A_case_that_breaks_its_vectors_its_stacks_and_HCR_does_not_break_the_next_one()
    {
        (Verdict[] verdicts, _) = RunAround(Sample.BreaksItsOwnVectors("wild"));

        verdicts[0].ShouldBe(Verdict.Pass);
        verdicts[1].ShouldNotBe(Verdict.Pass);
        verdicts[2].ShouldBe(Verdict.Pass);
    }

    [QemuFact]
    public void Killing_QEMU_in_mid_run_costs_at_most_one_case()
    {
        using var device = new QemuDevice(s_options with { BatchSize = 64 });
        List<Case> cases = [.. Enumerable.Range(0, 512).Select(n => Sample.Svc($"svc{n}", n % 4, n))];
        List<Observation> seen = [];
        foreach (Observation observation in device.Run(cases, CancellationToken.None))
        {
            seen.Add(observation);
            if (seen.Count == 100)
            {
                device.ProcessId.ShouldNotBeNull();
                using Process qemu = Process.GetProcessById(device.ProcessId.Value);
                qemu.Kill();
                qemu.WaitForExit();
            }
        }

        Verdict[] verdicts = [.. cases.Zip(seen, (c, o) => Judge.Of(c, o).Verdict)];
        verdicts.Length.ShouldBe(512);
        verdicts.Count(v => v != Verdict.Pass).ShouldBeLessThanOrEqualTo(1);
    }

    [QemuFact]
    public void Started_lower_the_executive_says_what_it_cannot_do()
    {
        using var device = new QemuDevice(s_options with { StartLevel = 1 });

        device.Info.HighestLevel.ShouldBe(1);
        device.Info.Notes.ShouldHaveSingleItem().ShouldContain("EL1");
        Observation[] seen = [.. device.Run([Sample.Svc("svc1", 1), Sample.Svc("svc2", 2)], CancellationToken.None)];
        Judge.Of(Sample.Svc("svc1", 1), seen[0]).Verdict.ShouldBe(Verdict.Pass);
        seen[1].ShouldBeOfType<Observation.Refused>().Reason.ShouldContain("needs EL2");
    }

    [Fact]
    public void A_missing_QEMU_is_one_clear_sentence_with_the_command_that_mends_it()
    {
        DeviceUnavailableException missing = Should.Throw<DeviceUnavailableException>(
            () => new QemuDevice(new QemuOptions { Executable = "/nonexistent/qemu-system-aarch64" }));

        missing.Message.ShouldContain("not installed");
        missing.Message.ShouldContain("apt-get install");
        missing.Message.ShouldNotContain("\n");
    }

    private static (Verdict[] Verdicts, Judgement[] Judged) RunAround(Case harm, QemuOptions? options = null)
    {
        Judgement[] judged = Judged([Sample.Svc("before", 1), harm, Sample.Svc("after", 1)], options ?? s_options);
        return ([.. judged.Select(j => j.Verdict)], judged);
    }

    private static Verdict[] Verdicts(IReadOnlyList<Case> cases, QemuOptions options) => [.. Judged(cases, options).Select(j => j.Verdict)];

    private static Judgement[] Judged(IReadOnlyList<Case> cases, QemuOptions options)
    {
        using var device = new QemuDevice(options);
        return [.. cases.Zip(device.Run(cases, CancellationToken.None), Judge.Of)];
    }
}
