using Conformance.Harness.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Harness.Tests.Cases;

public class ValueNotationTests
{
    [Fact]
    public void Reading_gives_back_what_was_written() =>
        Prop.ForAll<ulong, ulong>((value, mask) =>
        {
            var masked = new MaskedValue(value, mask);
            return ValueNotation.TryParse(ValueNotation.Text(masked), out MaskedValue back) && back == masked;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("12")]
    [InlineData("0x12/")]
    [InlineData("0x12/ff")]
    [InlineData("0x10000000000000000")]
    [InlineData("0x 1")]
    public void Anything_else_is_refused(string text) => ValueNotation.TryParse(text, out MaskedValue _).ShouldBeFalse();
}
