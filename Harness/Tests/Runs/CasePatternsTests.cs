using Conformance.Harness.Runs;

namespace Conformance.Harness.Tests.Runs;

public class CasePatternsTests
{
    [Theory]
    [InlineData("*", "nv/a/b", true)]
    [InlineData("nv/*", "nv/a/b", true)]
    [InlineData("nv/*", "nw/a/b", false)]
    [InlineData("*/b", "nv/a/b", true)]
    [InlineData("nv/?/b", "nv/a/b", true)]
    [InlineData("nv/?/b", "nv/aa/b", false)]
    [InlineData("n*a*b", "nv/a/b", true)]
    [InlineData("n*a*c", "nv/a/b", false)]
    [InlineData("nv", "nv/a/b", true)]
    [InlineData("nv/a", "nv/a/b", true)]
    [InlineData("nv/a/", "nv/a/b", true)]
    [InlineData("nv/a/b", "nv/a/b", true)]
    [InlineData("nv/a/b", "nv/a/bc", false)]
    [InlineData("v/a/b", "nv/a/b", false)]
    public void A_pattern_selects_by_wildcards_or_by_group(string pattern, string id, bool matches) =>
        new CasePatterns([pattern]).Matches(id).ShouldBe(matches);

    [Fact]
    public void One_pattern_of_several_is_enough_and_none_selects_everything()
    {
        new CasePatterns(["x/*", "nv/*"]).Matches("nv/a").ShouldBeTrue();
        CasePatterns.All.Matches("nv/a").ShouldBeTrue();
    }

    [Theory]
    [InlineData("nv/a*", "nv", true)]
    [InlineData("nv/a*", "exceptions", false)]
    [InlineData("n*", "nv", true)]
    [InlineData("e*", "nv", false)]
    [InlineData("*b", "nv", true)]
    [InlineData("nv", "nv", true)]
    [InlineData("nv2", "nv", false)]
    public void Suites_that_cannot_match_are_left_out(string pattern, string suite, bool can) =>
        new CasePatterns([pattern]).CanMatchSuite(suite).ShouldBe(can);
}
