using System.Text.Json;

namespace Conformance.Harness.Spec.Instructions;

/// <summary>All encodings of the A64 instruction set.</summary>
public sealed class EncodingTable
{
    /// <summary>Bits 31:21 choose the bucket.</summary>
    private const int BucketShift = 21;

    private readonly InstructionEncoding[][] _buckets = new InstructionEncoding[1 << (32 - BucketShift)][];

    public EncodingTable(IEnumerable<InstructionEncoding> encodings)
    {
        Encodings = [.. encodings];
        InstructionEncoding[] ordered = [.. Encodings.OrderByDescending(e => uint.PopCount(e.Pattern.Mask))];
        for (uint b = 0; b < _buckets.Length; b++)
        {
            uint bits = b << BucketShift;
            _buckets[b] = [.. ordered.Where(e => ((bits ^ e.Pattern.Value) & e.Pattern.Mask >> BucketShift << BucketShift) == 0)];
        }
    }

    public IReadOnlyList<InstructionEncoding> Encodings { get; }

    /// <summary>The encoding of a word, the special case before the general one; null when the word is unallocated.</summary>
    public InstructionEncoding? Find(uint word)
    {
        foreach (InstructionEncoding encoding in _buckets[word >> BucketShift])
        {
            if (encoding.Matches(word))
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>Reads the lines of <c>Fixtures/spec/a64-encodings.jsonl</c> and of rules written by hand; heads are passed over.</summary>
    /// <param name="lines">The encodings.</param>
    /// <param name="handRules">Conditions that the published decode does not give in a plain form, by encoding.</param>
    /// <exception cref="FormatException">A line is not in the notation.</exception>
    public static EncodingTable Read(IEnumerable<string> lines, IEnumerable<string> handRules)
    {
        ILookup<string, JsonElement> hand = handRules.Select(Json).Where(j => j.TryGetProperty("n", out _))
            .ToLookup(j => j.GetProperty("n").GetString()!, StringComparer.Ordinal);
        var table = new EncodingTable(lines.Select(Json).Where(j => j.TryGetProperty("n", out _)).Select(j => One(j, hand)));
        var names = table.Encodings.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        string? stray = hand.Select(h => h.Key).FirstOrDefault(n => !names.Contains(n));
        return stray is null ? table : throw new FormatException($"a rule written by hand is for {stray}, which is no encoding");
    }

    private static InstructionEncoding One(JsonElement json, ILookup<string, JsonElement> hand)
    {
        string name = json.GetProperty("n").GetString()!;
        var pattern = InstructionPattern.Parse(json.GetProperty("b").GetString()!);
        JsonElement[] all = [json, .. hand[name]];
        return new InstructionEncoding
        {
            Name = name,
            Mnemonic = json.GetProperty("m").GetString()!,
            Class = json.GetProperty("c").GetString()!,
            Group = json.GetProperty("g").GetString()!,
            Pattern = pattern,
            Needs = json.TryGetProperty("f", out JsonElement f) ? EncodingCondition.Parse(f.GetString()!, null) : null,
            NopWithout = json.TryGetProperty("nop", out _),
            Where = Conditions(all, "where", pattern),
            Undefined = Conditions(all, "undef", pattern),
            Unpredictable = [.. all.SelectMany(a => Array(a, "open")).Select(o => new UnpredictableCondition(
                o.GetProperty("r").GetString()!, EncodingCondition.Parse(o.GetProperty("w").GetString()!, pattern)))],
        };
    }

    private static EncodingCondition[] Conditions(JsonElement[] all, string property, InstructionPattern pattern) =>
        [.. all.SelectMany(a => Array(a, property)).Select(c => EncodingCondition.Parse(c.GetString()!, pattern))];

    private static IEnumerable<JsonElement> Array(JsonElement json, string property) =>
        json.TryGetProperty(property, out JsonElement array) ? array.EnumerateArray() : [];

    private static JsonElement Json(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
