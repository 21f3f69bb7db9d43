using System.Text.Json;

namespace Conformance.Mutation.Results;

/// <summary>A mutant that no case can tell from the model, and why.</summary>
/// <param name="Key">The mutant's key; <c>*</c> stands for any text where one reason holds for a family.</param>
/// <param name="Reason">Why there is no difference, or none that the architecture lets software see.</param>
internal sealed record EquivalentMutant(string Key, string Reason);

/// <summary>The mutants that are known to be equivalent: <c>Mutation/equivalents.jsonl</c>.</summary>
internal sealed class Equivalents
{
    private readonly Dictionary<string, string> _reasons;

    private readonly string[] _families;

    private Equivalents(Dictionary<string, string> reasons)
    {
        _reasons = reasons;
        _families = [.. reasons.Keys.Where(IsFamily)];
    }

    internal IReadOnlyCollection<string> Keys => _reasons.Keys;

    internal static Equivalents None { get; } = new([]);

    /// <exception cref="MutationException">A line is no entry, has no reason, or stands twice.</exception>
    internal static Equivalents Parse(string file, IEnumerable<string> lines)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((int index, string line) in lines.Index().Where(l => l.Item.Trim().Length > 0))
        {
            string place = $"{file}:{index + 1}";
            EquivalentMutant entry;
            try
            {
                entry = JsonSerializer.Deserialize(line, MutationJson.Default.EquivalentMutant)!;
            }
            catch (JsonException e)
            {
                throw new MutationException($"{place}: no entry ({e.Message.Split('.')[0]}); write {{\"key\":…,\"reason\":…}}.");
            }

            if (string.IsNullOrWhiteSpace(entry.Reason))
            {
                throw new MutationException($"{place}: an equivalent mutant without a reason; say why nothing can show it.");
            }

            if (!reasons.TryAdd(entry.Key, entry.Reason))
            {
                throw new MutationException($"{place}: this key stands twice; keep one line.");
            }
        }

        return new Equivalents(reasons);
    }

    /// <summary>The mutant stands there by itself, not as one of a family.</summary>
    internal bool Names(string key) => _reasons.ContainsKey(key);

    internal bool Contains(string key) => _reasons.ContainsKey(key) || _families.Any(f => Matches(f, key));

    /// <summary>The entries that name no mutant of the present source.</summary>
    internal IReadOnlyList<string> Stale(IReadOnlyCollection<string> present) =>
        [.. _reasons.Keys.Except(present, StringComparer.Ordinal).Where(k => !IsFamily(k) || !present.Any(p => Matches(k, p)))
            .Order(StringComparer.Ordinal)];

    private static bool IsFamily(string key) => key.Contains('*', StringComparison.Ordinal);

    /// <summary>Pieces between stars, in order; the first at the beginning and the last at the end.</summary>
    private static bool Matches(string family, string key)
    {
        string[] pieces = family.Split('*');
        int at = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            int found = i == pieces.Length - 1 ? Math.Max(at, key.Length - pieces[i].Length) : key.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (found < 0 || (i == 0 && found != 0) || string.CompareOrdinal(key, found, pieces[i], 0, pieces[i].Length) != 0)
            {
                return false;
            }

            at = found + pieces[i].Length;
        }

        return at == key.Length;
    }
}
