using System.Text.Json;

namespace Conformance.Harness.Spec.Compare;

/// <summary>What comparing the rules came to.</summary>
internal sealed record RuleTotals(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<RuleChange> Changed,
    int Compared,
    long States,
    int LeavesReached,
    int Leaves)
{
    internal static RuleTotals None { get; } = new([], [], [], 0, 0, 0, 0);
}

/// <summary>Compares the rules of two versions, accessor by accessor, in states drawn for each.</summary>
internal static class RuleComparer
{
    /// <summary>Members of a row besides the trees, with the words for them.</summary>
    private static readonly (string Member, string Word)[] s_members =
        [("enc", "encoding"), ("m", "index range"), ("reg", "register"), ("also", "further registers")];

    internal static RuleTotals Compare(
        IReadOnlyList<RuleRow> old, IReadOnlyList<RuleRow> changed, int states, int seed, Action<int, int>? progress, CancellationToken stop)
    {
        Dictionary<string, RuleRow> after = changed.ToDictionary(r => r.Accessor.Id, StringComparer.Ordinal);
        HashSet<string> before = [.. old.Select(r => r.Accessor.Id)];
        List<(RuleRow Old, RuleRow New)> both = [.. old.Where(r => after.ContainsKey(r.Accessor.Id)).Select(r => (r, after[r.Accessor.Id]))];
        var results = new One[both.Count];
        int done = 0;

        // Each accessor draws from a seed of its own, so the result does not depend on the order or the number of threads.
        Parallel.For(0, both.Count, new ParallelOptions { CancellationToken = stop }, i =>
        {
            results[i] = Accessor(both[i].Old, both[i].New, states, unchecked((seed * 31) + StableHash(both[i].Old.Accessor.Id)));
            int count = Interlocked.Increment(ref done);
            if (progress is not null)
            {
                lock (both)
                {
                    progress(count, both.Count);
                }
            }
        });
        return new RuleTotals(
            [.. changed.Select(r => r.Accessor.Id).Where(id => !before.Contains(id))],
            [.. old.Select(r => r.Accessor.Id).Where(id => !after.ContainsKey(id))],
            [.. results.Where(r => r.Change.Differs || r.Change.Rewritten.Count > 0).Select(r => r.Change)],
            both.Count,
            4L * both.Count * states,
            results.Sum(r => r.Reached),
            results.Sum(r => r.Leaves));
    }

    private readonly record struct One(RuleChange Change, int Reached, int Leaves);

    private static One Accessor(RuleRow old, RuleRow changed, int states, int seed)
    {
        List<string> what = [];
        foreach ((string member, string word) in s_members)
        {
            string a = Member(old.Row, member);
            string b = Member(changed.Row, member);
            if (a != b)
            {
                what.Add($"{word} {a} becomes {b}");
            }
        }

        List<(int, Counterexample)> levels = [];
        List<int> rewritten = [];
        int reached = 0;
        int leaves = 0;
        (int First, int Last)? indices = Common(old.Accessor.Indices, changed.Accessor.Indices);
        for (int level = 0; level < 4; level++)
        {
            RuleTree before = old.Accessor.Tree(level);
            RuleTree after = changed.Accessor.Tree(level);
            var hit = new bool[before.Leaves.Count];
            if (TreeComparer.Find(before, after, level, indices, states, unchecked((seed * 4) + level), hit) is { } example)
            {
                levels.Add((level, example));
            }
            else if (!SameText(old.Row, changed.Row, level))
            {
                rewritten.Add(level);
            }

            reached += hit.Count(h => h);
            leaves += hit.Length;
        }

        return new One(new RuleChange(old.Accessor.Id, what, levels, rewritten), reached, leaves);
    }

    private static (int, int)? Common((int First, int Last)? a, (int First, int Last)? b) =>
        a is var (first, last) && b is var (start, end) && Math.Max(first, start) <= Math.Min(last, end)
            ? (Math.Max(first, start), Math.Min(last, end))
            : a;

    private static bool SameText(JsonElement old, JsonElement changed, int level) =>
        Member(old, "g") == Member(changed, "g")
        && old.GetProperty("e")[level].GetRawText() == changed.GetProperty("e")[level].GetRawText();

    private static string Member(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : "none";

    /// <summary>The same number for the same text in every process.</summary>
    private static int StableHash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)hash;
    }
}
