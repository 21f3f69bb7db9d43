namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>A decision tree of our notation (section 1.1), being written.</summary>
internal abstract record Tree
{
    /// <summary>The end of a path.</summary>
    internal sealed record Leaf(string Text) : Tree;

    /// <summary>Conditions asked in order.</summary>
    internal sealed record Fork(IReadOnlyList<(string When, Tree Then)> Arms, Tree Otherwise) : Tree;

    /// <summary>How many leaves there are.</summary>
    internal int Leaves => this is Fork fork ? fork.Arms.Sum(a => a.Then.Leaves) + fork.Otherwise.Leaves : 1;

    /// <summary>True if both are written the same.</summary>
    internal bool Same(Tree other) => (this, other) switch
    {
        (Leaf a, Leaf b) => a == b,
        (Fork a, Fork b) => a.Otherwise.Same(b.Otherwise) && Same(a.Arms, b.Arms),
        _ => false,
    };

    internal static bool Same(IReadOnlyList<(string When, Tree Then)> a, IReadOnlyList<(string When, Tree Then)> b) =>
        a.Count == b.Count && a.Zip(b).All(p => p.First.When == p.Second.When && p.First.Then.Same(p.Second.Then));
}

/// <summary>The trees of one accessor.</summary>
/// <param name="Guards">Leading pairs that the four levels share.</param>
/// <param name="Levels">The trees of EL0 to EL3, without the guards.</param>
internal sealed record AccessTrees(IReadOnlyList<(string When, Tree Then)> Guards, IReadOnlyList<Tree> Levels)
{
    /// <summary>Leaves as coverage counts them: the shared ones once per level.</summary>
    internal int Leaves => Levels.Sum(l => l.Leaves) + (4 * Guards.Sum(g => g.Then.Leaves));
}
