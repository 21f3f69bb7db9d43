using Conformance.Harness.Cases;
using Conformance.Harness.Tests.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Harness.Tests.Cases;

public static class CaseFileTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20260101, 7);

    [Fact]
    public static void A_case_that_is_written_and_read_is_the_same() =>
        Prop.ForAll(GeneratedCases.Arbitrary, c =>
        {
            using var text = new StringWriter();
            CaseFile.Write(text, [c]);
            Case[] back = [.. CaseFile.Read(new StringReader(text.ToString()), "generated")];
            DeepEquality.Difference(c, back.ShouldHaveSingleItem()).ShouldBeNull();
            DeepEquality.Difference(c, CaseFile.FromJson(CaseFile.ToJson(c))).ShouldBeNull();
        }).Check(s_config);

    [Fact]
    public static void What_is_written_satisfies_the_published_schema()
    {
        var schema = MiniJsonSchema.Embedded("case.schema.json");
        schema.Violations(CaseFile.Head).ShouldBeEmpty();
        Prop.ForAll(GeneratedCases.Arbitrary, c => schema.Violations(CaseFile.ToJson(c)).ShouldBeEmpty()).Check(s_config);
    }

    [Fact]
    public static void The_published_example_satisfies_schema_and_reader()
    {
        string[] lines = Example();
        var schema = MiniJsonSchema.Embedded("case.schema.json");
        lines.ShouldAllBe(l => schema.Accepts(l));

        Case[] cases = [.. CaseFile.Read(new StringReader(string.Join('\n', lines)), "case.example.jsonl")];

        cases.Select(c => c.Id).ShouldBe(["example/nv2/vtcr-el2-read", "example/exceptions/svc-twice"]);
        cases[0].Registers[0].ShouldBe(new RegisterValue("HCR_EL2", Baseline.Of("HCR_EL2") | 1UL << 42 | 1UL << 45));
        cases[0].Steps[0].Pstate.ShouldBe(0x3C5UL);
        cases[1].Steps[1].Pstate.ShouldBe(0x3C0UL);
        cases[1].Steps[1].Allowed[0].Fields[1].Any.ShouldBe([new MaskedValue(7, ulong.MaxValue), new MaskedValue(0, 0xFF)]);
    }

    [Fact]
    public static void Every_member_of_a_line_is_in_the_schema_by_name()
    {
        // A line that has everything, so that additionalProperties: false would show a name that the schema lacks.
        var schema = MiniJsonSchema.Embedded("case.schema.json");
        string line = CaseFile.ToJson(CaseFile.Read(new StringReader(string.Join('\n', Example())), "example").Last());
        foreach (string member in (string[])["title", "rules", "fills", "registers", "steps", "general", "observe", "anyOf", "mask"])
        {
            line.ShouldContain($"\"{member}\":");
            schema.Accepts(line.Replace($"\"{member}\":", $"\"{member}x\":")).ShouldBeFalse(member);
        }
    }

    [Fact]
    public static void The_layout_of_a_register_follows_the_E2H_of_the_case()
    {
        RegisterValue Cptr(string hcr) => CaseFile.FromJson(
            $$"""{"id":"a/b","rules":["r"],"registers":{"CPTR_EL2":{"TAM":1},{{hcr}}},"steps":[{{MinimalStep}}]}""").Registers[0];

        // TAM is bit 30 in both layouts; FPEN exists with E2H only, TFP without it only.
        Cptr("\"HCR_EL2\":\"0x0\"").Value.ShouldBe(Baseline.Of("CPTR_EL2") | 1UL << 30);
        ReadOne("\"registers\":{\"CPTR_EL2\":{\"FPEN\":3},\"HCR_EL2\":{\"E2H\":1}}").Registers[0].Value
            .ShouldBe(Baseline.Of("CPTR_EL2") | 3UL << 20);
        Should.Throw<CaseFileException>(() => ReadOne("\"registers\":{\"CPTR_EL2\":{\"FPEN\":3}}")).Message
            .ShouldBe("case:1: registers.CPTR_EL2.FPEN: CPTR_EL2 has no field FPEN with this HCR_EL2.E2H; "
                + "set HCR_EL2 or give the register as a whole value");
    }

    [Fact]
    public static void Fields_go_on_top_of_the_baseline_value()
    {
        ulong baseline = Baseline.Of("SCTLR_EL1");
        baseline.ShouldNotBe(0UL);

        ReadOne("\"registers\":{\"SCTLR_EL1\":{\"M\":1}}").Registers.ShouldBe([new RegisterValue("SCTLR_EL1", baseline | 1)]);
    }

    [Fact]
    public static void Writing_allocates_next_to_nothing_for_a_case()
    {
        // What keeps 20,000 cases under a tenth of a second; a bound on time would depend on what else runs.
        Case[] cases = [.. CaseFile.Read(new StringReader(string.Join('\n', Example())), "example")];
        CaseFile.Write(TextWriter.Null, cases);
        long before = GC.GetAllocatedBytesForCurrentThread();

        CaseFile.Write(TextWriter.Null, Enumerable.Repeat(cases, 1000).SelectMany(c => c));

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 2000).ShouldBeLessThan(1000);
    }

    [Fact]
    public static void Lines_end_with_a_line_feed_and_empty_lines_are_skipped()
    {
        using var text = new StringWriter { NewLine = "\r\n" };
        CaseFile.Write(text, [ReadOne("\"needs\":[]")]);

        text.ToString().ShouldBe($"{CaseFile.Head}\n{{\"id\":\"a/b\",\"rules\":[\"r\"],\"steps\":[{MinimalStep}]}}\n");
        CaseFile.Read(new StringReader($"\n{text}\n\n"), "f").Count().ShouldBe(1);
    }

    /// <summary>The least that a step needs, as it is written.</summary>
    internal const string MinimalStep =
        """{"level":1,"pstate":"0x3c5","code":["0xd503201f"],"allowed":[{"name":"ends","fields":{"target":"0x0"}}]}""";

    /// <summary>The case of a line with one more member.</summary>
    private static Case ReadOne(string member) =>
        CaseFile.FromJson($$"""{"id":"a/b","rules":["r"],{{member}},"steps":[{{MinimalStep}}]}""");

    private static string[] Example()
    {
        using Stream stream = typeof(CaseFile).Assembly.GetManifestResourceStream("Fixtures/schemas/case.example.jsonl")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
