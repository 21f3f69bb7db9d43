using Conformance.Mutation.Points;

namespace Conformance.Mutation.Tests.Points;

public sealed class PointFinderTests
{
    private const string Row =
        """
            internal static void Reg(string name, SysEncoding encoding, string bits, int slot, params AccessRule[] rules) { }
            internal static void All() => Reg("VBAR_EL1", (3, 0, 12, 0, 0), "63:11 4@FEAT_X", Slots.HCR_EL2, Hfg(38), Host("VBAR_EL2"), Vncr(0x250), El12);
            internal static void Other() => Host("TCR_EL2");
        """;

    [Theory]
    [InlineData(MutationKind.Offset, "Vncr(0x250) -> Vncr(0x258)", "Vncr(0x250) -> Vncr(0x248)")]
    [InlineData(MutationKind.Register, "Slots.HCR_EL2 -> Slots.SCR_EL3")]
    [InlineData(
        MutationKind.Layout, "\"63:11 4@FEAT_X\" -> \"62:11 4@FEAT_X\"", "\"63:11 4@FEAT_X\" -> \"63:12 4@FEAT_X\"",
        "\"63:11 4@FEAT_X\" -> \" 4@FEAT_X\"", "\"63:11 4@FEAT_X\" -> \"63:11=1 4@FEAT_X\"", "\"63:11 4@FEAT_X\" -> \"63:11 4=1@FEAT_X\"")]
    [InlineData(MutationKind.Feature, "\"63:11 4@FEAT_X\" -> \"63:11 4@!FEAT_X\"")]
    [InlineData(
        MutationKind.Encoding, "(3, 0, 12, 0, 0) -> (2, 0, 12, 0, 0)", "(3, 0, 12, 0, 0) -> (3, 1, 12, 0, 0)",
        "(3, 0, 12, 0, 0) -> (3, 0, 13, 0, 0)", "(3, 0, 12, 0, 0) -> (3, 0, 12, 1, 0)", "(3, 0, 12, 0, 0) -> (3, 0, 12, 0, 1)")]
    public void A_declaration_goes_wrong_in_each_of_its_words(MutationKind kind, params string[] changes)
    {
        string[] found = Given.Changes(kind, Row);
        foreach (string change in changes)
        {
            found.ShouldContain(change);
        }
    }

    [Fact]
    public void A_rule_is_left_out_or_becomes_another_of_its_shape()
    {
        string[] rules = Given.Changes(MutationKind.Rule, Row);
        rules.ShouldContain(r => r.EndsWith("Vncr(0x250), ReadOnly)", StringComparison.Ordinal));
        rules.ShouldContain(r => r.StartsWith("Hfg(38)", StringComparison.Ordinal) && r.EndsWith("Hdfg(38)", StringComparison.Ordinal));
        rules.ShouldContain(r => r.EndsWith("Vncr(0x250))", StringComparison.Ordinal));
        Given.Changes(MutationKind.TrapNumber, Row).ShouldBe(["Hfg(38) -> Hfg(39)", "Hfg(38) -> Hfg(37)"], ignoreOrder: true);
        Given.Changes(MutationKind.Alias, Row).ShouldBe(
            ["\"VBAR_EL2\" -> \"TCR_EL2\"", "\"TCR_EL2\" -> \"VBAR_EL2\""], ignoreOrder: true);
    }

