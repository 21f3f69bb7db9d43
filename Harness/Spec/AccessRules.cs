using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>The access facts: who may execute which system-register access or system instruction, and what happens.</summary>
/// <remarks>Source: <c>Fixtures/spec/access-rules.jsonl</c>, from Arm's A-profile system-register data of 2025-03.</remarks>
public static class AccessRules
{
    private static readonly Lazy<IReadOnlyList<Accessor>> s_accessors = new(Load);
    private static readonly Lazy<Dictionary<string, Accessor>> s_byId =
        new(() => Accessors.ToDictionary(a => a.Id, StringComparer.Ordinal));

    /// <summary>All accessors in the order of the facts.</summary>
    public static IReadOnlyList<Accessor> Accessors => s_accessors.Value;

    /// <summary>The accessor <c>MRS SCTLR_EL1</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public static Accessor Find(string id) =>
        s_byId.Value.TryGetValue(id, out Accessor? accessor) ? accessor : throw new KeyNotFoundException($"No accessor '{id}'.");

    private static List<Accessor> Load() => Read(Facts.Lines("access-rules.jsonl"));

    /// <summary>The accessors among the rows of a rules file; rows of a kind that is not known are passed over.</summary>
    internal static List<Accessor> Read(IEnumerable<JsonElement> rows)
    {
        Dictionary<string, Leaf> leaves = new(StringComparer.Ordinal);
        return [.. rows.Where(l => l.GetProperty("k").GetString() == "acc").Select(l => new Accessor(l, Leaf))];

        Leaf Leaf(string text)
        {
            if (!leaves.TryGetValue(text, out Leaf? leaf))
            {
                leaves[text] = leaf = LeafParser.Parse(text);
            }

            return leaf;
        }
    }
}
