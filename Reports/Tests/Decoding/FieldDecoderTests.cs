using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;

namespace Conformance.Reports.Tests.Decoding;

public class FieldDecoderTests
{
    [Theory]
    [InlineData("target", 0, "no exception")]
    [InlineData("target", 2, "EL2")]
    [InlineData("vector", 0x400, "0x400 synchronous, lower level")]
    [InlineData("vector", 0x280, "0x280 IRQ, same level, SP_ELx")]
    [InlineData("vector", 0x680, "0x680 IRQ, lower level, AArch32")]
    [InlineData("vector", 0x180, "0x180 SError, same level, SP_EL0")]
    [InlineData("vector", 0x410, "0x410 not a vector")]
    [InlineData("CurrentEL", 8, "0x8 EL2")]
    [InlineData("ESR", 0x2000000, "0x02000000")]
    [InlineData("SPSR_EL1", 0x3c5, "0x000003c5")]
    [InlineData("X0", 0x10, "0x10")]
    public void A_value_is_shown_with_its_meaning(string field, ulong value, string text) =>
        FieldDecoder.Text(field, value).ShouldBe(text);

    [Theory]
    [InlineData("HCR_EL2", 1UL << 42, "NV")]
    [InlineData("SCTLR_EL1", 1, "M")]
    [InlineData("SCTLR_EL12", 1, "M")]
    [InlineData("CNTP_CTL_EL02", 2, "IMASK")]
    public void System_registers_are_told_in_the_fields_of_the_facts(string register, ulong value, string field)
    {
        FieldDecoder decoder = FieldDecoder.Of(Sample.Record).For(Sample.Record.Cases[0]);

        decoder.Parts(register, value).Where(p => p.Text != "0").Select(p => p.Name).ShouldContain(field);
    }

    [Theory]
    [InlineData(1UL << 34, "ZEN 0x3")]
    [InlineData(0UL, "reserved bits 0x30000")]
    public void The_layout_is_that_of_the_HCR_EL2_of_the_case(ulong hcr, string expected)
    {
        RecordedCase recorded = Sample.Record.Cases[0];
        Case definition = new() { Id = recorded.Id, Rules = [], Steps = [], Registers = [new("HCR_EL2", hcr)] };
        RunRecord record = Sample.Record with
        {
            Definitions = new Dictionary<string, Case>(StringComparer.Ordinal) { [recorded.Id] = definition },
            Summary = Sample.Record.Summary with { Features = ["FEAT_AA64", "FEAT_AA64EL2", "FEAT_E2H0", "FEAT_SVE", "FEAT_VHE"] },
        };

        FieldDecoder.Of(record).For(recorded).Parts("CPTR_EL2", 3 << 16).Where(p => p.Text != "0").Select(p => $"{p.Name} {p.Text}")
            .ShouldBe([expected]);
    }

    [Theory]
    [InlineData("X0")]
    [InlineData("ELR")]
    [InlineData("target")]
    [InlineData("mem@0x40300000")]
    [InlineData("TPIDR_EL2")]
    public void Plain_numbers_have_no_parts(string field) =>
        FieldDecoder.Of(Sample.Record).Parts(field, ulong.MaxValue).ShouldBeEmpty();

    [Fact]
    public void Only_a_value_of_which_all_bits_count_has_a_meaning() =>
        FieldDecoder.Text("target", new MaskedValue(1, 3)).ShouldBe("0x1/0x3");
}
