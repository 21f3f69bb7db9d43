using System.Diagnostics;
using System.Globalization;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Cli.Tests.Gdb;

/// <summary>Real GDB against <c>exec --gdb</c> on a machine with two PEs.</summary>
public sealed class GdbTests
{
    private const ulong Image = 0x4008_0000;
    private const ulong Cell = 0x4010_0000;
    private const ulong CpuOn = 0xc400_0003;

    private readonly ulong _loop;
    private readonly ulong _store;
    private readonly ulong _second;
    private readonly byte[] _program;

    /// <summary>The first PE switches the second one on, with 77 as its context; then both count, the first in memory.</summary>
    public GdbTests()
    {
        var a = new Assembler(Image);
        Label second = a.NewLabel(), loop = a.NewLabel(), again = a.NewLabel();
        a.MovImm(X0, CpuOn).MovImm(X1, 1).Adr(X2, second).MovImm(X3, 77).Smc().MovImm(X21, Cell).MovImm(X20, 0);
        _loop = a.Here;
        a.Bind(loop).AddImm(X20, X20, 1);
        _store = a.Here;
        a.Str(X20, X21).B(loop);
        _second = a.Here;
        a.Bind(second).Mov(X20, X0);
        a.Bind(again).AddImm(X20, X20, 1).B(again);
        _program = a.ToBytes();
    }

    [GdbFact]
    public void GDB_breaks_steps_and_sees_the_threads()
    {
        string said = Debug(
            "info threads", $"break *{_loop}", "continue", "info threads", "stepi", "printf \"x20=%d\\n\", $x20", "thread 2",
            $"printf \"second=%d\\n\", $pc=={_second}", "stepi", "stepi", "printf \"x20=%d mpidr=%x\\n\", $x20, $MPIDR_EL1", "kill");

        said.ShouldContain("Thread 2 (PE 1: off)");
        said.ShouldContain("Thread 1 hit Breakpoint 1");
        said.ShouldContain("Thread 2 (PE 1: EL2)");
        said.ShouldContain("x20=1\n");
        said.ShouldContain("second=1\n");
        said.ShouldContain("x20=78 mpidr=80000001\n");
    }

    [GdbFact]
    public void GDB_reads_and_writes_registers_system_registers_and_memory()
    {
        string said = Debug(
            "set $x20 = 1000", "set $VBAR_EL2 = 0x40123800", "set $v3.du[1] = 9", "set $cpsr = 0x600003c9",
            $"set var *(long*){Cell} = 5", "printf \"%d %x %d %x\\n\", $x20, $VBAR_EL2, $v3.du[1], $cpsr",
            $"printf \"cell=%d\\n\", *(long*){Cell}", $"x/1wx {Image}", $"break *{_loop}", "continue", "stepi", "stepi",
            $"printf \"now=%d\\n\", *(long*){Cell}", "kill");

        said.ShouldContain("1000 40123800 9 600003c9\n");
        said.ShouldContain("cell=5\n");
        said.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"0x{BitConverter.ToUInt32(_program):x8}"));
        said.ShouldContain("now=1\n");
    }

    [GdbFact]
    public void GDB_stops_at_a_watchpoint()
    {
        string said = Debug($"watch *(long*){Cell}", "continue", "continue", $"rwatch *(long*){Cell + 8}", "kill");

        said.ShouldContain("Old value = 0\nNew value = 1");
        said.ShouldContain("Old value = 1\nNew value = 2");
    }

    [GdbFact]
    public void A_program_goes_on_after_GDB_has_detached()
    {
        using var session = new Session();
        (int code, string said) = Run(session, ["--max-instructions", "100000"], $"break *{_store}", "continue", "detach");

        said.ShouldContain("hit Breakpoint 1");
        code.ShouldBe((int)ExitCode.Failures);
        session.Error.ShouldContain("no end within 100000 instructions");
    }

    [Theory]
    [InlineData("port")]
    [InlineData("nowhere.invalid:1")]
    [InlineData("99999")]
    public void A_place_that_is_none_is_refused(string place)
    {
        using var session = new Session();
        File.WriteAllBytes(Path.Combine(session.Folder, "two.bin"), _program);
        session.StandardRefuses(ExitCode.Usage, $"--gdb: '{place}' is no place to wait for GDB", "exec", "two.bin", "--gdb", place);
    }

    private string Debug(params string[] commands)
    {
        using var session = new Session();
        (int code, string said) = Run(session, [], commands);
        code.ShouldBe(0, said);
        return said;
    }

    /// <summary>Runs the program and GDB side by side.</summary>
    private (int Code, string Said) Run(Session session, string[] options, params string[] commands)
    {
        File.WriteAllBytes(Path.Combine(session.Folder, "two.bin"), _program);
        Task<int> run = Task.Run(() => (int)session.RunStandard(["exec", "two.bin", "--smp", "2", "--gdb", "0", .. options]));
        Task<string> waits = session.ErrorLine;
        Task.WaitAny([waits, run]).ShouldBe(0, session.Error);
        string place = waits.Result[(waits.Result.LastIndexOf(' ') + 1)..];
        string said = Gdb([$"target remote {place}", .. commands]);
        return (run.Result, said);
    }

    private static string Gdb(string[] commands)
    {
        var start = new ProcessStartInfo(GdbFactAttribute.Program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["-nx", "-batch", "-ex", "set pagination off", "-ex", "set architecture aarch64"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string command in commands)
        {
            start.ArgumentList.Add("-ex");
            start.ArgumentList.Add(command);
        }

        using Process gdb = Process.Start(start)!;
        Task<string> errors = gdb.StandardError.ReadToEndAsync();
        string said = gdb.StandardOutput.ReadToEnd();
        gdb.WaitForExit();
        return said + errors.Result;
    }
}
