using System.Collections.Immutable;
using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Turns the pseudocode of an accessor into decision trees, one for each Exception level.</summary>
/// <remarks>The code is run symbolically: what the level decides is folded away, every other <c>if</c> becomes a fork.</remarks>
internal static class TreeTranslator
{
    /// <exception cref="UntranslatedException">Our notation has no form for a construct.</exception>
    internal static AccessTrees Translate(IReadOnlyList<Statement> code)
    {
        Tree[] levels = [.. Enumerable.Range(0, 4).Select(level => new OneLevel(level).Run(code))];
        int shared = SharedGuards(code);
        shared = levels[0] is Tree.Fork first ? first.Arms.Take(shared).TakeWhile(a => a.Then is Tree.Leaf).Count() : 0;
        if (shared == 0 || levels.Any(l => l is not Tree.Fork fork || fork.Arms.Count < shared))
        {
            return new AccessTrees([], levels);
        }

        IReadOnlyList<(string When, Tree Then)>[] guards = [.. levels.Select(l => ((Tree.Fork)l).Arms.Take(shared).ToList())];
        return guards.All(g => Tree.Same(g, guards[0]))
            ? new AccessTrees(guards[0], [.. levels.Select(l => Without((Tree.Fork)l, shared))])
            : new AccessTrees([], levels);
    }

    /// <summary>The arms before the first that asks for the Exception level: the conditions of the whole accessor.</summary>
    private static int SharedGuards(IReadOnlyList<Statement> code) =>
        code.SkipWhile(s => s is Statement.Declare).FirstOrDefault() is Statement.If top
            ? top.Arms.TakeWhile(a => !AsksLevel(a.When)).Count()
            : 0;

    private static bool AsksLevel(Expr when) => when switch
    {
        Expr.Binary b => AsksLevel(b.Left) || AsksLevel(b.Right),
        Expr.Not n => AsksLevel(n.Of),
        Expr.Field { Of: Expr.Name { Id: "PSTATE" }, Id: "EL" } => true,
        _ => false,
    };

    private static Tree Without(Tree.Fork fork, int guards) =>
        fork.Arms.Count == guards ? fork.Otherwise : new Tree.Fork([.. fork.Arms.Skip(guards)], fork.Otherwise);

    private sealed class OneLevel(int level)
    {
        private readonly ConditionTranslator _conditions = new(level);

        internal Tree Run(IReadOnlyList<Statement> code) => Run(code, 0, [], Ended);

        /// <summary>What is done when no statement is left.</summary>
        private static Tree.Leaf Ended(ImmutableList<string> effects) =>
            new(effects.Count == 0 ? "nop" : string.Join(';', effects));

        private Tree Run(
            IReadOnlyList<Statement> block, int at, ImmutableList<string> effects, Func<ImmutableList<string>, Tree> after)
        {
            if (at == block.Count)
            {
                return after(effects);
            }

            Statement statement = block[at];
            try
            {
                return statement switch
                {
                    Statement.Undefined => Ended(effects.Add("U")),
                    Statement.Return => Ended(effects),
                    Statement.If fork => Fork(fork, effects, e => Run(block, at + 1, e, after)),
                    Statement.Declare { Id: "m", Value: Expr.Call { Function: "UInt" } } => Run(block, at + 1, effects, after),
                    Statement.Declare declare => throw new UntranslatedException($"{declare.Type} {declare.Id}"),
                    Statement.Assign assign => Run(block, at + 1, effects.Add(EffectTranslator.Assignment(assign.Target, assign.Value)), after),
                    Statement.Invoke { Call: var call } => End(call) is { } end
                        ? Finish(end, effects)
                        : Run(block, at + 1, effects.Add(Operations.Leaf(call) ?? throw TermTranslator.Unknown(call)), after),
                    _ => throw new UntranslatedException(statement.GetType().Name),
                };
            }
            catch (UntranslatedException e) when (e.Line == 0)
            {
                throw new UntranslatedException(e.Construct, statement.Line);
            }
        }

        private Tree Fork(Statement.If fork, ImmutableList<string> effects, Func<ImmutableList<string>, Tree> after)
        {
            List<(string, Tree)> arms = [];
            foreach ((Expr when, IReadOnlyList<Statement> then) in fork.Arms)
            {
                Guard guard = _conditions.Translate(when);
                if (guard.Value == false)
                {
                    continue;
                }

                Tree tree = Run(then, 0, effects, after);
                if (guard.Value == true)
                {
                    return arms.Count == 0 ? tree : new Tree.Fork(arms, tree);
                }

                arms.Add((guard.Text, tree));
            }

            Tree otherwise = Run(fork.Else, 0, effects, after);
            return arms.Count == 0 ? otherwise : new Tree.Fork(arms, otherwise);
        }

        private static Tree Finish(Tree end, ImmutableList<string> effects) => (end, effects.Count) switch
        {
            (_, 0) => end,
            (Tree.Leaf leaf, _) => Ended(effects.Add(leaf.Text)),
            _ => throw new UntranslatedException("an exception that depends on the state, after an effect"),
        };

        /// <summary>Calls after which nothing of the access happens.</summary>
        private Tree? End(Expr.Call call) => call switch
        {
            { Function: "Halt" } => new Tree.Leaf("H"),
            { Function: "EXLOCKException", Arguments: [] } => new Tree.Leaf("X:EXLOCK"),
            { Function: "ConstrainUnpredictableProcedure", Arguments: [Expr.Name { Id: var name }] }
                when name.StartsWith("Unpredictable_", StringComparison.Ordinal) => new Tree.Leaf($"CU:{name["Unpredictable_".Length..]}"),
            { Function: "UnimplementedIDRegister", Arguments: [] } => UnimplementedIdRegister(),
            _ => EffectTranslator.Trap(call) is { } trap ? new Tree.Leaf(trap) : null,
        };

        /// <summary>UNDEFINED without FEAT_IDST; with it a trap to the current level, from EL0 to EL1 or EL2.</summary>
        private Tree.Fork UnimplementedIdRegister()
        {
            Tree trap = level == 0
                ? new Tree.Fork([("EL2en & HCR_EL2.TGE=1", new Tree.Leaf("T2:18"))], new Tree.Leaf("T1:18"))
                : new Tree.Leaf($"T{level}:18");
            return new Tree.Fork([("FEAT_IDST", trap)], new Tree.Leaf("U"));
        }
    }
}
