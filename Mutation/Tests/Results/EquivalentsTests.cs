using Conformance.Mutation.Results;

namespace Conformance.Mutation.Tests.Results;

public sealed class EquivalentsTests
{
    [Fact]
    public void An_entry_whose_mutant_is_gone_is_stale()
    {
        var list = Equivalents.Parse("list", ["""{"key":"a","reason":"why"}""", "", """{"key":"b","reason":"why"}"""]);
        list.Contains("a").ShouldBeTrue();
        list.Stale(["a", "c"]).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("F|*|Rule|Vncr(*) -> X", "F|All:A|Rule|Vncr(0x10) -> X", true)]
    [InlineData("F|*|Rule|Vncr(*) -> X", "F|All:A|Rule|Vncr(0x10) -> XY", false)]
    [InlineData("F|*|Rule|Vncr(*) -> X", "GF|All:A|Rule|Vncr(0x10) -> X", false)]
    [InlineData("F|*|Rule|*", "F|All:A|Rule|", true)]
    [InlineData("ab*b", "ab", false)]
    public void A_star_in_a_key_stands_for_any_text(string family, string key, bool contained)
    {
        var list = Equivalents.Parse("list", [$$"""{"key":"{{family}}","reason":"why"}"""]);
        list.Contains(key).ShouldBe(contained);
        list.Stale([key]).Count.ShouldBe(contained ? 0 : 1);
    }

    [Theory]
    [InlineData("""{"key":"a"}""", "list:1: no entry")]
    [InlineData("""{"key":"a","reason":" "}""", "list:1: an equivalent mutant without a reason")]
    [InlineData("nonsense", "list:1: no entry")]
    public void A_line_that_says_nothing_is_named(string line, string message) =>
        Should.Throw<MutationException>(() => Equivalents.Parse("list", [line])).Message.ShouldStartWith(message);

    [Fact]
    public void A_key_that_stands_twice_is_named() =>
        Should.Throw<MutationException>(() => Equivalents.Parse("list", ["""{"key":"a","reason":"x"}""", """{"key":"a","reason":"y"}"""]))
            .Message.ShouldStartWith("list:2: this key stands twice");
}
