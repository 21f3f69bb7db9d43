using System.Text.RegularExpressions;
using Conformance.Harness.Programs;

namespace Conformance.Harness.Tests.Programs;

public static partial class DisassemblerTests
{
    private const ulong Pc = 0x10_4020_0000;

    [Fact]
    public static void Every_golden_word_is_written_as_the_other_disassembler_writes_it()
    {
        List<string> wrong = [];
        foreach (GoldenWords.Row row in GoldenWords.Rows)
        {
            string text = Disassembler.Text(row.Word, Pc);
            string expected = RelativeTarget().Replace(row.Text, Absolute);
            if (text != expected)
            {
                wrong.Add($"a64-words.s:{row.Line}: 0x{row.Word:x8} is {expected}, not {text}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x00010000u)]
    [InlineData(0x52C00000u)] // MOVZ W with a shift of 32
    [InlineData(0x8BC00000u)] // ADD with ROR
    [InlineData(0x0B008000u)] // ADD W shifted by 32
    [InlineData(0x8B201400u)] // ADD extended, shifted by 5
    [InlineData(0x92407C00u | 0x3F << 10)] // logical immediate of all ones
    [InlineData(0xF8A01800u)] // register offset with option 000
    public static void A_word_it_does_not_know_is_written_as_a_number(uint word) =>
        Disassembler.Text(word, Pc).ShouldBe($".inst 0x{word:x8}");

    [Fact]
    public static void A_register_without_a_name_has_its_generic_name()
    {
        Disassembler.Text(0xD53FFFE0, Pc).ShouldBe("mrs x0, S3_7_C15_C15_7");
        Disassembler.Text(0xD5300500, Pc).ShouldBe("mrs x0, S2_0_C0_C5_0");
    }

    [Fact]
    public static void Every_row_writes_some_golden_word()
    {
        IEnumerable<string> unused =
            from row in Disassembler.Rows
            where !GoldenWords.Rows.Any(g => Disassembler.Rows.First(r => r.Text(g.Word, Pc) is not null) == row)
            select row.Pattern;

        unused.ShouldBeEmpty();
    }

    private static string Absolute(Match match)
    {
        ulong distance = ulong.Parse(match.Groups[2].Value);
        return $"0x{(match.Groups[1].Value == "-" ? Pc - distance : Pc + distance):x}";
    }

    [GeneratedRegex(@"\.([-+])(\d+)$")]
    private static partial Regex RelativeTarget();
}
