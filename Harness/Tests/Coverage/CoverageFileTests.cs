using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;
using Conformance.Harness.Runs;
using Conformance.Harness.Tests.Runs;
using Conformance.Harness.Tests.Schemas;

namespace Conformance.Harness.Tests.Coverage;

public class CoverageFileTests
{
    private static readonly MiniJsonSchema s_schema = MiniJsonSchema.Embedded("coverage.schema.json");
    private static readonly MiniJsonSchema s_summary = MiniJsonSchema.Embedded("summary.schema.json");

    [Fact]
    public void A_run_writes_what_is_read_again_and_the_schemas_allow()
    {
        using var folder = new TemporaryFolder();
        RunSummary summary = Runner.Run(Plan() with { Out = folder.Path });
        string[] lines = File.ReadAllLines(folder.File("coverage.jsonl"));
        var record = RunRecord.Read(folder.Path);

        lines.Length.ShouldBe(1 + 24_100 + record.Map!.NvBits.Count);
        lines.Where((_, i) => i % 97 == 0).Concat(lines.TakeLast(3)).SelectMany(s_schema.Violations).ShouldBeEmpty();
        s_summary.Violations(File.ReadAllText(folder.File("summary.json"))).ShouldBeEmpty();
        CoverageFile.Write(record.Map).ShouldBe(File.ReadAllBytes(folder.File("coverage.jsonl")));
        SuiteCoverage coverage = record.Summary.Coverage.Single();
        coverage.Map!.Leaves.ShouldBe(summary.Coverage.Single().Map!.Leaves);
        coverage.Map.Controls.ShouldBe(summary.Coverage.Single().Map!.Controls);
        coverage.Map.Leaves.ShouldBe(record.Map.Totals().Leaves);
    }

    [Fact]
    public void The_same_run_writes_the_same_bytes()
    {
        using var a = new TemporaryFolder();
        using var b = new TemporaryFolder();
        Runner.Run(Plan() with { Out = a.Path });
        Runner.Run(Plan() with { Out = b.Path });

        File.ReadAllBytes(b.File("coverage.jsonl")).ShouldBe(File.ReadAllBytes(a.File("coverage.jsonl")));
    }

    [Fact]
    public void Missing_rules_are_listed_with_their_causes()
    {
        SuiteCoverage coverage = Runner.Run(Plan()).Coverage.Single();

        coverage.Covered.ShouldBe(1);
        coverage.Missing.ShouldBe([LeafSuite.CannotSetUp, LeafSuite.Forgotten, LeafSuite.NeedsMore]);
        coverage.Causes.ShouldBe(
        [
            new("no case, and no known cause", 1), new("skipped: needs FEAT_X", 1), new("the executive cannot write EDSCR", 1),
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_run_of_other_cases_only_has_no_map()
    {
        using var folder = new TemporaryFolder();
        Runner.Run(Plan() with { Out = folder.Path });
        Runner.Run(Plan() with { Out = folder.Path, Only = new CasePatterns(["other/*"]) });

        File.Exists(folder.File("coverage.jsonl")).ShouldBeFalse(); // nor that of the run before
        RunRecord.Read(folder.Path).Map.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{\"format\":\"conformance-coverage/9\",\"suite\":\"a\",\"leaves\":0,\"nvBits\":0}\n", "format is 'conformance-coverage/9'")]
    [InlineData("{\"format\":\"conformance-coverage/1\",\"suite\":\"a\",\"leaves\":2,\"nvBits\":0}\n", "the file was cut")]
    [InlineData("{\"format\":\"conformance-coverage/1\",\"suite\":\"a\",\"leaves\":1,\"nvBits\":0}\n{\"rule\":\"x\",", "c.jsonl:2")]
    [InlineData("{\"format\":\"conformance-coverage/1\",\"suite\":\"a\",\"leaves\":1,\"nvBits\":0}\n{\"rule\":\"x\",\"state\":\"good\"}", "c.jsonl:2")]
    public void A_damaged_file_is_told(string text, string says) =>
        Should.Throw<RunException>(() => CoverageFile.Read(Encoding.UTF8.GetBytes(text), "c.jsonl")).Message.ShouldContain(says);

    private static RunPlan Plan() => Given.Plan(_ => Given.AsExpected) with { Suites = [new LeafSuite()] };

    /// <summary>A suite of leaves: one judged, one skipped, one without a case for a cause, one without any.</summary>
    private sealed class LeafSuite : ISuite
    {
        public const string Covered = "MRS SCTLR_EL1@EL1#1:T2:18";
        public const string CannotSetUp = "MRS SCTLR_EL1@EL1#2:T2:18";
        public const string Forgotten = "MRS SCTLR_EL1@EL1#3:N:110";
        public const string NeedsMore = "MRS SCTLR_EL1@EL1#4:R:SCTLR_EL1";

        public string Name => "access";

        public string Title => "Leaves";

        public bool RulesAreLeaves => true;

        public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) =>
            [Synthetic.Case("1", Covered), Synthetic.Case("2", NeedsMore) with { Needs = ["FEAT_X"] }];

        public IReadOnlyList<string> Reachable(SuiteTarget target) => [Covered, CannotSetUp, Forgotten, NeedsMore];

        public IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => [new(CannotSetUp, "the executive cannot write EDSCR")];
    }
}
