using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec.Compare;

/// <summary>What some decision trees ask for: fields with the values they are compared with, features, choices, numbers.</summary>
internal sealed class Relevant : IFieldVisitor
{
    private readonly SortedDictionary<int, SortedSet<ulong>> _fields = [];
    private readonly SortedSet<int> _features = [];
    private readonly SortedSet<int> _choices = [];
    private readonly SortedSet<int> _constants = [];

    internal static Relevant Of(params ReadOnlySpan<RuleTree> trees)
    {
        var relevant = new Relevant();
        foreach (RuleTree tree in trees)
        {
            relevant.Add(tree.Root);
        }

        return relevant;
    }

    internal IReadOnlyDictionary<int, SortedSet<ulong>> Fields => _fields;

    internal IReadOnlyCollection<int> Features => _features;

    internal IReadOnlyCollection<int> Choices => _choices;

    internal IReadOnlyCollection<int> Constants => _constants;

    void IFieldVisitor.Compared(int field, ulong mask, ulong value)
    {
        if (!_fields.TryGetValue(field, out SortedSet<ulong>? values))
        {
            _fields[field] = values = [0, 1];
        }

        values.Add(value);
        values.Add(value ^ (mask & (~mask + 1)));
    }

    void IFieldVisitor.Feature(int feature) => _features.Add(feature);

    void IFieldVisitor.Choice(int choice) => _choices.Add(choice);

    void IFieldVisitor.Constant(int constant) => _constants.Add(constant);

    private void Add(RuleNode node)
    {
        if (node is RuleNode.Fork fork)
        {
            foreach ((Condition when, RuleNode then) in fork.Arms)
            {
                when.Visit(this);
                Add(then);
            }

            Add(fork.Otherwise);
        }
    }
}
