namespace Conformance.Mutation.Points;

/// <summary>The order in which mutants are taken: by chance, but evenly over kinds, and within a kind over files.</summary>
internal static class Selection
{
    /// <summary>All mutants, in an order that the seed decides.</summary>
    internal static IReadOnlyList<Mutant> Order(IEnumerable<Mutant> mutants, int seed)
    {
        var random = new Random(seed);
        return Deal(Shuffled(mutants.GroupBy(m => m.Kind).OrderBy(g => g.Key), random).Select(
            kind => Deal(Shuffled(kind.GroupBy(m => m.File).OrderBy(g => g.Key, StringComparer.Ordinal), random)
                .Select(file => Shuffled(file, random)))));
    }

    private static T[] Shuffled<T>(IEnumerable<T> items, Random random)
    {
        T[] all = [.. items];
        random.Shuffle(all);
        return all;
    }

    /// <summary>The first of each list, then the second of each, until all are empty.</summary>
    private static List<Mutant> Deal(IEnumerable<IReadOnlyList<Mutant>> lists)
    {
        IReadOnlyList<Mutant>[] all = [.. lists];
        List<Mutant> dealt = [];
        for (int round = 0; all.Any(l => l.Count > round); round++)
        {
            dealt.AddRange(all.Where(l => l.Count > round).Select(l => l[round]));
        }

        return dealt;
    }
}
