using System.Globalization;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>Results that another implementation gave, for every encoding that does not access memory.</summary>
public sealed class AdvancedSimdGoldenTests
{
    private const ulong X3 = 0xffff_ffff_ffff_ffe8;

    private static readonly ulong[] s_edges =
    [
        0, ulong.MaxValue, 0x8000_0000_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8080_8080_8080_8080, 0x7f7f_7f7f_7f7f_7f7f,
        0x8000_8000_8000_8000, 0x7fff_7fff_7fff_7fff, 0x8000_0000_8000_0000, 0x7fff_ffff_7fff_ffff, 1, 0x0101_0101_0101_0101,
        0x0001_0001_0001_0001, 0x0000_0001_0000_0001, 0xff00_ff00_ff00_ff00, 0x40c0_4040_c0c0_40c0,
    ];

    private static readonly string[] s_lines =
        [.. File.ReadLines(GoldenFile.Path("advanced-simd.csv")).Where(line => !line.StartsWith('#'))];

    [Fact]
    public void Every_recorded_result_comes_out_again()
    {
        Core core = SimdStep.Run(0xd503_201f, _ => { });   // nop
        List<string> wrong = [.. s_lines.Select(line => Difference(core, line)).OfType<string>()];
        wrong.ShouldBeEmpty();
        s_lines.Length.ShouldBeGreaterThan(1500);
    }

    [Fact]
    public void Every_encoding_that_does_not_access_memory_has_recorded_results()
    {
        HashSet<string> recorded = [.. s_lines.Select(line => line.Split(',')[0])];
        IEnumerable<string> missing =
            from row in AdvancedSimdRows.All
            where !AdvancedSimdRows.AccessesMemory(row) && !recorded.Contains(row.Name.Split(' ')[0])
            select row.Name;
        missing.ShouldBeEmpty();
    }

    private static string? Difference(Core core, string line)
    {
        string[] columns = line.Split(',');
        uint word = uint.Parse(columns[1], NumberStyles.HexNumber);
        ulong[] before = Registers(ulong.Parse(columns[2], NumberStyles.None));
        before.CopyTo(core.V, 0);
        core.SetX(3, X3);
        core.System[Slots.FPSR] = 0;
        ulong exceptions = core.ExceptionCount;
        SimdStep.Execute(core, word);

        bool undefined = core.ExceptionCount != exceptions;
        int d = (int)word & 31;
        bool toX = columns[0].StartsWith("UMOV", StringComparison.Ordinal) || columns[0].StartsWith("SMOV", StringComparison.Ordinal);
        string result = undefined ? "undefined" : toX ? $"{core.GetX(d):x}" : $"{core.Q(d):x32}";
        string saturated = SimdStep.SaturationSet(core) ? "1" : "0";
        bool others = Enumerable.Range(0, 64).All(i => core.V[i] == before[i] || (i / 2 == d && !toX && !undefined));
        return result == columns[3] && saturated == columns[4] && others
            ? null
            : $"{columns[0]} 0x{word:x8} with seed {columns[2]}: {result},{saturated} and not {columns[3]},{columns[4]}"
                + (others ? "" : ", and another V register changed");
    }

    /// <summary>V0 to V31 as pairs: random bytes (SplitMix64), some or all of them replaced by those of a value where things overflow.</summary>
    private static ulong[] Registers(ulong state)
    {
        ulong[] v = new ulong[64];
        for (int i = 0; i < v.Length; i++)
        {
            ulong choice = Next(ref state);
            ulong random = Next(ref state);
            ulong mask = ((int)(choice >> 4) & 7) switch
            {
                0 or 1 => 0,
                2 or 3 => ulong.MaxValue,
                _ => Enumerable.Range(0, 8).Where(b => (choice >> 8 + b & 1) != 0).Aggregate(0ul, (m, b) => m | 0xfful << 8 * b),
            };
            v[i] = s_edges[(int)choice & 15] & mask | random & ~mask;
        }

        return v;
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9e37_79b9_7f4a_7c15;
        ulong z = (state ^ state >> 30) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ z >> 27) * 0x94d0_49bb_1331_11eb;
        return z ^ z >> 31;
    }
}
