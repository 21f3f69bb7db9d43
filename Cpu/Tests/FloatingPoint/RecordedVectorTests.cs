using System.Globalization;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.FloatingPoint;

/// <summary>Every floating-point encoding on operands that raise different flags, against what QEMU 10.0.2 did.</summary>
/// <remarks>The head of the file says what the columns are.</remarks>
public sealed class RecordedVectorTests
{
    private static readonly string[] s_lines =
        [.. File.ReadLines(Fixture("vectors/floating-point.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void Every_recorded_instruction_gives_the_recorded_registers_and_flags()
    {
        var machine = new TestMachine();
        IEnumerable<string> wrong =
            from line in s_lines
            let got = Executed(machine, line)
            where got != line
            select $"{A64.Decode(Word(line))?.Name}\n  recorded {line}\n  got      {got}";

        wrong.Take(5).ShouldBeEmpty();
    }

    [Fact]
    public void Every_floating_point_row_has_a_recorded_instruction()
    {
        HashSet<string> recorded = [.. s_lines.Select(line => A64.Decode(Word(line))!.Name)];
        A64.Rows
            .Where(row => row.DeclaredAt.Contains("ScalarFloatingPoint", StringComparison.Ordinal)
                || row.DeclaredAt.Contains("AdvancedSimdFloatingPoint", StringComparison.Ordinal))
            .Select(row => row.Name)
            .Except(recorded)
            .ShouldBeEmpty();
    }

    /// <summary>Executes the left side of a line and writes the line with what came out on the right.</summary>
    private static string Executed(TestMachine machine, string line)
    {
        string given = line[..line.IndexOf('=', StringComparison.Ordinal)];
        string[] columns = given.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Core core = machine.Core;
        machine.Set("FPCR", Hex(columns[1])).Set("FPSR", Hex(columns[2]));
        core.Pstate.Nzcv = (byte)Hex(columns[3]);
        core.SetX(0, 0x55);
        core.SetX(1, Hex(columns[4]));
        core.SetX(2, 0);
        core.SetX(3, 0);
        for (int n = 0; n < 4; n++)
        {
            string[] halves = columns[5 + n].Split(':');
            core.V[2 * n] = Hex(halves[1]);
            core.V[2 * n + 1] = Hex(halves[0]);
        }

        core.V[36] = core.V[4];
        core.V[37] = core.V[5];
        machine.Run(Word(line));
        return $"{given}= {core.V[1]:x}:{core.V[0]:x} {machine.Get("FPSR"):x} {core.Pstate.Nzcv:x} {core.GetX(0):x}";
    }

    private static uint Word(string line) => (uint)Hex(line[..8]);

    private static ulong Hex(string text) => ulong.Parse(text, NumberStyles.HexNumber);

    private static string Fixture(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Conformance.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "Fixtures", path);
    }
}
