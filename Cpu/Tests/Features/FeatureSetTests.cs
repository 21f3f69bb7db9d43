using System.Text.Json;
using Conformance.Cpu.Features;

namespace Conformance.Cpu.Tests.Features;

public class FeatureSetTests
{
    [Fact]
    public void The_profile_nv2_is_the_published_list()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Fixture("spec/profile-nv2.json")));
        string[] published = [.. json.RootElement.GetProperty("features").EnumerateArray().Select(e => e.GetString()!)];

        FeatureSet.Parse("nv2").Names.ShouldBe(published, ignoreOrder: true);
    }

    [Fact]
    public void A_list_adds_and_takes_away()
    {
        FeatureSet set = FeatureSet.Parse("nv2,-FEAT_NV2,+FEAT_BF16 FEAT_MTE");

        (set.Has("FEAT_NV"), set.Has("FEAT_NV2"), set.Has("FEAT_BF16"), set.Has("FEAT_MTE")).ShouldBe((true, false, true, true));
    }

    [Theory]
    [InlineData("nv2,-FEAT_ECV", "FEAT_ECV_POFF", false)]
    [InlineData("nv2,-FEAT_AA64EL2", "FEAT_NV2", false)]
    [InlineData("armv8.0,+FEAT_NV2", "FEAT_NV", true)]
    [InlineData("armv8.0,+FEAT_ECV", "FEAT_ECV_POFF", false)]
    [InlineData("armv8.0,+FEAT_FPACCOMBINE", "FEAT_PAuth", true)]
    [InlineData("nv2,+FEAT_GICv3_NMI", "FEAT_HCX", true)]
    [InlineData("nv2,+FEAT_NMI", "FEAT_GICv3_NMI", true)]
    [InlineData("nv2,-FEAT_GICv3,+FEAT_NMI", "FEAT_GICv3_NMI", false)]
    [InlineData("nv2-nmi,-FEAT_GICv3_NMI", "FEAT_NMI", false)]
    [InlineData("nv2-nmi,-FEAT_NMI", "FEAT_GICv3_NMI", false)]
    public void What_a_feature_is_built_on_comes_with_it_and_what_is_built_on_it_goes(string text, string feature, bool has) =>
        FeatureSet.Parse(text).Has(feature).ShouldBe(has);

    [Fact]
    public void Prerequisites_name_features_only() =>
        Prerequisites.Table.SelectMany(row => row.Value.Prepend(row.Key)).Except(KnownFeatures.Names).ShouldBeEmpty();

    [Theory]
    [InlineData("nv3")]
    [InlineData("FEAT_NVV")]
    [InlineData("nv2,-FEAT_")]
    public void An_unknown_name_is_said_with_what_to_write(string text) =>
        Should.Throw<FormatException>(() => FeatureSet.Parse(text)).Message.ShouldContain("write a profile (armv8.0,");

    [Fact]
    public void An_empty_list_is_refused() => Should.Throw<FormatException>(() => FeatureSet.Parse(" "));

    [Theory]
    [InlineData("ID_AA64MMFR2_EL1", 24, 2UL)]  // NV: FEAT_NV2
    [InlineData("ID_AA64MMFR0_EL1", 60, 2UL)]  // ECV: FEAT_ECV_POFF
    [InlineData("ID_AA64MMFR0_EL1", 56, 1UL)]  // FGT
    [InlineData("ID_AA64MMFR1_EL1", 8, 1UL)]   // VH
    [InlineData("ID_AA64PFR0_EL1", 36, 0UL)]   // SEL2
    [InlineData("ID_AA64PFR0_EL1", 16, 1UL)]   // FP: with half precision
    [InlineData("ID_AA64PFR0_EL1", 20, 1UL)]   // AdvSIMD: the same
    [InlineData("ID_AA64ISAR0_EL1", 48, 1UL)]  // FHM
    [InlineData("ID_AA64ISAR1_EL1", 12, 1UL)]  // JSCVT
    [InlineData("ID_AA64ISAR1_EL1", 16, 1UL)]  // FCMA
    [InlineData("ID_AA64ISAR1_EL1", 32, 1UL)]  // FRINTTS
    [InlineData("ID_AA64ISAR1_EL1", 4, 1UL)]   // APA: QARMA5
    [InlineData("ID_AA64DFR0_EL1", 12, 5UL)]   // BRPs: 6 breakpoints
    public void Id_registers_follow_from_the_features(string register, int at, ulong value) =>
        (new TestMachine().Get(register) >> at & 15).ShouldBe(value);

    [Fact]
    public void Levels_follow_from_the_features()
    {
        new TestMachine("nv2").Core.HighestLevel.ShouldBe(3);
        new TestMachine("nv2,-FEAT_AA64EL3", 2).Core.HighestLevel.ShouldBe(2);
        Should.Throw<ArgumentOutOfRangeException>(() => new TestMachine("nv2,-FEAT_AA64EL3", 2).Core.Reset(3))
            .Message.ShouldStartWith("This PE starts at EL1 to EL2.");
    }

    private static string Fixture(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Conformance.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Conformance.sln is in no folder above the tests.");
        }

        return Path.Combine(folder.FullName, "Fixtures", path);
    }
}
