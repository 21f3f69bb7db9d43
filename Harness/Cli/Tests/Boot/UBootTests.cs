using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Conformance.Cli.Tests.Boot;

/// <summary>Debian's U-Boot boots from flash to its prompt, takes commands from standard input, and answers as on QEMU.</summary>
public sealed class UBootTests
{
    /// <summary>What a command that looks for Ctrl-C on the way (md) may swallow.</summary>
    private const string Bait = "                ";

    /// <summary>An empty line stops the countdown; what is written to RAM is summed and shown; the last command ends the machine.</summary>
    private const string Commands =
        "\nversion\nbdinfo\nprintenv\nmd 0 10\n" + Bait + "crc32 0 ed000\nmw.l 40400000 12345678 100\nmd.b 40400000 20\n"
        + Bait + "crc32 40400000 400\npoweroff\n";

    /// <summary>Lines that tell the boards apart: ours has neither PCI nor GPIO, so U-Boot finds fewer devices in the device tree.</summary>
    private static readonly string[] s_boardSpecific = ["Core:  ", "Early malloc usage: "];

    [UBootTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_boots_and_takes_commands(int level)
    {
        string[] answers = OnModel(level, Commands);
        answers.ShouldContain(l => l.StartsWith("U-Boot 20", StringComparison.Ordinal));
        answers.ShouldContain("DRAM:  128 MiB");
        answers.ShouldContain("Flash: 64 MiB");
        answers.ShouldContain("-> size     = 0x0000000008000000");
        answers.ShouldContain("baudrate=115200");
        answers.ShouldContain("40400000: 78 56 34 12 78 56 34 12 78 56 34 12 78 56 34 12  xV4.xV4.xV4.xV4.");
        answers.ShouldContain("crc32 for 40400000 ... 404003ff ==> f89c6f94");
        answers.ShouldContain("poweroff ...");
    }

    [UBootTheory(withQemu: true)]
    [InlineData(1)]
    [InlineData(2)]
    public void It_answers_as_on_QEMU(int level)
    {
        string[] expected = Comparable(OnQemu(level, Commands));
        expected.Length.ShouldBeGreaterThan(100);
        Comparable(OnModel(level, Commands)).ShouldBe(expected);
    }

    [UBootTheory]
    [InlineData(2)]
    public void What_it_saves_in_flash_is_there_after_a_reset(int level)
    {
        string[] answers = OnModel(level, "\nsetenv greeting hello\nsaveenv\n" + Bait + Bait + "reset\n\necho ${greeting} again\npoweroff\n");
        answers.ShouldContain(l => l.Contains("bad CRC, using default environment", StringComparison.Ordinal));
        answers.ShouldContain("Loading Environment from Flash... OK");
        answers.ShouldContain("hello again");
    }

    private static string[] OnModel(int level, string commands)
    {
        using var session = new Session { Input = commands };
        ExitCode code = session.RunStandard(
            "exec", "--bios", UBootTheoryAttribute.Path, "--el", level.ToString(CultureInfo.InvariantCulture), "--max-instructions", "3000000000");
        (code, session.Error).ShouldBe((ExitCode.Ok, ""), session.Uart);
        return Lines(session.Uart);
    }

    private static string[] OnQemu(int level, string commands)
    {
        string[] arguments =
        [
            "-M", $"virt,gic-version=3,virtualization={(level == 2 ? "on" : "off")}", "-cpu", "max", "-bios", UBootTheoryAttribute.Path,
            "-display", "none", "-monitor", "none", "-serial", "stdio", "-nic", "none",
        ];
        using Process qemu = Process.Start(new ProcessStartInfo("qemu-system-aarch64", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            // What is sent before U-Boot has set up the UART is lost on QEMU.
            var before = new StringBuilder();
            while (!before.ToString().EndsWith("autoboot:", StringComparison.Ordinal) && qemu.StandardOutput.Read() is int c and >= 0)
            {
                before.Append((char)c);
            }

            Task<string> output = qemu.StandardOutput.ReadToEndAsync();
            qemu.StandardInput.Write(commands);
            qemu.StandardInput.Flush();
            output.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue("QEMU does not end");
            return Lines(before + output.Result);
        }
        finally
        {
            qemu.Kill();
        }
    }

    private static string[] Comparable(string[] lines) =>
        [.. lines.Where(l => !s_boardSpecific.Any(s => l.StartsWith(s, StringComparison.Ordinal))).Select(l => l.Replace(" ", "", StringComparison.Ordinal))];

    private static string[] Lines(string output) => output.Replace("\r", "", StringComparison.Ordinal).Split('\n');
}
