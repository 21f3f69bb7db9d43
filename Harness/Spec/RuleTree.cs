using System.Text.Json;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec;

/// <summary>A node of a decision tree: a leaf, or conditions asked in order.</summary>
public abstract class RuleNode
{
    /// <summary>The end of a path. <paramref name="ordinal"/> counts the leaves of one level's tree from 0, in reading order.</summary>
    public sealed class End(Leaf leaf, int ordinal) : RuleNode
    {
        public Leaf Leaf { get; } = leaf;

        public int Ordinal { get; } = ordinal;
    }

    /// <summary>The first arm whose condition holds decides; <paramref name="otherwise"/> if none does.</summary>
    public sealed class Fork(IReadOnlyList<(Condition When, RuleNode Then)> arms, RuleNode otherwise) : RuleNode
    {
        private readonly (Condition When, RuleNode Then)[] _arms = [.. arms];

        public IReadOnlyList<(Condition When, RuleNode Then)> Arms => _arms;

        public RuleNode Otherwise { get; } = otherwise;

        internal RuleNode Next(ArchState state, int level, int index)
        {
            foreach ((Condition when, RuleNode then) in _arms)
            {
                if (when.Holds(state, level, index))
                {
                    return then;
                }
            }

            return Otherwise;
        }
    }
}

/// <summary>What one accessor does at one exception level.</summary>
public sealed class RuleTree
{
    private readonly List<RuleNode.End> _leaves = [];

    private RuleTree(RuleNode root) => Root = root;

    /// <summary>The tree of an access that is UNDEFINED whatever the state.</summary>
    internal static RuleTree Undefined { get; } = new(new RuleNode.End(new Leaf.Undefined("U"), 0));

    public RuleNode Root { get; private set; }

    /// <summary>All leaves by ordinal, shared guards first.</summary>
    public IReadOnlyList<RuleNode.End> Leaves => _leaves;

    /// <summary>The leaf that a state leads to.</summary>
    public RuleNode.End Evaluate(ArchState state, int level, int index)
    {
        RuleNode node = Root;
        while (node is RuleNode.Fork fork)
        {
            node = fork.Next(state, level, index);
        }

        return (RuleNode.End)node;
    }

    /// <summary>Reads the tree <c>guards + tree</c> of section 1.1.</summary>
    internal static RuleTree Read(JsonElement? guards, JsonElement tree, Func<string, Leaf> leaves)
    {
        var result = new RuleTree(null!);
        result.Root = result.Node(guards is { } g ? [.. g.EnumerateArray()] : [], tree, leaves);
        return result;
    }

    private RuleNode Node(IReadOnlyList<JsonElement> guards, JsonElement tree, Func<string, Leaf> leaves)
    {
        List<JsonElement> items = [.. guards];
        if (tree.ValueKind == JsonValueKind.Array)
        {
            items.AddRange(tree.EnumerateArray());
        }
        else
        {
            items.Add(tree);
        }

        if (items.Count == 1)
        {
            return End(items[0], leaves);
        }

        List<(Condition, RuleNode)> arms = [];
        for (int i = 0; i + 1 < items.Count; i += 2)
        {
            arms.Add((ConditionParser.Parse(items[i].GetString()!), Child(items[i + 1], leaves)));
        }

        return new RuleNode.Fork(arms, Child(items[^1], leaves));
    }

    private RuleNode Child(JsonElement node, Func<string, Leaf> leaves) =>
        node.ValueKind == JsonValueKind.String ? End(node, leaves) : Node([], node, leaves);

    private RuleNode.End End(JsonElement leaf, Func<string, Leaf> leaves)
    {
        var end = new RuleNode.End(leaves(leaf.GetString()!), _leaves.Count);
        _leaves.Add(end);
        return end;
    }
}
