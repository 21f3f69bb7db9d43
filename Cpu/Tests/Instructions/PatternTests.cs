using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

public sealed unsafe class PatternTests
{
    [Fact]
    public void Fixed_bits_and_fields_come_from_bit_31_down()
    {
        Pattern pattern = Pattern.Parse("sf:1 0 1 x0001 imm12:12 000000 Rn:5 1", "here:1");

        pattern.Mask.ShouldBe(0b0110_1111_0000_0000_0000_1111_1100_0001u);
        pattern.Value.ShouldBe(0b0010_0001_0000_0000_0000_0000_0000_0001u);
        pattern.Fields.ShouldBe([new("sf", 31, 1), new("imm12", 12, 12), new("Rn", 1, 5)]);
        pattern.Fields[1].Of(0x00ab_c000).ShouldBe(0xabcu);
    }

    [Theory]
    [InlineData("sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:4", "has 31 bits")]
    [InlineData("sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:6", "has 33 bits")]
    [InlineData("00000000000000000000000000000000000", "has 35 bits")]
    [InlineData("sf:1 0 0 100010 sh imm12:12 Rn:5 Rd:5", "'s' in")]
    [InlineData("sf: 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5", "\"sf:\" in")]
    [InlineData(":1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5", "\":1\" in")]
    [InlineData("Rd:0 00000000000000000000000000000000", "\"Rd:0\" in")]
    [InlineData("Rd:5!=x 000000000000000000000000000", "does not leave out")]
    [InlineData("Rd:5!=32 000000000000000000000000000", "does not leave out")]
    [InlineData("Rd:5!=1 Rn:5!=1 0000000000000000000000", "does not leave out")]
    public void A_bad_pattern_is_reported_with_its_place(string text, string says)
    {
        string message = Should.Throw<FormatException>(() => Pattern.Parse(text, "./Cpu/Rows.cs:12")).Message;
        message.ShouldStartWith("./Cpu/Rows.cs:12: ");
        message.ShouldContain(says);
    }

    [Fact]
    public void A_bad_row_names_the_file_and_line_that_declares_it()
    {
        string message = Should.Throw<FormatException>(() => new InsnRow("BAD", "0101", &Operation.Undefined)).Message;
        message.ShouldContain("PatternTests.cs:");
    }

    [Fact]
    public void A_pattern_refines_another_when_it_fixes_more_bits_and_the_same_ones_alike()
    {
        Pattern general = Pattern.Parse("0000 xxxx 000000000000000000000000", "a");
        Pattern special = Pattern.Parse("0000 1xxx 000000000000000000000000", "b");
        Pattern other = Pattern.Parse("0000 x1xx 000000000000000000000000", "c");
        Pattern apart = Pattern.Parse("0000 0xxx 000000000000000000000000", "d");

        special.Refines(general).ShouldBeTrue();
        general.Refines(special).ShouldBeFalse();
        special.Refines(special).ShouldBeFalse();
        special.Overlaps(other).ShouldBeTrue();
        special.Refines(other).ShouldBeFalse();
        special.Overlaps(apart).ShouldBeFalse();
    }

    [Fact]
    public void A_value_that_a_field_leaves_out_belongs_to_another_pattern()
    {
        Pattern shifts = Pattern.Parse("0000 immh:4!=5 000000000000000000000000", "a");
        Pattern moves = Pattern.Parse("xxxx 0101 x00000000000000000000000", "b");
        Pattern both = Pattern.Parse("0000 010x x00000000000000000000000", "c");

        shifts.Matches(0x0500_0000).ShouldBeFalse();
        shifts.Matches(0x0400_0000).ShouldBeTrue();
        shifts.Overlaps(moves).ShouldBeFalse();
        moves.Overlaps(shifts).ShouldBeFalse();
        shifts.Overlaps(both).ShouldBeTrue();
    }
}