    [Theory]
    [InlineData("static bool M(Core c) => (c.System[Slots.HCR_EL2] & Hcr.TWI) != 0;", MutationKind.Bit, "TWI -> TWE", "TWI -> TID1")]
    [InlineData("static bool M(Core c) => Effective.Tge(c);", MutationKind.Control, "Tge -> Host0")]
    [InlineData("static int M() => ExceptionClass.Svc;", MutationKind.ExceptionClass, "Svc -> Hvc")]
    [InlineData("static Situation M() => Situation.Nv | Situation.Nv2;", MutationKind.Situation, "Nv -> Nv2")]
    public void A_name_becomes_its_neighbour(string member, MutationKind kind, params string[] changes)
    {
        string[] found = Given.Changes(kind, member);
        foreach (string change in changes)
        {
            string[] sides = change.Split(" -> ");
            found.ShouldContain(f => f.Replace(sides[0], sides[1], StringComparison.Ordinal) == f || f.Contains($".{sides[1]}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("static bool M(Core c) => c.EL == 1;", MutationKind.Level, "c.EL == 1 -> c.EL == 2", "c.EL == 1 -> c.EL == 0")]
    [InlineData("static bool M(Core c) => c.EL == 1;", MutationKind.Comparison, "c.EL == 1 -> c.EL != 1")]
    [InlineData(
        "static bool M(bool here, bool there) => here && there;", MutationKind.Condition,
        "here && there -> ((here) || (there))", "here && there -> (here)", "here && there -> (there)")]
    [InlineData("static int M(bool host) => host ? 2 : 1;", MutationKind.Choice, "host ? 2 : 1 -> host ? (1) : (2)")]
    [InlineData("static ulong M(ulong a, ulong b) => (a << 20) | (b << 17);", MutationKind.FieldOrder, "(a << 20) | (b << 17) -> (b << 20) | (a << 17)")]
    [InlineData("static ulong M(ulong a) => 0x1UL << 20;", MutationKind.Position, "0x1UL << 20 -> 0x1UL << 21", "0x1UL << 20 -> 0x1UL << 19")]
    [InlineData("static string M() => \"1101 CRm:4 011\";", MutationKind.Encoding, "\"1101 CRm:4 011\" -> \"0101 CRm:4 011\"")]
    [InlineData("static bool M() { return true; }", MutationKind.Truth, "return true; -> return false;")]
    public void An_expression_goes_wrong(string member, MutationKind kind, params string[] changes)
    {
        string[] found = Given.Changes(kind, member);
        foreach (string change in changes)
        {
            found.ShouldContain(change);
        }
    }

    [Fact]
    public void Two_checks_change_places_whether_guards_or_branches()
    {
        const string guards = "static int M(int x) { if (x > 1) { return 1; } if (x > 2) { return 2; } return 3; }";
        const string branches = "static int M(int x) { int y; if (x > 1) { y = 1; } else if (x > 2) { y = 2; } else { y = 3; } return y; }";
        Given.Changes(MutationKind.Order, guards).ShouldHaveSingleItem()
            .ShouldEndWith("{ if (x > 2) { return 2; } if (x > 1) { return 1; } return 3; }");
        Given.Changes(MutationKind.Order, branches).ShouldHaveSingleItem()
            .ShouldEndWith("if (x > 2) { y = 2; } else if (x > 1) { y = 1; } else { y = 3; }");
    }

    [Theory]
    [InlineData("static int M(int x, bool a) { if (x == 1 && a) { return 1; } if (x == 2) { return 2; } return 3; }", 0)]
    [InlineData("static int M(int x, bool a) { int y = 0; if (x == 1 && a) { y = 1; } else if (x == 2) { y = 2; } return y; }", 0)]
    [InlineData("static int M(int x, bool a) => x == 1 && a ? 1 : x == 2 ? 2 : 3;", 0)]
    [InlineData("static int M(int x, bool a) => x == 1 || a ? 1 : x == 2 ? 2 : 3;", 1)]
    public void Checks_that_are_never_both_true_have_no_order(string member, int changes) =>
        Given.Changes(MutationKind.Order, member).Length.ShouldBe(changes);

    [Fact]
    public void A_key_names_one_mutant_and_does_not_depend_on_the_line()
    {
        const string member = "static bool M(Core c) => c.EL == 1 || c.EL == 1;";
        IReadOnlyList<Mutant> mutants = Given.Mutants(member);
        mutants.Select(m => m.Key).ShouldBeUnique();
        Given.Mutants("\n\n" + member).Select(m => m.Key).ShouldBe(mutants.Select(m => m.Key));
        Given.Mutants("\n\n" + member).Select(m => m.Line).ShouldBe(mutants.Select(m => m.Line + 2));
    }
}
