using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Gdb;
using Conformance.Harness.Programs;
using Conformance.Harness.Tests.Executive;

namespace Conformance.Harness.Tests.Devices.Gdb;

/// <summary>QEMU behind its own stub, and stubs that do not do what is needed.</summary>
public class GdbDeviceTests
{
    [QemuFact]
    public void Cases_at_every_level_are_observed_as_the_architecture_says()
    {
        List<Case> cases = [.. Enumerable.Range(0, 4).SelectMany(level => new[] { Sample.Svc($"svc{level}", level), Sample.Add($"add{level}", level) })];

        Judged(cases).Select(j => j.Verdict).ShouldAllBe(v => v == Verdict.Pass);
    }

    [QemuFact]
    public void A_case_that_loops_for_ever_or_overwrites_the_executive_costs_one_case()
    {
        Judgement[] judged = Judged(
            [Sample.Svc("a", 1), Sample.Loop("loop"), Sample.Svc("b", 1), Sample.Overwrite("overwrite"), Sample.Svc("c", 1)], reset: "system_reset");

        judged.Select(j => j.Verdict).ShouldBe([Verdict.Pass, Verdict.Error, Verdict.Pass, Verdict.Error, Verdict.Pass]);
        judged[1].Reason.ShouldContain("no end within 0.5 s, PC=0x40200000");
        judged[3].Reason.ShouldContain("the executive's code");
    }

    [QemuFact]
    public void A_case_that_powers_the_machine_off_costs_one_case()
    {
        Case off = Sample.Of("off", 1, a => a.MovImm(Reg.X0, 0x8400_0008).Smc()); // PSCI SYSTEM_OFF, where QEMU is the firmware

        Judgement[] judged = Judged([Sample.Svc("a", 1), off, Sample.Svc("b", 1)], machine: "virt,virtualization=on,gic-version=3");

        judged.Select(j => j.Verdict).ShouldBe([Verdict.Pass, Verdict.Error, Verdict.Pass]);
        judged[1].Reason.ShouldContain("the target has ended");
    }

    [QemuFact]
    public void Killing_the_target_in_mid_run_costs_at_most_one_case()
    {
        using var device = new GdbDevice(Qemu() with { BatchSize = 64 });
        List<Case> cases = [.. Enumerable.Range(0, 512).Select(n => Sample.Svc($"svc{n}", n % 4, n))];
        List<Observation> seen = [];
        foreach (Observation observation in device.Run(cases, CancellationToken.None))
        {
            seen.Add(observation);
            if (seen.Count == 100)
            {
                using Process qemu = Process.GetProcessById(device.ProcessId.ShouldNotBeNull());
                qemu.Kill();
                qemu.WaitForExit();
            }
        }

        seen.Count.ShouldBe(512);
        cases.Zip(seen, (c, o) => Judge.Of(c, o).Verdict).Count(v => v != Verdict.Pass).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Memory_that_cannot_be_written_is_one_clear_sentence() =>
        Unavailable(new StuckTarget { WritableBelow = 0x4014_0000 }).ShouldContain("the target refuses to write 64 bytes at 0x41000000 (E14)");

    [Fact]
    public void Memory_that_forgets_is_noticed() =>
        Unavailable(new StuckTarget { Forgets = true }).ShouldContain("memory at 0x40140000 does not keep what is written");

    [Fact]
    public void A_register_that_the_stub_does_not_describe_is_named_with_those_it_has() =>
        Unavailable(new StuckTarget { PstateName = "spsr" }).ShouldContain("no register 'cpsr'; it has pc, spsr");

    [Theory]
    [InlineData(0x3C0ul)] // EL0
    [InlineData(0x1D3ul)] // AArch32
    public void A_target_that_stands_where_the_executive_cannot_be_started_says_how_to_mend_it(ulong pstate) =>
        Unavailable(new StuckTarget { Pstate = pstate }).ShouldContain("not at EL1 to EL3 in AArch64; give 'pstate'");

    [Fact]
    public void An_executive_that_gets_nowhere_is_interrupted() =>
        Unavailable(new StuckTarget()).ShouldContain("no end within 1 s, PC=0x40140000");

    [Fact]
    public void A_target_that_stops_for_no_reason_is_given_up() =>
        Unavailable(new StuckTarget { StopsAtOnce = true }).ShouldContain("stops again and again at PC=0x40140000");

    [Fact]
    public void A_port_at_which_nobody_listens_is_one_clear_sentence() =>
        Should.Throw<DeviceUnavailableException>(() => new GdbDevice(new GdbTarget { Host = "127.0.0.1", Port = FreePort() }))
            .Message.ShouldContain("nobody answers at 127.0.0.1:");

    [Fact]
    public void A_target_whose_program_is_missing_or_ends_at_once_says_so()
    {
        GdbTarget target = new() { Host = "127.0.0.1", Port = FreePort(), Start = ["/nonexistent/emulator"] };

        Should.Throw<DeviceUnavailableException>(() => new GdbDevice(target)).Message.ShouldContain("/nonexistent/emulator cannot be started");
        Should.Throw<DeviceUnavailableException>(() => new GdbDevice(target with { Start = ["sh", "-c", "echo no board >&2; exit 7"] }))
            .Message.ShouldContain("sh ended with exit code 7: no board");
    }

    private static string Unavailable(StuckTarget machine)
    {
        using var stub = new FakeStub(machine);
        string message = Should.Throw<DeviceUnavailableException>(() => new GdbDevice(stub.Description)).Message;
        message.ShouldNotContain("\n");
        return message;
    }

    private static Judgement[] Judged(IReadOnlyList<Case> cases, string? reset = null, string machine = "virt,secure=on,virtualization=on,gic-version=3")
    {
        GdbTarget target = Qemu(machine);
        using var device = new GdbDevice(reset is null ? target
            : target with { Reset = reset, Start = [.. target.Start.Where(a => a != "-no-reboot")] });
        return [.. cases.Zip(device.Run(cases, CancellationToken.None), Judge.Of)];
    }

    private static GdbTarget Qemu(string machine = "virt,secure=on,virtualization=on,gic-version=3")
    {
        int port = FreePort();
        return new GdbTarget
        {
            Host = "127.0.0.1",
            Port = port,
            CaseTimeout = TimeSpan.FromSeconds(0.5),
            Start =
            [
                "qemu-system-aarch64", "-nodefaults", "-display", "none", "-no-reboot", "-M", machine, "-cpu", "max", "-m", "128M",
                "-S", "-gdb", $"tcp:127.0.0.1:{port}",
            ],
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
