using System.Reflection;
using Conformance.Harness.Programs;

namespace Conformance.Harness.Tests.Programs;

/// <summary>The assembler against words from another assembler.</summary>
public static class GoldenWordsTests
{
    private const ulong Pc = 0x4020_0000;

    /// <summary>Emitters that write data or are sequences of other emitters.</summary>
    private static readonly string[] s_notInstructions = ["Word", "Quad", "Align", "Space", "Bind"];

    [Fact]
    public static void Every_emitter_makes_the_word_of_the_other_assembler()
    {
        List<string> wrong = [];
        foreach (GoldenWords.Row row in GoldenWords.Rows)
        {
            var assembler = new Assembler(Pc);
            EmitterCall.Invoke(assembler, row.Call);
            uint[] words = assembler.Words();
            if (words.Length != 1 || words[0] != row.Word)
            {
                wrong.Add($"a64-words.s:{row.Line}: {row.Text}: {row.Call} gives {string.Join(' ', words.Select(w => $"0x{w:x8}"))}, "
                    + $"not 0x{row.Word:x8}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public static void Every_emitter_has_a_golden_word()
    {
        var seen = GoldenWords.Rows.Select(r => EmitterCall.Invoke(new Assembler(Pc), r.Call)).ToHashSet();
        IEnumerable<string> missing =
            from method in typeof(Assembler).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(Assembler) && !s_notInstructions.Contains(method.Name) && !seen.Contains(method)
            select method.ToString();

        missing.ShouldBeEmpty();
    }
}
