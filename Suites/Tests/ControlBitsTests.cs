using System.Numerics;
using System.Reflection;
using System.Text.Json;
using Conformance.Harness.Cases;

namespace Conformance.Suites.Tests;

public class ControlBitsTests
{
    private static readonly Dictionary<string, string[]> s_registers = new()
    {
        ["Hcr"] = ["HCR_EL2"],
        ["Scr"] = ["SCR_EL3"],
        ["Sctlr"] = ["SCTLR_EL1", "SCTLR_EL2", "SCTLR_EL3"],
        ["Hcrx"] = ["HCRX_EL2"],
        ["Hfgitr"] = ["HFGITR_EL2"],
        ["MdcrEl2"] = ["MDCR_EL2"],
        ["MdcrEl3"] = ["MDCR_EL3"],
        ["CptrEl2"] = ["CPTR_EL2"],
        ["CptrEl3"] = ["CPTR_EL3"],
        ["Cnthctl"] = ["CNTHCTL_EL2"],
        ["CnthctlGuest"] = ["CNTHCTL_EL2"],
        ["Cntkctl"] = ["CNTKCTL_EL1"],
        ["Mdscr"] = ["MDSCR_EL1"],
    };

    [Fact]
    public void Every_bit_is_where_the_published_register_data_has_the_field()
    {
        Dictionary<string, HashSet<(string, int)>> fields = Fields();
        foreach (Type group in typeof(ControlBits).GetNestedTypes())
        {
            foreach (FieldInfo bit in group.GetFields())
            {
                int position = BitOperations.TrailingZeroCount((ulong)bit.GetRawConstantValue()!);

                s_registers[group.Name].Any(r => fields[r].Contains((bit.Name, position))).ShouldBeTrue($"{group.Name}.{bit.Name}");
            }
        }
    }

    private static Dictionary<string, HashSet<(string, int)>> Fields()
    {
        using Stream stream = typeof(Baseline).Assembly.GetManifestResourceStream("Fixtures/spec/registers.jsonl")!;
        using var reader = new StreamReader(stream);
        Dictionary<string, HashSet<(string, int)>> found = [];
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("k").GetString() != "reg")
            {
                continue;
            }

            found[json.RootElement.GetProperty("name").GetString()!] =
            [
                .. json.RootElement.GetProperty("layouts").EnumerateArray()
                    .SelectMany(l => l.GetProperty("f").EnumerateArray())
                    .Select(f => (f[2].GetString()!, f[1].GetInt32())),
            ];
        }

        return found;
    }
}
