using Conformance.Harness.Cases;

namespace Conformance.Suites.Instructions;

/// <summary>The recorded vectors: <c>Fixtures/vectors/instructions.jsonl</c>, made by <c>conformance lockstep --record</c>.</summary>
public static class VectorFile
{
    private const string Name = "Fixtures/vectors/instructions.jsonl";

    private static readonly Lazy<IReadOnlyList<InstructionVector>> s_all = new(Load);

    public static IReadOnlyList<InstructionVector> All => s_all.Value;

    /// <summary>The first line of such a file.</summary>
    public static string Head(string model, string qemu, ulong seed) =>
        $$"""{"k":"head","format":"instruction-vectors/1","note":"Outcomes of single instructions on which two implementations agree","by":["{{model}}","{{qemu}}"],"seed":{{seed}}}""";

    private static List<InstructionVector> Load()
    {
        using Stream stream = typeof(Case).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is not embedded in the harness.");
        using var reader = new StreamReader(stream);
        reader.ReadLine(); // the head
        List<InstructionVector> all = [];
        while (reader.ReadLine() is { } line)
        {
            all.Add(InstructionVector.Read(line));
        }

        return all;
    }
}
