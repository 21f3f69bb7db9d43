using System.Text.Json.Nodes;
using Conformance.Harness.Spec.Compare;

namespace Conformance.Harness.Tests.Spec.Compare;

public sealed class SpecDiffTests : IDisposable
{
    private const string Head = """{"k":"head","format":"a64-access-rules/1"}""";
    private const string Rule =
        """{"k":"acc","id":"MRS T_EL1","op":"MRS","name":"T_EL1","reg":"T_EL1","enc":[3,0,1,0,0],"g":["!FEAT_A","U"],"""
        + """ "e":["U",["EL2en & HCR_EL2.TVM=1","T2:18","NVx~111","N:110","R:T_EL1"],"R:T_EL1","R:T_EL1"]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("spec-diff").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_facts_of_this_program_are_the_same_as_themselves()
    {
        FactSet facts = FactSet.OfThisProgram();
        SpecDiff diff = SpecDiff.Of(facts, facts, 4, 1);
        diff.Same.ShouldBeTrue();
        diff.Changed.ShouldBeEmpty();
        (diff.Compared, diff.States, diff.Leaves).ShouldBe((1515, 24240L, 24100));
        diff.LeavesReached.ShouldBeGreaterThan(6000);
    }

    [Fact]
    public void A_changed_leaf_is_found_with_the_smallest_state()
    {
        SpecDiff diff = Compare([Rule], [Rule.Replace("N:110", "N:118")]);

        RuleChange change = diff.Changed.ShouldHaveSingleItem();
        (int level, Counterexample example) = change.Levels.ShouldHaveSingleItem();
        (level, example.Old, example.New).ShouldBe((1, "N:110", "N:118"));
        example.State.ToString().ShouldBe("FEAT_A FEAT_NV FEAT_NV2 HaveEL2 HCR_EL2.NV=1 HCR_EL2.NV1=1 HCR_EL2.NV2=1");
        diff.Same.ShouldBeFalse();
    }

    [Theory]
    [InlineData("TVM=1", "TVM=0", "HaveEL2")]
    [InlineData("\"g\":[\"!FEAT_A\",\"U\"],", "", "nothing set")]
    [InlineData("NVx~111", "NVx~11x", null)]
    [InlineData("\"EL2en & HCR_EL2.TVM=1\",\"T2:18\",\"NVx~111\",\"N:110\"", "\"NVx~111\",\"N:110\",\"EL2en & HCR_EL2.TVM=1\",\"T2:18\"", "HCR_EL2.TVM=1")]
    public void A_changed_condition_is_found(string from, string to, string? needs)
    {
        SpecDiff diff = Compare([Rule], [Rule.Replace(from, to)]);
        if (needs is null)
        {
            // NV is 1 wherever NV1 and NV2 are seen, so only the text differs.
            diff.Changed.ShouldHaveSingleItem().Differs.ShouldBeFalse();
            diff.Same.ShouldBeTrue();
            return;
        }

        diff.Changed.ShouldHaveSingleItem().Levels.ShouldContain(l => l.Example.State.ToString().Contains(needs));
    }

    [Fact]
    public void Accessors_that_come_and_go_and_encodings_are_named()
    {
        string other = Rule.Replace("T_EL1", "U_EL1");
        SpecDiff diff = Compare([Rule, other], [Rule.Replace("[3,0,1,0,0]", "[3,0,1,0,4]"), Rule.Replace("T_EL1", "V_EL1")]);
        diff.Added.ShouldBe(["MRS V_EL1"]);
        diff.Removed.ShouldBe(["MRS U_EL1"]);
        diff.Changed.ShouldHaveSingleItem().What.ShouldBe(["encoding [3,0,1,0,0] becomes [3,0,1,0,4]"]);
    }

    [Fact]
    public void The_same_seed_finds_the_same()
    {
        string changed = Rule.Replace("T2:18", "T3:18");
        Compare([Rule], [changed]).Changed[0].Levels[0].Example.State.ToString()
            .ShouldBe(Compare([Rule], [changed]).Changed[0].Levels[0].Example.State.ToString());
    }

    [Fact]
    public void Fields_that_come_go_move_and_change_are_named()
    {
        const string Old = """{"k":"reg","name":"T_EL1","if":"FEAT_A","layouts":[{"w":64,"f":[[63,2,"RES0"],[1,1,"A"],[0,0,"B",{"if":"FEAT_B"}]]}]}""";
        string changed = Old.Replace("\"if\":\"FEAT_A\",", "").Replace("[63,2,\"RES0\"],[1,1,\"A\"]", "[63,3,\"RES0\"],[2,2,\"A\"],[1,1,\"N\"]")
            .Replace("\"if\":\"FEAT_B\"", "\"if\":\"FEAT_C\"");

        SpecDiff diff = SpecDiff.Of(Read("old.jsonl", "a64-registers/1", Old), Read("new.jsonl", "a64-registers/1", changed), 1, 1);

        diff.RegistersChanged.ShouldHaveSingleItem().What.ShouldBe(
            [
                "present if FEAT_A becomes always",
                "field RES0[63:2] removed",
                "field A[1:1] removed",
                "field B[0:0] present if FEAT_B becomes FEAT_C",
                "field RES0[63:3] added",
                "field A[2:2] added",
                "field N[1:1] added",
            ]);
    }

    [Fact]
    public void A_side_without_registers_is_said() =>
        SpecDiff.Of(FactSet.OfThisProgram(), Facts([Rule]), 1, 1).NotCompared.ShouldHaveSingleItem().ShouldStartWith("the registers are not compared: ");

    /// <summary>
    /// Mutants of real rules, one leaf renamed in each: the comparison must see the difference wherever the leaf can be
    /// reached at all.
    /// </summary>
    [Fact]
    public void Renamed_leaves_of_the_facts_are_found()
    {
        FactSet facts = FactSet.OfThisProgram();
        List<RuleRow> rules = [.. facts.Rules!.Where(r => r.Accessor.Op is "MRS" or "MSR" or "TLBI")];
        var random = new Random(3);
        const int Mutants = 60;
        List<string> old = [Head];
        List<string> changed = [Head];
        foreach (RuleRow row in Enumerable.Range(0, Mutants).Select(_ => rules[random.Next(rules.Count)]).DistinctBy(r => r.Accessor.Id))
        {
            var mutant = JsonNode.Parse(row.Row.GetRawText())!.AsObject();
            List<JsonArray> nodes = [];
            Collect(mutant["e"]!, nodes);
            JsonArray at = nodes[random.Next(nodes.Count)];
            List<int> leaves = [.. Enumerable.Range(0, at.Count).Where(i => at[i] is JsonValue && IsLeaf(mutant, at, i))];
            if (leaves.Count > 0)
            {
                at[leaves[random.Next(leaves.Count)]] = "C:UNKNOWN";
                old.Add(row.Row.GetRawText());
                changed.Add(mutant.ToJsonString());
            }
        }

        SpecDiff diff = SpecDiff.Of(Facts(old[1..]), Facts(changed[1..]), 1000, 1);
        diff.Changed.Count(c => c.Differs).ShouldBe(old.Count - 1, string.Join(", ", diff.Changed.Where(c => !c.Differs).Select(c => c.Id)));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("{\"k\":\"acc\"}", "line 1: the first line is not the head")]
    [InlineData("{\"k\":\"head\",\"format\":\"other/9\"}", "format 'other/9' is not known")]
    [InlineData(Head + "\n{\"k\":", "line 2: this is not a line of facts")]
    [InlineData(Head + "\n{\"k\":\"acc\",\"id\":\"X\"}", "a rule is not in the notation of a64-access-rules/1")]
    public void A_file_that_is_no_facts_is_refused_in_one_line(string text, string message)
    {
        string path = Path.Combine(_folder, "bad.jsonl");
        File.WriteAllText(path, text);
        string said = Should.Throw<FactsException>(() => FactSet.Read(path)).Message;
        said.ShouldContain(message);
        said.ShouldStartWith(path);
        said.ShouldNotContain("\n");
    }

    private SpecDiff Compare(string[] old, string[] changed) => SpecDiff.Of(Facts(old), Facts(changed), 2000, 1);

    private FactSet Facts(IEnumerable<string> rules) => Read($"{Guid.NewGuid()}.jsonl", "a64-access-rules/1", [.. rules]);

    private FactSet Read(string name, string format, params string[] rows)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllLines(path, [$$"""{"k":"head","format":"{{format}}"}""", .. rows]);
        return FactSet.Read(path);
    }

    private static void Collect(JsonNode node, List<JsonArray> nodes)
    {
        if (node is JsonArray array)
        {
            nodes.Add(array);
            foreach (JsonNode? child in array)
            {
                Collect(child!, nodes);
            }
        }
    }

    /// <summary>In the list of levels every text is a leaf; in a tree those at odd places and the last.</summary>
    private static bool IsLeaf(JsonObject rule, JsonArray at, int i) => at == rule["e"] || i % 2 == 1 || i == at.Count - 1;
}
