using Conformance.Reports.Decoding;

namespace Conformance.Reports.Tests.Decoding;

public class SyndromeTests
{
    // The values are those of the exception rules and of hand-assembled examples; the texts are what a reader is to see.
    [Theory]
    [InlineData(0x02000000, "EC 0x00 unknown reason (UNDEFINED)|IL 1 32-bit instruction")]
    [InlineData(0x07E00000, "EC 0x01 WFI or WFE trap|IL 1 32-bit instruction|CV 1|COND 0xe|TI WFI")]
    [InlineData(0x07E00001, "EC 0x01 WFI or WFE trap|IL 1 32-bit instruction|CV 1|COND 0xe|TI WFE")]
    [InlineData(0x1FE00000, "EC 0x07 SIMD or FP access trap|IL 1 32-bit instruction|CV 1|COND 0xe")]
    [InlineData(0x3A000000, "EC 0x0e Illegal Execution state|IL 1 32-bit instruction")]
    [InlineData(0x56001234, "EC 0x15 SVC|IL 1 32-bit instruction|imm16 0x1234")]
    [InlineData(0x5A000007, "EC 0x16 HVC|IL 1 32-bit instruction|imm16 0x7")]
    [InlineData(0x62350803, "EC 0x18 system register or instruction trap|IL 1 32-bit instruction|access MRS X0, VTCR_EL2 (S3_4_C2_C1_2)")]
    [InlineData(0x62300400, "EC 0x18 system register or instruction trap|IL 1 32-bit instruction|access MSR SCTLR_EL1, X0 (S3_0_C1_C0_0)")]
    [InlineData(0x6A000002, "EC 0x1a ERET trap|IL 1 32-bit instruction|instruction ERETAA")]
    [InlineData(0x72000003, "EC 0x1c PAC fail|IL 1 32-bit instruction|key DB")]
    [InlineData(0x8A000000, "EC 0x22 PC alignment fault|IL 1 32-bit instruction")]
    [InlineData(0x96002046, "EC 0x25 Data Abort, same level|IL 1 32-bit instruction|VNCR 1|WnR 1 write|DFSC 0x06 translation fault, level 2")]
    [InlineData(0x82000007, "EC 0x20 Instruction Abort, lower level|IL 1 32-bit instruction|IFSC 0x07 translation fault, level 3")]
    [InlineData(0xC2000022, "EC 0x30 Breakpoint, lower level|IL 1 32-bit instruction|IFSC 0x22 debug exception")]
    [InlineData(0xF2000001, "EC 0x3c BRK|IL 1 32-bit instruction|comment 1")]
    public void A_syndrome_is_told_in_the_words_of_its_class(ulong esr, string expected) =>
        string.Join('|', Syndrome.Decode(esr).Where(p => p.Text is not ("0" or "0 read")).Select(p => $"{p.Name} {p.Text}"))
            .ShouldBe(expected);

    [Theory]
    [InlineData(0x0000_0001_56000000)]
    [InlineData(0x8000_0000_00000000)]
    [InlineData(0x56010000)]
    [InlineData(0x62C00000)]
    public void Bits_that_no_field_has_are_shown_not_hidden(ulong esr) =>
        Syndrome.Decode(esr).ShouldContain(p => p.Name == "other bits");

    [Fact]
    public void Every_bit_belongs_to_one_part_at_most_and_none_is_lost()
    {
        for (ulong ec = 0; ec < 64; ec++)
        {
            IReadOnlyList<DecodedPart> parts = Syndrome.Decode(ec << 26 | ~(0x3FUL << 26));
            ulong seen = 0;
            foreach (DecodedPart part in parts)
            {
                (seen & part.Bits).ShouldBe(0UL, $"EC 0x{ec:x}: {part.Name}");
                seen |= part.Bits;
            }

            seen.ShouldBe(ulong.MaxValue, $"EC 0x{ec:x}");
        }
    }
}
