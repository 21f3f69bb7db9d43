using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>The decoder against the published table of encodings, over all 2^32 words by their upper bits.</summary>
public sealed class DecoderTests
{
    private const int Shown = 60;

    private static readonly EncodingTable s_table = EncodingTable.Read(Lines("a64-encodings.jsonl"), Lines("a64-encoding-rules.jsonl"));

    [Theory]
    [InlineData("nv2")]
    [InlineData("armv8.0")]
    public void Every_word_is_an_instruction_exactly_if_the_architecture_allocates_it(string profile)
    {
        var features = FeatureSet.Parse(profile);
        var wrong = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Func<string, bool> has = features.Has;
        var random = new Random(4);
        for (uint upper = 0; upper < 1u << 22; upper++)
        {
            uint word = upper << 10;
            uint low = (uint)random.Next(1 << 10);
            Compare(word | low, features, has, wrong);
            Compare(word | low | 0x3e0, features, has, wrong);
            Compare(word | (low & 0x3e0) | 0x1f, features, has, wrong);
        }

        wrong.Values.ShouldBeEmpty(Report(wrong));
    }

    [Theory]
    [InlineData("nv2")]
    [InlineData("armv8.0")]
    public void Every_encoding_and_what_differs_from_it_in_one_bit_agrees_with_the_table(string profile)
    {
        var features = FeatureSet.Parse(profile);
        var wrong = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Func<string, bool> has = features.Has;
        var random = new Random(5);
        foreach (InstructionEncoding encoding in s_table.Encodings)
        {
            InstructionPattern pattern = encoding.Pattern;
            for (int i = 0; i < 12; i++)
            {
                uint word = pattern.Value | ((uint)random.NextInt64(1L << 32) & ~pattern.Mask);
                Compare(word, features, has, wrong);
                for (int bit = 0; bit < 32; bit++)
                {
                    Compare(word ^ (1u << bit), features, has, wrong);
                }
            }
        }

        wrong.Values.ShouldBeEmpty(Report(wrong));
    }

    private static void Compare(uint word, FeatureSet features, Func<string, bool> has, SortedDictionary<string, string> wrong)
    {
        InstructionEncoding? encoding = s_table.Find(word);
        if (encoding?.UnpredictableRule(word, has) is not null)
        {
            return; // either is allowed
        }

        bool expected = encoding is not null && encoding.IsAllocated(word, has);
        A64.Predecode(word, features, out Operation op);
        bool executes = !op.IsUndefined;
        if (executes != expected)
        {
            string row = A64.Decode(word)?.Name ?? "no row";
            string key = $"{encoding?.Name ?? "unallocated"} {row}";
            wrong.TryAdd(key, $"0x{word:x8}: {encoding?.Name ?? "unallocated"} is {(expected ? "allocated" : "UNDEFINED")}, the model has {row}");
        }
        else if (!executes && encoding?.Needs is { } needs && !needs.Holds(word, has)
            && encoding.IsAllocated(word, static _ => true) && A64.Decode(word) is null)
        {
            wrong.TryAdd($"{encoding.Name} undeclared", $"0x{word:x8}: {encoding.Name} is UNDEFINED, but no row says that {needs} is absent");
        }
    }

    private static string Report(SortedDictionary<string, string> wrong) =>
        $"{wrong.Count} kinds of words differ:\n{string.Join('\n', wrong.Values.Take(Shown))}";

    private static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(DecoderTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
