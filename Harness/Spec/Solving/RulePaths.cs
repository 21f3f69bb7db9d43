using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec.Solving;

/// <summary>One way to a leaf: the conditions that must hold, folded for an implementation, level and index.</summary>
internal sealed record RulePath(RuleNode.End End, IReadOnlyList<Condition> Conditions);

/// <summary>The paths of a decision tree that an implementation leaves open.</summary>
internal static class RulePaths
{
    /// <summary>All paths in reading order; those that a feature or choice excludes are not listed.</summary>
    internal static IReadOnlyList<RulePath> Of(RuleTree tree, Known known)
    {
        List<RulePath> paths = [];
        Walk(tree.Root, [], known, paths);
        return paths;
    }

    /// <summary>The conditions of all those paths, each place in the tree once, in reading order.</summary>
    internal static IReadOnlyList<Condition> Conditions(RuleTree tree, Known known)
    {
        List<Condition> conditions = [];
        Collect(tree.Root, known, conditions);
        return conditions;
    }

    private static void Collect(RuleNode node, Known known, List<Condition> conditions)
    {
        if (node is not RuleNode.Fork fork)
        {
            return;
        }

        foreach ((Condition when, RuleNode then) in fork.Arms)
        {
            Condition folded = when.Fold(known);
            if (folded == Condition.True)
            {
                Collect(then, known, conditions);
                return;
            }

            if (folded != Condition.False)
            {
                conditions.Add(folded);
                Collect(then, known, conditions);
            }
        }

        Collect(fork.Otherwise, known, conditions);
    }

    private static void Walk(RuleNode node, List<Condition> above, Known known, List<RulePath> paths)
    {
        if (node is RuleNode.End end)
        {
            paths.Add(new RulePath(end, [.. above]));
            return;
        }

        var fork = (RuleNode.Fork)node;
        int mark = above.Count;
        foreach ((Condition when, RuleNode then) in fork.Arms)
        {
            Condition folded = when.Fold(known);
            if (folded == Condition.False)
            {
                continue;
            }

            if (folded == Condition.True)
            {
                Walk(then, above, known, paths);
                above.RemoveRange(mark, above.Count - mark);
                return;
            }

            above.Add(folded);
            Walk(then, above, known, paths);
            above[^1] = new Not(folded);
        }

        Walk(fork.Otherwise, above, known, paths);
        above.RemoveRange(mark, above.Count - mark);
    }
}
