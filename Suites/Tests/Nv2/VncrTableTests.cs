using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Spec;
using Conformance.Suites.Nv2;

namespace Conformance.Suites.Tests.Nv2;

public class VncrTableTests
{
    [Theory]
    [InlineData("VTTBR_EL2", 0x020)]
    [InlineData("HCR_EL2", 0x078)]
    [InlineData("VNCR_EL2", 0x0B0)]
    [InlineData("SCTLR_EL1", 0x110)]
    [InlineData("SCTLR_EL12", 0x110)]
    [InlineData("MDSCR_EL1", 0x158)]
    [InlineData("CNTP_CTL_EL02", 0x180)]
    [InlineData("SP_EL1", 0x240)]
    [InlineData("VBAR_EL12", 0x250)]
    [InlineData("ICH_LR15_EL2", 0x478)]
    [InlineData("ICH_AP1R3_EL2", 0x4B8)]
    [InlineData("MPAMVPM7_EL2", 0x978)]
    public void A_register_is_at_its_offset(string name, int offset) =>
        VncrNames.All.Single(n => n.Name == name).Offset.ShouldBe(offset);

    [Fact]
    public void The_table_has_the_accesses_of_the_facts_and_no_others()
    {
        IEnumerable<string> ours = VncrNames.All.SelectMany(n => Nv2Rules.Directions(n), (n, write) => (n, write)).SelectMany(
            a => Nvx.Transforming.Where(x => NestedOracle.AtEl1(a.n, x)[0] is Effect.Memory),
            (a, x) => $"{a.n.Offset:x3} {(a.write ? "MSR" : "MRS")} {a.n.Name} {x.Label}");

        ours.Order(StringComparer.Ordinal).ShouldBe(OfFacts().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Offsets_are_multiples_of_8_and_only_names_of_one_register_share_one()
    {
        VncrNames.All.ShouldAllBe(n => n.Offset % 8 == 0 && n.Offset < 0x1000);
        VncrNames.All.GroupBy(n => n.Offset).ShouldAllBe(g => g.Select(n => n.Register).Distinct().Count() == 1);
        VncrNames.All.Select(n => n.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_register_with_a_slot_is_examined_or_there_is_a_reason_why_not()
    {
        foreach (NestedName name in VncrNames.For(Nv2Targets.Profile).Where(n => n.Choice == NameChoice.None || n.Register == "ACTLR_EL1"))
        {
            bool examined = name.Register is "HCR_EL2" or "VNCR_EL2" || RealRegisters.Of(Nv2Targets.Profile, name.Register) is not null;
            bool excused = RealRegisters.NotExamined.ContainsKey(name.Register);
            examined.ShouldBe(!excused, name.Register);
        }
    }

    /// <summary>The rows of tables.json with arrays expanded; 128-bit accesses are not the suite's.</summary>
    private static IEnumerable<string> OfFacts()
    {
        using Stream stream = typeof(Case).Assembly.GetManifestResourceStream("Fixtures/spec/tables.json")!;
        using var json = JsonDocument.Parse(stream);
        foreach (JsonElement row in json.RootElement.GetProperty("vncr").EnumerateArray())
        {
            int offset = int.Parse(row.GetProperty("off").GetString().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            int stride = row.TryGetProperty("stride", out JsonElement s) ? s.GetInt32() : 0;
            foreach (JsonElement access in row.GetProperty("acc").EnumerateArray().Where(a => a.GetArrayLength() == 2))
            {
                string accessor = access[0].GetString()!;
                (int first, int last) = AccessRules.Find(accessor).Indices ?? (0, 0);
                foreach (int m in Enumerable.Range(first, last - first + 1))
                {
                    foreach (string pattern in Patterns(access[1].GetString()!))
                    {
                        yield return $"{offset + (stride * m):x3} {accessor.Replace("<m>", $"{m}", StringComparison.Ordinal)} {pattern}";
                    }
                }
            }
        }
    }

    private static string[] Patterns(string pattern) => pattern switch
    {
        "NVx~1x1" => ["101", "111"],
        "NVx=101" => ["101"],
        "NVx~111" => ["111"],
        _ => throw new InvalidDataException(pattern),
    };
}
