using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Tests.Spec.Import;

public class StatementParserTests
{
    [Theory]
    [InlineData("a && b || c", "((a && b) || c)")]
    [InlineData("a || b && c", "(a || (b && c))")]
    [InlineData("!a && b", "(!a && b)")]
    [InlineData("R_EL2.F == '1' && n < 6", "((R_EL2.F == '1') && (n < 6))")]
    [InlineData("R_EL2<UInt(S.F) * 2+:2> != '00'", "(R_EL2<(UInt(S.F) * 2)+:2> != '00')")]
    [InlineData("R_EL2.<A,B> == '11'", "(R_EL2.<A,B> == '11')")]
    [InlineData("m + (UInt(R.B) * 16) >= NUM_X", "((m + (UInt(R.B) * 16)) >= NUM_X)")]
    [InlineData("NV() IN {'xx1', '010'}", "NV() IN {'xx1', '010'}")]
    [InlineData("X[t, 64]<31:0> + C()", "(X[t, 64]<31:0> + C())")]
    [InlineData("H_EL2.A<m>_EL0 == '1'", "(H_EL2.A<m>_EL0 == '1')")]
    [InlineData("(x AND NOT y()) OR (z AND y())", "((x AND !y()) OR (z AND y()))")]
    [InlineData("boolean IMPLEMENTATION_DEFINED \"it does\"", "boolean IMPLEMENTATION_DEFINED \"it does\"")]
    public void Expressions_bind_as_in_the_pseudocode(string text, string tree)
    {
        var assign = StatementParser.Parse($"v = {text};").ShouldHaveSingleItem().ShouldBeOfType<Statement.Assign>();
        assign.Value.ToString().ShouldBe(tree);
    }

    [Fact]
    public void Indentation_says_which_if_an_else_belongs_to()
    {
        var outer = StatementParser.Parse(
            """
            if a then
                if b then
                    UNDEFINED;
            else
                return;
            """).ShouldHaveSingleItem().ShouldBeOfType<Statement.If>();

        outer.Else.ShouldHaveSingleItem().ShouldBeOfType<Statement.Return>();
        outer.Arms[0].Then.ShouldHaveSingleItem().ShouldBeOfType<Statement.If>().Else.ShouldBeEmpty();
    }

    [Fact]
    public void Comments_and_one_line_arms_are_read()
    {
        var fork = StatementParser.Parse("if a then UNDEFINED; // so\nelsif b then return;\nelse F();").ShouldHaveSingleItem().ShouldBeOfType<Statement.If>();
        fork.Arms.Count.ShouldBe(2);
        fork.Else.ShouldHaveSingleItem().ShouldBeOfType<Statement.Invoke>();
    }

    [Theory]
    [InlineData("UNDEFINED", "line 1: ';' is expected before the end")]
    [InlineData("x = ;", "line 1: an expression is expected before ;")]
    [InlineData("if a then\nUNDEFINED;", "line 1: nothing is indented below this line")]
    [InlineData("x = 1;\ny = 'z1';", "line 2: 'z1' is not made of 0, 1 and x")]
    [InlineData("x = 1;\n\ny = 'z1;", "line 3: the quote in column 5 is not closed")]
    [InlineData("x ? y;", "line 1: the character '?' in column 3 is not known")]
    [InlineData("x;", "line 1: 'x' does nothing")]
    public void What_is_not_pseudocode_is_named_with_its_line(string text, string message) =>
        Should.Throw<PseudocodeException>(() => StatementParser.Parse(text)).Message.ShouldBe(message);
}
