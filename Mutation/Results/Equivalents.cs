using System.Text.Json;

namespace Conformance.Mutation.Results;

/// <summary>A mutant that no case can tell from the model, and why.</summary>
/// <param name="Key">The mutant's key.</param>
/// <param name="Reason">Why there is no difference, or none that the architecture lets software see.</param>
internal sealed record EquivalentMutant(string Key, string Reason);

/// <summary>The mutants that are known to be equivalent: <c>Mutation/equivalents.jsonl</c>.</summary>
internal sealed class Equivalents
{
    private readonly Dictionary<string, string> _reasons;

    private Equivalents(Dictionary<string, string> reasons) => _reasons = reasons;

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

    internal bool Contains(string key) => _reasons.ContainsKey(key);

    /// <summary>The entries that name no mutant of the present source.</summary>
    internal IReadOnlyList<string> Stale(IEnumerable<string> present) =>
        [.. _reasons.Keys.Except(present, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
