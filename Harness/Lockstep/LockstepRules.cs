using System.Text.Json;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Lockstep;

/// <summary>What random blocks leave out, and why (<c>Fixtures/lockstep/rules.jsonl</c>).</summary>
public sealed class LockstepRules
{
    private readonly Dictionary<string, List<(EncodingCondition? When, string Reason)>> _skips = new(StringComparer.Ordinal);

    private readonly List<(string Encoding, string? When, string Reason)> _all = [];

    /// <summary>Every encoding of which something is left out: under which condition (null: always), and why.</summary>
    public IReadOnlyList<(string Encoding, string? When, string Reason)> All => _all;

    private LockstepRules(EncodingTable table)
    {
        foreach (JsonElement line in Facts.Lines("lockstep/rules.jsonl"))
        {
            string name = line.GetProperty("n").GetString()!;
            InstructionEncoding[] meant = [.. table.Encodings.Where(e => name.EndsWith('*')
                ? e.Name.StartsWith(name[..^1], StringComparison.Ordinal)
                : e.Name == name)];
            if (meant.Length == 0)
            {
                throw new FormatException($"Fixtures/lockstep/rules.jsonl: there is no encoding {name}.");
            }

            foreach (InstructionEncoding encoding in meant)
            {
                EncodingCondition? when = line.TryGetProperty("when", out JsonElement w)
                    ? EncodingCondition.Parse(w.GetString()!, encoding.Pattern)
                    : null;
                if (!_skips.TryGetValue(encoding.Name, out List<(EncodingCondition?, string)>? skips))
                {
                    _skips.Add(encoding.Name, skips = []);
                }

                string reason = line.GetProperty("skip").GetString()!;
                skips.Add((when, reason));
                _all.Add((encoding.Name, when is null ? null : w.GetString(), reason));
            }
        }
    }

    public static LockstepRules For(EncodingTable table) => new(table);

    /// <summary>Why no word of the encoding is run, or null.</summary>
    public string? SkipsWhole(InstructionEncoding encoding) =>
        _skips.TryGetValue(encoding.Name, out List<(EncodingCondition? When, string Reason)>? skips)
            ? skips.Find(s => s.When is null).Reason
            : null;

    /// <summary>Why the word is not run, or null.</summary>
    public string? Skips(InstructionEncoding encoding, uint word) =>
        _skips.TryGetValue(encoding.Name, out List<(EncodingCondition? When, string Reason)>? skips)
            ? skips.Find(s => s.When is null || s.When.Holds(word, static _ => false)).Reason
            : null;
}
