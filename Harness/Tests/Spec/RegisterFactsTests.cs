using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Spec;

public class RegisterFactsTests
{
    [Fact]
    public void All_586_registers_are_read() => RegisterFacts.Registers.Count.ShouldBe(586);

    [Theory]
    [InlineData(0, 0x0000_0400UL, "TFP", 1UL)]
    [InlineData(1, 0x0030_0000UL, "FPEN", 3UL)]
    public void Cptr_is_read_in_the_layout_that_e2h_selects(ulong e2h, ulong value, string field, ulong expected)
    {
        ArchState state = Profile.Nv2.NewState();
        state["HCR_EL2.E2H"] = e2h;

        RegisterValues.Decode("CPTR_EL2", value, state).ShouldContain(f => f.Name == field && f.Value == expected);
    }

    [Theory]
    [InlineData("SCTLR_EL1")]
    [InlineData("HCR_EL2")]
    [InlineData("CNTHCTL_EL2")]
    [InlineData("SPSR_EL1")]
    [InlineData("ICH_LR3_EL2")]
    [InlineData("MDCR_EL3")]
    [InlineData("HFGITR_EL2")]
    public void Decoded_fields_cover_each_bit_once_and_compose_to_the_value(string register)
    {
        const ulong value = 0xFEDC_BA98_7654_3210 & ~0x10UL;
        foreach (ulong e2h in new ulong[] { 0, 1 })
        {
            ArchState state = Profile.Nv2.NewState();
            state["HCR_EL2.E2H"] = e2h;
            IReadOnlyList<RegisterValues.DecodedField> fields = RegisterValues.Decode(register, value, state);

            fields.Sum(f => f.Msb - f.Lsb + 1).ShouldBe(64);
            fields.Aggregate(0UL, (sum, f) => sum | f.Value << f.Lsb).ShouldBe(value);
        }
    }

    [Fact]
    public void Composed_fields_land_in_the_place_of_the_layout()
    {
        ArchState state = Profile.Nv2.NewState();
        RegisterValues.Compose("CNTHCTL_EL2", 0, [new("EL1PCEN", 1)], state).ShouldBe(2UL);
        state["HCR_EL2.E2H"] = 1;
        RegisterValues.Compose("CNTHCTL_EL2", 0, [new("EL1PTEN", 1)], state).ShouldBe(0x800UL);
        Should.Throw<ArgumentException>(() => RegisterValues.Compose("CNTHCTL_EL2", 0, [new("EL1PCEN", 1)], state))
            .Message.ShouldContain("EL1PCEN");
    }

    [Fact]
    public void The_plain_mask_leaves_out_reserved_bits_and_absent_features()
    {
        ArchState state = Profile.Nv2.NewState();
        RegisterValues.PlainMask("CNTP_CTL_EL0", 0, state).ShouldBe(7UL);
        RegisterValues.PlainMask("TPIDR_EL1", 0, state).ShouldBe(ulong.MaxValue);
        (RegisterValues.PlainMask("HCR_EL2", 0, state) >> 38 & 7).ShouldBe(0b100UL); // API is there (bit 40); TME and bit 38 are not
    }

    [Fact]
    public void Every_reset_value_fits_its_field() =>
        RegisterFacts.Registers.SelectMany(r => r.Layouts).SelectMany(l => l.Fields)
            .Where(f => f.Resets.Any(r => f.Width < 64 && r.Value >> f.Width != 0)).ShouldBeEmpty();

    [Theory]
    [InlineData("PMEVCNTR_EL0", 3, "PMEVCNTR3_EL0")]
    [InlineData("DBGBVR_EL1", 15, "DBGBVR15_EL1")]
    [InlineData("ICH_AP0R_EL2", 2, "ICH_AP0R2_EL2")]
    [InlineData("TPIDR_EL1", 2, "TPIDR_EL1")]
    public void Elements_of_arrays_have_the_architectural_name(string array, int index, string name) =>
        RegisterFacts.ElementName(array, index).ShouldBe(name);
}
