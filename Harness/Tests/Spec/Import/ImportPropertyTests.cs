using System.Globalization;
using System.Text;
using System.Text.Json;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Import.Pseudocode;
using Conformance.Harness.Spec.Import.Translation;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Harness.Tests.Spec.Import;

/// <summary>Pseudocode drawn at random means the same before and after translation.</summary>
public class ImportPropertyTests
{
    private const int Bits = 6;

    /// <summary>A drawn program: a leaf number, or a test of some bits.</summary>
    private abstract record Program
    {
        internal sealed record Leaf(int Number) : Program;

        /// <summary><paramref name="All"/>: every bit of <paramref name="Mask"/> is 1; otherwise at least one is.</summary>
        internal sealed record Test(int Mask, bool All, bool Negated, int? Level, Program Then, Program Else, bool Chained) : Program;

        internal int Run(int bits, int level) => this switch
        {
            Leaf leaf => leaf.Number,
            Test t => (Holds(t, bits) && (t.Level is null || t.Level == level) ? t.Then : t.Else).Run(bits, level),
            _ => throw new InvalidOperationException(),
        };

        private static bool Holds(Test t, int bits) => (t.All ? (bits & t.Mask) == t.Mask : (bits & t.Mask) != 0) != t.Negated;
    }

    [Fact]
    public void Trees_of_translated_code_end_where_the_code_ends()
    {
        Prop.ForAll(Arb.From(Draw(4)), program =>
        {
            var code = new StringBuilder();
            Write(code, program, 0);
            var rule = new TranslatedRule(
                "MRS", "THING_EL1", "THING_EL1", [], ["3", "0", "1", "0", "0"], null, TreeTranslator.Translate(StatementParser.Parse(code.ToString())));
            using var json = JsonDocument.Parse(Conformance.Harness.Spec.Import.RuleLines.Rule(rule));
            var accessor = new Accessor(json.RootElement, LeafParser.Parse);
            var state = new ArchState(new Implementation(new FeatureSet([])));
            for (int bits = 0; bits < 1 << Bits; bits++)
            {
                for (int b = 0; b < Bits; b++)
                {
                    state[$"T_EL2.B{b}"] = (ulong)(bits >> b & 1);
                }

                for (int level = 0; level < 4; level++)
                {
                    accessor.Evaluate(state, level).Text.ShouldBe($"R:LEAF{program.Run(bits, level)}_EL1");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20250301, 7));
    }

    private static Gen<Program> Draw(int depth)
    {
        Gen<Program> leaf = Gen.Choose(0, 9).Select(n => (Program)new Program.Leaf(n));
        return depth == 0 ? leaf : Gen.Frequency(
            (1, leaf),
            (4, from mask in Gen.Choose(1, (1 << Bits) - 1)
                from flags in Gen.Choose(0, 7)
                from level in Gen.Choose(-4, 3)
                from then in Draw(depth - 1)
                from otherwise in Draw(depth - 1)
                select (Program)new Program.Test(
                    mask, (flags & 1) != 0, (flags & 2) != 0, level < 0 ? null : level, then, otherwise, (flags & 4) != 0)));
    }

    private static void Write(StringBuilder code, Program program, int indent, string word = "if")
    {
        string margin = new(' ', indent);
        if (program is not Program.Test test)
        {
            code.Append(CultureInfo.InvariantCulture, $"{margin}X[t, 64] = LEAF{((Program.Leaf)program).Number}_EL1;\n");
            return;
        }

        string bits = string.Join(test.All ? " && " : " || ", Enumerable.Range(0, Bits).Where(b => (test.Mask >> b & 1) != 0).Select(b => $"T_EL2.B{b} == '1'"));
        string when = $"{(test.Negated ? "!" : "")}({bits})";
        code.Append(CultureInfo.InvariantCulture, $"{margin}{word} {(test.Level is { } el ? $"PSTATE.EL == EL{el} && {when}" : when)} then\n");
        Write(code, test.Then, indent + 4);
        if (test is { Chained: true, Else: Program.Test next })
        {
            Write(code, next, indent, "elsif");
            return;
        }

        code.Append(CultureInfo.InvariantCulture, $"{margin}else\n");
        Write(code, test.Else, indent + 4);
    }
}
