using Conformance.Harness.Cases;
using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Harness.Tests.Cases.AccessLines;

public static class AccessLineReaderTests
{
    [Fact]
    public static void A_line_says_access_level_state_and_outcome()
    {
        AccessLine line = Line("""
            {"access":"MSR VBAR_EL12","el":1,"set":{"HCR_EL2.NV":1,"CPTR_EL2":"0x33ff","MDCR_EL2[4:0]":"0b10","MDCR_EL3.NSPB[1]":1},"x":"0x80000","expect":["N:250","U"],"id":"mine","note":"EL12 under NV2","needs":["FEAT_NV2"]}
            """);

        line.Access.Accessor!.Id.ShouldBe("MSR VBAR_EL12");
        line.Level.ShouldBe(1);
        line.Set.ShouldBe(
        [
            new Setting("HCR_EL2", "NV", 0, 1, 1), new Setting("CPTR_EL2", null, 0, 64, 0x33FF),
            new Setting("MDCR_EL2", null, 0, 5, 2), new Setting("MDCR_EL3", "NSPB", 1, 1, 1),
        ]);
        line.Operand.ShouldBe(0x80000UL);
        line.Expect.Select(e => e.Text).ShouldBe(["N:250", "U"]);
        (line.Id, line.Note).ShouldBe(("line/mine", "EL12 under NV2"));
        line.Needs.ShouldBe(["FEAT_NV2"]);
    }

    [Theory]
    [InlineData("""{"access":"MRS PMEVCNTR3_EL0","el":1}""", "MRS PMEVCNTR<m>_EL0", 3)]
    [InlineData("""{"access":"MRS PMEVCNTR<m>_EL0","m":3,"el":1}""", "MRS PMEVCNTR<m>_EL0", 3)]
    [InlineData("""{"access":"MSR DAIFSet","imm":2,"el":1}""", "MSRi DAIFSet", 0)]
    [InlineData("""{"access":"MSR PAN","imm":1,"el":1}""", "MSRi PAN", 0)]
    [InlineData("""{"access":"MSR PAN","el":1}""", "MSR PAN", 0)]
    [InlineData("""{"access":"ERET","el":1}""", "INSN ERET", 0)]
    [InlineData("""{"access":"INSN HVC","imm":65535,"el":1}""", "INSN HVC", 0)]
    [InlineData("""{"access":"TRCIT","el":1}""", "TRCIT TRCIT", 0)]
    [InlineData("""{"word":"0xd53be860","el":1}""", "MRS PMEVCNTR<m>_EL0", 3)]
    [InlineData("""{"word":3577471070,"el":1}""", "MRS CNTVCT_EL0", 0)]
    [InlineData("""{"word":"0xd50343df","el":1}""", "MSRi DAIFSet", 0)]
    [InlineData("""{"word":"0xd508871f","el":1}""", "TLBI VMALLE1", 0)]
    [InlineData("""{"word":"0xd69f0bff","el":1}""", "INSN ERETAA", 0)]
    [InlineData("""{"word":"0xd4000122","el":1}""", "INSN HVC", 0)]
    public static void Accessors_are_known_by_the_names_people_write_and_by_their_words(string text, string id, int index)
    {
        AccessedName access = Line(text).Access;

        (access.Accessor!.Id, access.Index).ShouldBe((id, index));
    }

    [Fact]
    public static void Every_word_of_every_accessor_is_recognised()
    {
        Gen<Accessor> accessors = Gen.Elements(AccessRules.Accessors.Where(a => a.HasEncoding).ToArray());
        Prop.ForAll(accessors.ToArbitrary(), a =>
        {
            (int first, int last) = a.Indices ?? (0, 0);
            for (int index = first; index <= last; index++)
            {
                uint word = a.Word(a.TakesRegister ? 6 : 31, index);
                AccessedName found = Line($$"""{"word":{{word}},"el":1,"expect":"U"}""").Access;
                (found.Accessor, found.Index).ShouldBe((a, index));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(1, 1));
    }

    [Fact]
    public static void A_word_that_no_accessor_has_needs_an_outcome_and_takes_it() =>
        Line("""{"word":"0xd5100001","el":1,"expect":"U"}""").Access.ShouldBe(new AccessedName(null, Word: 0xD510_0001));

    [Fact]
    public static void Without_an_id_the_line_number_makes_one() =>
        Line("""{"access":"MRS PMEVCNTR3_EL0","el":1}""").Id.ShouldBe("line/mrs-pmevcntr3_el0/2");

    [Fact]
    public static void Whole_cases_and_access_lines_stand_in_one_file()
    {
        CaseEntry[] entries = Entries("""
            {"access":"MRS SCTLR_EL1","el":1}
            {"id":"a/b","rules":["r"],"steps":[{"level":1,"pstate":"0x3c5","code":["0xd503201f"],"allowed":[{"name":"ends","fields":{"target":0}}]}]}
            """);

        entries.Select(e => e.Id).ShouldBe(["line/mrs-sctlr_el1/2", "a/b"]);
        entries[0].ShouldBeOfType<CaseEntry.Access>();
        entries[1].ShouldBeOfType<CaseEntry.Whole>();
    }

    /// <summary>The outcomes that an evaluator of the facts gives are all accepted for the access they belong to.</summary>
    [Fact]
    public static void Every_leaf_of_the_facts_can_be_written_with_the_index_put_in()
    {
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => !a.IsImplementationDefined))
        {
            int index = accessor.Indices?.Last ?? 0;
            foreach ((RuleNode.End end, int level) in Enumerable.Range(0, 4).SelectMany(l => accessor.Tree(l).Leaves.Select(e => (e, l))))
            {
                string written = LeafNotation.Plain(end.Leaf, index);
                Leaf read = Line($$"""{"access":"{{AccessorNames.Text(accessor, index)}}","el":{{level}},"expect":"{{written}}"}""").Expect.Single();
                LeafNotation.Plain(read, index).ShouldBe(written);
            }
        }
    }

    [Theory]
    [InlineData("MRS PMEVCNTR3_EL0", "R:PMEVCNTR3_EL0", "R:PMEVCNTR_EL0[3]")]
    [InlineData("MRS PMEVCNTR3_EL0", "R:PMEVCNTR_EL0[m]", "R:PMEVCNTR_EL0[3]")]
    [InlineData("MSR VBAR_EL12", "T2:1D", "T2:1d")]
    [InlineData("MSR VBAR_EL12", "N:0250", "N:250")]
    [InlineData("MRS ICH_LR3_EL2", "N:400+8m", "N:418")]
    public static void Two_spellings_of_one_effect_are_the_same(string access, string one, string other)
    {
        AccessLine line = Line($$"""{"access":"{{access}}","el":1,"expect":["{{one}}","{{other}}"]}""");

        LeafNotation.Plain(line.Expect[0], line.Access.Index).ShouldBe(LeafNotation.Plain(line.Expect[1], line.Access.Index));
    }

    private static AccessLine Line(string text) => ((CaseEntry.Access)Entries(text).Single()).Line;

    private static CaseEntry[] Entries(string lines) => [.. CaseFile.Entries(new StringReader($"{CaseFile.Head}\n{lines}"), "lines.jsonl")];
}
