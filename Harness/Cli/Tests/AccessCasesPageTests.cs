using Conformance.Harness.Cases;
using Conformance.Harness.Tests;
using Conformance.Harness.Tests.Schemas;

namespace Conformance.Cli.Tests;

/// <summary><c>docs/access-cases.md</c>, its example and the schema say what the program does.</summary>
public class AccessCasesPageTests
{
    private static readonly string s_example = Path.Combine(SourceTree.Root, "docs/access-cases.jsonl");
    private static readonly string s_page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/access-cases.md"));
    private static readonly MiniJsonSchema s_schema =
        MiniJsonSchema.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "Fixtures/schemas/access-case.schema.json")));

    [Fact]
    public void Every_line_of_the_example_passes_on_the_model()
    {
        using var session = new Session();
        session.RunStandard("run", "--cases", s_example).ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("19 pass, 0 fail, 0 waived, 0 skip, 0 error");
    }

    [QemuFact]
    public void Every_line_of_the_example_runs_on_QEMU()
    {
        using var session = new Session();
        session.RunStandard("run", "--cases", s_example, "--device", "qemu").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("19 cases");
        session.Out.ShouldContain("0 skip, 0 error");
    }

    [Fact]
    public void A_line_is_replayed_by_its_id_and_shows_why_it_is_skipped()
    {
        using var session = new Session();
        session.WriteFile("lines.jsonl", $$$"""
            {{{CaseFile.Head}}}
            {"access":"MRS VBAR_EL1","el":1,"expect":"R:VBAR_EL1","id":"runs"}
            {"access":"MRS VBAR_EL1","el":1,"set":{"SCTLR_EL1.M":1},"expect":"R:VBAR_EL1","id":"skips"}
            """);
        session.RunStandard("replay", "lines.jsonl", "--only", "line/runs").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("PASS line/runs");
        session.RunStandard("replay", "lines.jsonl", "--only", "line/skips").ShouldBe(ExitCode.NothingRan);
        session.Out.ShouldContain("address translation is on, and a line has no tables");
    }

    [Fact]
    public void A_run_of_lines_is_kept_as_whole_cases_that_run_again()
    {
        using var session = new Session();
        session.RunStandard("run", "--cases", s_example, "--out", "first").ShouldBe(ExitCode.Ok);
        session.RunStandard("run", "--cases", "first/cases.jsonl", "--out", "second").ShouldBe(ExitCode.Ok);
        session.ReadFile("second/cases.jsonl").ShouldBe(session.ReadFile("first/cases.jsonl"));
    }

    [Fact]
    public void A_mistake_stops_the_run_before_a_device_is_started()
    {
        using var session = new Session();
        session.WriteFile("lines.jsonl", $$$"""
            {{{CaseFile.Head}}}
            {"access":"MRS VBAR_EL1","el":1}
            {"access":"MRS VBAR_EL1","el":1,"set":{"HCR_EL2.NV3":1}}
            """);
        session.Refuses(
            ExitCode.Usage, "lines.jsonl:3: set: HCR_EL2 has no field NV3; did you mean NV2?", "run", "--cases", "lines.jsonl");
        session.Opened.ShouldBeNull();
    }

    [Fact]
    public void The_example_and_the_lines_of_the_page_satisfy_the_schema()
    {
        string[] lines = [.. File.ReadAllLines(s_example).Concat(s_page.Split('\n').Where(l => l.StartsWith("{\"", StringComparison.Ordinal)))];

        lines.Length.ShouldBeGreaterThan(20);
        lines.ShouldAllBe(l => s_schema.Violations(l).Count == 0);
        s_schema.Violations("""{"access":"MRS VBAR_EL1"}""").ShouldNotBeEmpty();
        s_schema.Violations("""{"el":1}""").ShouldNotBeEmpty();
        s_schema.Violations("""{"access":"MRS VBAR_EL1","el":1,"expect":"trap"}""").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("access")]
    [InlineData("word")]
    [InlineData("imm")]
    [InlineData("el")]
    [InlineData("set")]
    [InlineData("x")]
    [InlineData("expect")]
    [InlineData("id")]
    [InlineData("note")]
    [InlineData("needs")]
    public void Every_member_has_its_row(string member) => s_page.ShouldContain($"`{member}`");
}
