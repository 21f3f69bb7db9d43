namespace Conformance.Harness.Spec.Compare;

/// <summary>A state in which two trees give different leaves.</summary>
/// <param name="State">The smallest one found.</param>
/// <param name="Old">The leaf of the old tree.</param>
/// <param name="New">The leaf of the new tree.</param>
public sealed record Counterexample(Sample State, string Old, string New);

/// <summary>Compares what two trees evaluate to.</summary>
internal static class TreeComparer
{
    /// <summary>A state in which the trees differ, or null if none was drawn.</summary>
    /// <param name="old">The old tree.</param>
    /// <param name="changed">The new tree.</param>
    /// <param name="level">Exception level of the access.</param>
    /// <param name="indices">Indices to draw from, or null.</param>
    /// <param name="states">How many states to draw.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="reached">Marks the leaves of the old tree that were reached, by ordinal; may be null.</param>
    internal static Counterexample? Find(
        RuleTree old, RuleTree changed, int level, (int First, int Last)? indices, int states, int seed, bool[]? reached = null)
    {
        var sampler = new Sampler(Relevant.Of(old, changed), indices, seed);
        reached ??= new bool[old.Leaves.Count];
        var reachedInNew = new bool[changed.Leaves.Count];
        for (int i = 0; i < states; i++)
        {
            sampler.Next();
            RuleNode.End before = old.Evaluate(sampler.State, level, sampler.Index);
            RuleNode.End after = changed.Evaluate(sampler.State, level, sampler.Index);
            if (before.Leaf.Text != after.Leaf.Text)
            {
                return Shrink(old, changed, level, sampler.Last, indices?.First ?? 0);
            }

            if (!reached[before.Ordinal] || !reachedInNew[after.Ordinal])
            {
                reached[before.Ordinal] = reachedInNew[after.Ordinal] = true;
                sampler.Keep();
            }
        }

        return null;
    }

    /// <summary>Takes away whatever the difference does not need, one name after the other, until nothing can go.</summary>
    private static Counterexample Shrink(RuleTree old, RuleTree changed, int level, Sample found, int firstIndex)
    {
        (string Old, string New) Leaves(Sample sample)
        {
            ArchState state = sample.ToState();
            return (old.Evaluate(state, level, sample.Index).Leaf.Text, changed.Evaluate(state, level, sample.Index).Leaf.Text);
        }

        Sample smallest = found;
        bool shrunk = true;
        while (shrunk)
        {
            shrunk = false;
            foreach (Sample smaller in Smaller(smallest, firstIndex))
            {
                (string a, string b) = Leaves(smaller);
                if (a != b)
                {
                    smallest = smaller;
                    shrunk = true;
                    break;
                }
            }
        }

        (string before, string after) = Leaves(smallest);
        return new Counterexample(smallest, before, after);
    }

    private static IEnumerable<Sample> Smaller(Sample sample, int firstIndex) =>
    [
        .. sample.Choices.Select(c => sample with { Choices = Without(sample.Choices, c) }),
        .. sample.Constants.Select(c => sample with { Constants = Without(sample.Constants, c) }),
        .. sample.Fields.Select(f => sample with { Fields = Without(sample.Fields, f) }),
        .. sample.Features.Select(f => sample with { Features = Without(sample.Features, f) }),
        .. sample.Index > firstIndex ? [sample with { Index = firstIndex }] : Array.Empty<Sample>(),
        .. sample.Fields.Where(f => f.Value > 1).Select(f => sample with
        {
            Fields = [.. sample.Fields.Select(g => g.Key == f.Key ? KeyValuePair.Create(f.Key, f.Value & (f.Value - 1)) : g)],
        }),
    ];

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> items, T item) => [.. items.Where(i => !Equals(i, item))];
}
