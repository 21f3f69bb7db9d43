using System.Text.Json;

namespace Conformance.Cli.Tests.Commands;

public class ListCommandTests
{
    [Fact]
    public void Text_has_a_line_per_case_under_its_suite()
    {
        using var session = new Session();
        session.Run("list", "--only", "plain/svc").ShouldBe(ExitCode.Ok);
        session.Out.ShouldBe("""
            plain: Calls for the tests of the commands (2 cases)
              plain/svc/one  SVC at EL0 is taken to EL1
              plain/svc/two  SVC at EL0 is taken to EL1

            """);
    }

    [Fact]
    public void Json_says_the_same()
    {
        using var session = new Session();
        session.Run("list", "--format", "json", "--seed", "5").ShouldBe(ExitCode.Ok);
        using var json = JsonDocument.Parse(session.Out);
        json.RootElement.GetProperty("format").GetString().ShouldBe("conformance-list/1");
        json.RootElement.GetProperty("seed").GetUInt64().ShouldBe(5ul);
        JsonElement suite = json.RootElement.GetProperty("suites").EnumerateArray().Single();
        suite.GetProperty("name").GetString().ShouldBe("plain");
        JsonElement[] cases = [.. suite.GetProperty("cases").EnumerateArray()];
        cases.Length.ShouldBe(6);
        cases[2].GetProperty("needs")[0].GetString().ShouldBe("FEAT_NV2");
        cases[3].GetProperty("id").GetString().ShouldBe("plain/generated/5-0");
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_no_success()
    {
        using var session = new Session();
        session.Refuses(ExitCode.NothingRan, "no case matches --only nv9/*", "list", "--only", "nv9/*");
    }

    [Fact]
    public void An_unknown_format_is_refused()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "--format: there is no format 'xml'; the formats are text, json.", "list", "--format", "xml");
    }
}
