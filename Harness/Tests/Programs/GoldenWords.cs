using System.Globalization;
using Conformance.Harness.Programs;

namespace Conformance.Harness.Tests.Programs;

/// <summary>The rows of <c>Fixtures/golden</c>: words that another assembler made, their text, and our call for each.</summary>
internal static class GoldenWords
{
    /// <summary>One instruction.</summary>
    /// <param name="Line">Line of a64-words.s.</param>
    /// <param name="Word">The word the other assembler made.</param>
    /// <param name="Text">Assembly text.</param>
    /// <param name="Call">The call of <see cref="Assembler"/> that must make the same word.</param>
    internal sealed record Row(int Line, uint Word, string Text, string Call);

    internal static IReadOnlyList<Row> Rows { get; } = Load();

    private static List<Row> Load()
    {
        string[] words = [.. Lines("Fixtures/golden/a64-words.csv").Where(l => !l.StartsWith('#'))];
        List<Row> rows = [];
        int line = 0;
        foreach (string source in Lines("Fixtures/golden/a64-words.s"))
        {
            line++;
            if (source.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = source.Split("//", 2);
            string[] made = words[rows.Count].Split(',', 2);
            string text = parts[0].Trim();
            made[1].ShouldBe(text, $"a64-words.s:{line}: run Fixtures/golden/make-a64-words.sh again");
            rows.Add(new Row(line, uint.Parse(made[0].AsSpan(2), NumberStyles.AllowHexSpecifier), text, parts[1].Trim()));
        }

        rows.Count.ShouldBe(words.Length, "a64-words.csv has more lines than a64-words.s; run make-a64-words.sh again");
        return rows;
    }

    private static IEnumerable<string> Lines(string resource)
    {
        using Stream stream = typeof(Assembler).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded in the harness.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
