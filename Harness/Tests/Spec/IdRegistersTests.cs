using System.Text.RegularExpressions;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Spec;

public class IdRegistersTests
{
    [Theory]
    [InlineData("ID_AA64MMFR2_EL1", 0x0000_0000_0200_0000UL, "FEAT_NV2")]
    [InlineData("ID_AA64MMFR4_EL1", 0x0000_0000_0010_0000UL, "FEAT_NV2")]
    [InlineData("ID_AA64MMFR4_EL1", 0x0000_0000_0000_0000UL, "FEAT_E2H0")]
    [InlineData("ID_AA64MMFR0_EL1", 0x2000_0000_0000_0000UL, "FEAT_ECV_POFF")]
    [InlineData("ID_AA64MMFR2_EL1", 0x0000_0010_0000_0000UL, "FEAT_IDST")]
    [InlineData("ID_AA64DFR0_EL1", 0x0000_0000_0000_0410UL, "FEAT_PMUv3p1")]
    [InlineData("ID_AA64PFR0_EL1", 0x0000_0000_0000_0000UL, "FEAT_FP")]
    [InlineData("ID_AA64PFR0_EL1", 0x0000_0000_0000_1112UL, "FEAT_AA32")]
    [InlineData("ICH_VTR_EL2", 0x0000_0000_0008_0000UL, "FEAT_GICv3_TDIR")]
    public void A_field_announces_its_feature(string register, ulong value, string feature) =>
        Read(register, value).Has(feature).ShouldBeTrue();

    [Theory]
    [InlineData("ID_AA64MMFR2_EL1", 0x0000_0000_0100_0000UL, "FEAT_NV2")]
    [InlineData("ID_AA64MMFR4_EL1", 0x0000_0000_0E00_0000UL, "FEAT_E2H0")]
    [InlineData("ID_AA64DFR0_EL1", 0x0000_0000_0000_0F00UL, "FEAT_PMUv3")]
    [InlineData("ID_AA64PFR0_EL1", 0x0000_0000_00FF_0000UL, "FEAT_FP")]
    [InlineData("ID_AA64DFR0_EL1", 0x0000_00F0_0000_0000UL, "FEAT_DoubleLock")]
    public void A_smaller_value_or_15_does_not(string register, ulong value, string feature) =>
        Read(register, value).Has(feature).ShouldBeFalse();

    [Fact]
    public void Numbers_follow_from_the_id_registers()
    {
        FeatureSet features = IdRegisters.Features(name => name switch
        {
            "ID_AA64DFR0_EL1" => 0x0030_5400 | 0x100,      // WRPs 3, BRPs 5, PMUVer 5
            "PMCR_EL0" => 6 << 11,
            "ICH_VTR_EL2" => 0x9000_0003,                  // PRIbits 4, PREbits 4, four list registers
            _ => 0,
        });

        features.Numbers["$NUM_BREAKPOINTS"].ShouldBe(6);
        features.Numbers["$NUM_WATCHPOINTS"].ShouldBe(4);
        features.Numbers["$NUM_PMU_COUNTERS"].ShouldBe(6);
        features.Numbers["$NUM_GIC_LIST_REGS"].ShouldBe(4);
        features.Numbers["$NUM_GIC_PRIORITY_BITS"].ShouldBe(5);
    }

    [Fact]
    public void Every_row_names_a_field_of_the_register_facts() =>
        Should.NotThrow(() => IdRegisters.Features(_ => ulong.MaxValue));

    /// <summary>A misspelt feature would never be missed otherwise.</summary>
    [Fact]
    public void Every_feature_that_the_access_facts_test_is_announced_or_known_not_to_be()
    {
        using Stream stream = typeof(AccessRules).Assembly.GetManifestResourceStream("Fixtures/spec/access-rules.jsonl")!;
        string facts = new StreamReader(stream).ReadToEnd();
        IEnumerable<string> asked = Regex.Matches(facts, "FEAT_\\w+").Select(m => m.Value).Distinct(StringComparer.Ordinal);
        string[] derived = ["FEAT_AA64", "FEAT_GICv3_NMI"];
        string[] notInIdRegisters = ["FEAT_ETE"]; // TRCDEVARCH says it; nothing of it is in ID_AA64DFR0_EL1

        asked.Except(IdRegisterTable.Rows.Select(r => r.Feature)).Except(derived).Order().ShouldBe(notInIdRegisters);
    }

    private static FeatureSet Read(string register, ulong value) => IdRegisters.Features(name => name == register ? value : 0);
}
