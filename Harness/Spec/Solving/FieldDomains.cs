using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec.Solving;

/// <summary>The values that are worth trying for each field of some conditions.</summary>
/// <remarks>A condition compares a field with few values; those, and one that equals none of them, decide every outcome.</remarks>
internal sealed class FieldDomains : IFieldVisitor
{
    private readonly Dictionary<int, SortedSet<ulong>> _values = [];
    private readonly Func<int, int> _width;

    internal FieldDomains(IEnumerable<Condition> conditions, Func<int, int> width)
    {
        _width = width;
        foreach (Condition condition in conditions)
        {
            condition.Visit(this);
        }
    }

    internal IReadOnlyCollection<ulong> Of(int field) => _values[field];

    internal bool Contains(int field) => _values.ContainsKey(field);

    void IFieldVisitor.Compared(int field, ulong mask, ulong value)
    {
        int width = _width(field);
        ulong all = width >= 64 ? ulong.MaxValue : (1UL << width) - 1;
        if (!_values.TryGetValue(field, out SortedSet<ulong>? values))
        {
            _values[field] = values = [];
            if (width <= 3)
            {
                for (ulong v = 0; v <= all; v++)
                {
                    values.Add(v);
                }
            }
            else
            {
                values.UnionWith([0, 1, all]);
            }
        }

        if ((value & ~all) == 0 || mask == ulong.MaxValue)
        {
            values.Add(value & all);
            values.Add(value & all ^ (mask & all & (~mask + 1)));
        }
    }
}

/// <summary>The fields of one condition.</summary>
internal sealed class FieldList : IFieldVisitor
{
    private readonly List<int> _fields = [];

    internal static IReadOnlyList<int> Of(Condition condition)
    {
        var list = new FieldList();
        condition.Visit(list);
        return list._fields;
    }

    void IFieldVisitor.Compared(int field, ulong mask, ulong value)
    {
        if (!_fields.Contains(field))
        {
            _fields.Add(field);
        }
    }
}
