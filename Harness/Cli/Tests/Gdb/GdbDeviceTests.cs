using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Conformance.Harness.Devices.Gdb;
using Conformance.Harness.Tests;

namespace Conformance.Cli.Tests.Gdb;

/// <summary>The suites through a GDB stub give what they give on the device itself.</summary>
public sealed class GdbDeviceTests
{
    private const string Slice = "nv2/priority";
    private static readonly string[] s_qemu = ["qemu-system-aarch64", "-M", "virt,secure=on,virtualization=on,gic-version=3", "-cpu", "max", "-m", "128M", "-nodefaults", "-display", "none", "-S", "-gdb"];

    [QemuFact]
    public void QEMU_behind_its_stub_comes_to_the_verdicts_of_QEMU()
    {
        using var session = new Session();
        int port = FreePort();
        var target = new JsonObject
        {
            ["address"] = $"127.0.0.1:{port}",
            ["version"] = "10.0.2",
            ["waivers"] = "qemu",
            ["start"] = new JsonArray([.. s_qemu.Append($"tcp:127.0.0.1:{port}").Select(a => JsonValue.Create(a))]),
        };
        session.WriteFile("qemu.json", target.ToJsonString());

        ExitCode itself = session.RunStandard("run", "--device", "qemu", "--only", Slice, "--out", "a");
        ExitCode behind = session.RunStandard("run", "--device", "gdb:qemu.json", "--only", Slice, "--out", "b");

        behind.ShouldBe(itself, session.Error);
        Record(session, "b").ShouldBe(Record(session, "a"));
        session.ReadFile("b/cases.jsonl").ShouldBe(session.ReadFile("a/cases.jsonl"));
        Record(session, "b").Count.ShouldBeGreaterThan(100);
        Record(session, "b").ShouldContain(l => l.Contains("\"verdict\":\"pass\"", StringComparison.Ordinal));
        session.ReadFile("b/run.jsonl").ShouldContain($"--device gdb --target qemu.json");
    }

    [Fact]
    public async Task The_model_behind_exec_comes_to_the_verdicts_of_the_model()
    {
        using var stub = new Session();
        File.WriteAllBytes(Path.Combine(stub.Folder, "loop.bin"), [0, 0, 0, 0x14]);
        var exec = Task.Factory.StartNew(
            () => stub.RunStandard("exec", "loop.bin", "--el", "3", "--gdb", "0"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        string waits = await stub.ErrorLine;
        using var session = new Session();
        session.WriteFile("exec.json", $$"""{"address":"{{waits[(waits.LastIndexOf(' ') + 1)..]}}"}""");

        session.RunStandard("run", "--path", "executive", "--only", Slice, "--out", "a").ShouldBe(ExitCode.Ok);
        session.RunStandard("run", "--device", "gdb", "--target", "exec.json", "--only", Slice, "--out", "b").ShouldBe(ExitCode.Ok, session.Error);

        Record(session, "b").ShouldBe(Record(session, "a"));
        (await exec).ShouldBe(ExitCode.Ok); // the debugger went away
    }

    [Fact]
    public void Without_a_description_or_with_a_wrong_one_the_command_line_is_refused()
    {
        using var session = new Session();
        session.WriteFile("wrong.json", """{"address":"nowhere"}""");

        session.StandardRefuses(ExitCode.Usage, "--device gdb: it needs --target FILE.json", "run", "--device", "gdb");
        session.StandardRefuses(ExitCode.Usage, "wrong.json: 'address' must be HOST:PORT", "run", "--device", "gdb:wrong.json");
        session.StandardRefuses(ExitCode.Usage, "--target: does not apply to --device model", "run", "--target", "wrong.json");
        session.WriteFile("nobody.json", $$"""{"address":"127.0.0.1:{{FreePort()}}"}""");
        session.StandardRefuses(ExitCode.DeviceUnavailable, "nobody answers", "run", "--device", "gdb:nobody.json");
    }

    [Fact]
    public void The_example_of_the_page_is_the_file_and_has_at_most_twenty_lines()
    {
        string example = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/gdb-target.json"));

        File.ReadAllText(Path.Combine(SourceTree.Root, "docs/gdb-device.md")).ShouldContain($"```json\n{example}```");
        example.Count(c => c == '\n').ShouldBeLessThanOrEqualTo(20);
        GdbTargetFile.Parse(example, "gdb-target.json").WaiversOf.ShouldBe("qemu");
    }

    /// <summary>The lines of the record without the command that runs the case again, which names the device.</summary>
    private static List<string> Record(Session session, string folder) =>
        [.. session.ReadFile(folder + "/run.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[..l.LastIndexOf(",\"replay\":", StringComparison.Ordinal)])];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
