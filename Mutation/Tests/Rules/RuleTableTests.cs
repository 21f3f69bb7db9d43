using Conformance.Harness.Cases;
using Conformance.ModelDevice;
using Conformance.Mutation.Rules;
using Conformance.Suites;

namespace Conformance.Mutation.Tests.Rules;

public sealed class RuleTableTests
{
    private static readonly IReadOnlyList<RuleRow> s_rows = RuleTable.Read(Repository.Root);

    [Fact]
    public void Every_old_text_stands_once_in_its_file()
    {
        foreach (RuleRow row in s_rows.Where(r => r.Reason is null))
        {
            string source = File.ReadAllText(Path.Combine(Repository.Root, row.File!));
            Should.NotThrow(() => row.Apply(source)).ShouldNotBe(source);
        }
    }

    [Fact]
    public void Every_rule_of_list_registers_that_the_model_can_show_is_broken_or_has_a_reason()
    {
        string[] rules = [.. s_rows.Select(r => r.OnProfile).Distinct().SelectMany(Shown).Distinct().Order(StringComparer.Ordinal)];
        rules.Length.ShouldBeGreaterThan(100);
        s_rows.Select(r => r.Rule).Where(r => r.StartsWith("GV-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(rules);
    }

    [Theory]
    [InlineData("{", "Mutation/rule-mutants.jsonl:1: no row (")]
    [InlineData("""{"rule":"GV-001"}""", "Mutation/rule-mutants.jsonl:1: GV-001 needs either file, old and new, which differ, or a reason")]
    [InlineData("""{"rule":"GV-001","file":"f","old":"a","new":"b","reason":"r"}""", "Mutation/rule-mutants.jsonl:1: GV-001 needs either")]
    [InlineData("""{"rule":"GV-001","file":"f","old":"a","new":"a"}""", "Mutation/rule-mutants.jsonl:1: GV-001 needs either")]
    [InlineData("{\"rule\":\"GV-001\",\"reason\":\"r\"}\n{\"rule\":\"GV-001\",\"reason\":\"s\"}", "Mutation/rule-mutants.jsonl:2: GV-001 stands twice; keep one line.")]
    public void A_mistake_in_the_table_is_one_line_that_says_where_and_what_to_do(string text, string message) =>
        Should.Throw<MutationException>(() => RuleTable.Parse(text.Split('\n'))).Message.ShouldStartWith(message);

    [Theory]
    [InlineData("c", "GV-001: f has no 'c' any more; take the text as it is there now.")]
    [InlineData("a", "GV-001: f has 'a' more than once; take more of the text around it.")]
    public void Old_text_that_is_not_there_once_is_an_error(string old, string message) =>
        Should.Throw<MutationException>(() => new RuleRow("GV-001", "f", old, "x").Apply("a b a")).Message.ShouldEndWith(message);

    /// <summary>The rules of the suite without those of which it says itself why no case can show them.</summary>
    private static IEnumerable<string> Shown(string profile)
    {
        using var model = Model.Direct(profile);
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        ISuite suite = AllSuites.All.Single(s => s.Name == "list-registers");
        return suite.Reachable(target).Except(suite.Unreached(target).Select(u => u.Rule));
    }
}
