using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Coverage;

/// <summary>A leaf of the access facts with the way that leads to it.</summary>
/// <param name="Accessor">The accessor.</param>
/// <param name="Level">Exception level of the access, 0 to 3.</param>
/// <param name="End">The leaf and its place in the tree.</param>
/// <param name="Last">The last condition on the way, or null for a tree that is one leaf.</param>
internal sealed record LeafPath(Accessor Accessor, int Level, RuleNode.End End, Asked? Last)
{
    /// <summary>The id that coverage counts: <c>MRS SCTLR_EL1@EL1#4:N:110</c>.</summary>
    public string Id { get; } = Accessor.LeafId(Level, End);

    /// <inheritdoc cref="Asked.Controls"/>
    public IReadOnlyList<string> Controls => Last?.Controls ?? [];

    /// <inheritdoc cref="Asked.Features"/>
    public IReadOnlyList<string> Features => Last?.Features ?? [];

    /// <summary>What sort of outcome it is: the notation before its arguments; of several effects that of the first.</summary>
    public string Kind => End.Leaf.Text is var text && text.AsSpan().IndexOfAny(':', ';') is var end and >= 0 ? text[..end] : text;

    /// <summary>All leaves of some accessors, in the order of the facts: by accessor, level and place in the tree.</summary>
    public static IReadOnlyList<LeafPath> Of(IEnumerable<Accessor> accessors)
    {
        List<LeafPath> leaves = [];
        foreach (Accessor accessor in accessors)
        {
            for (int level = 0; level <= 3; level++)
            {
                Walk(accessor, level, accessor.Tree(level).Root, null, leaves);
            }
        }

        return leaves;
    }

    private static void Walk(Accessor accessor, int level, RuleNode node, Asked? above, List<LeafPath> leaves)
    {
        if (node is not RuleNode.Fork fork)
        {
            leaves.Add(new LeafPath(accessor, level, (RuleNode.End)node, above));
            return;
        }

        foreach ((Condition when, RuleNode then) in fork.Arms)
        {
            Walk(accessor, level, then, new Asked(above, when, true, level), leaves);
            above = new Asked(above, when, false, level);
        }

        Walk(accessor, level, fork.Otherwise, above, leaves);
    }
}

/// <summary>A condition on the way to a leaf.</summary>
internal sealed class Asked
{
    /// <param name="before">The condition asked before it, or null.</param>
    /// <param name="when">The condition.</param>
    /// <param name="holds">Its truth for the leaf to be reached.</param>
    /// <param name="level">Exception level of the access.</param>
    public Asked(Asked? before, Condition when, bool holds, int level)
    {
        (Before, When, Holds) = (before, when, holds);
        Controls = holds ? Union(before?.Controls ?? [], ConditionNames.Of(when).Controls) : before?.Controls ?? [];
        Features = Union(before?.Features ?? [], GuardingFeatures.Of(when, holds, level));
    }

    public Asked? Before { get; }

    public Condition When { get; }

    public bool Holds { get; }

    /// <summary>
    /// The controls that lead here: fields of the conditions that hold on the way (<c>HCR_EL2.TVM</c>), in ordinal order. That
    /// other controls have to be off is not counted.
    /// </summary>
    public IReadOnlyList<string> Controls { get; }

    /// <summary>The features without which one does not get here, in ordinal order; those of AArch64 itself are left out.</summary>
    public IReadOnlyList<string> Features { get; }

    private static IReadOnlyList<string> Union(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
        b.Count == 0 || b.All(a.Contains) ? a : [.. a.Union(b, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
