namespace Conformance.Harness.Spec.Conditions;

/// <summary>A condition of the facts, parsed: a predicate over state, level and array index.</summary>
/// <remarks>Notation and meaning: section 1.2 of the description of the facts. Immutable, shared, evaluated without allocation.</remarks>
public abstract class Condition
{
    /// <summary>The truth of the condition in a state, at an exception level, for array element <paramref name="index"/>.</summary>
    public abstract bool Holds(ArchState state, int level, int index);

    /// <summary>The condition with everything decided that the implementation, level and index decide.</summary>
    internal abstract Condition Fold(Known known);

    /// <summary>The truth when only some fields are known: null if it depends on the others. Folded conditions only.</summary>
    internal abstract bool? Decide(PartialState state);

    /// <summary>Reports each field with the values at which the outcome can change, and what the implementation decides.</summary>
    internal abstract void Visit(IFieldVisitor visitor);

    /// <summary>True and false as conditions; the results of folding.</summary>
    public static Condition True { get; } = new Literal(true);

    /// <inheritdoc cref="True"/>
    public static Condition False { get; } = new Literal(false);

    private sealed class Literal(bool value) : Condition
    {
        public override bool Holds(ArchState state, int level, int index) => value;

        internal override Condition Fold(Known known) => this;

        internal override bool? Decide(PartialState state) => value;

        internal override void Visit(IFieldVisitor visitor)
        {
        }

        public override string ToString() => value ? "true" : "false";
    }
}

/// <summary>What folding may take as given.</summary>
/// <param name="Implementation">Features, choices, numbers.</param>
/// <param name="Level">Exception level of the access.</param>
/// <param name="Index">Array index m of the access; 0 when there is none.</param>
/// <param name="Fixed">The value of a field that cannot change on this implementation, or null.</param>
internal sealed record Known(Implementation Implementation, int Level, int Index, Func<int, ulong?> Fixed);

/// <summary>Receives the fields of a condition; of one that is not folded, also what the implementation decides.</summary>
internal interface IFieldVisitor
{
    /// <summary>The condition compares the bits <paramref name="mask"/> of a field with <paramref name="value"/>.</summary>
    void Compared(int field, ulong mask, ulong value);

    /// <summary>The condition asks for a feature.</summary>
    void Feature(int feature)
    {
    }

    /// <summary>The condition asks for a boolean of the implementation.</summary>
    void Choice(int choice)
    {
    }

    /// <summary>The condition asks for a number of the implementation.</summary>
    void Constant(int constant)
    {
    }
}

/// <summary>A state of which some fields are not decided yet.</summary>
internal sealed class PartialState
{
    private readonly Dictionary<int, ulong> _values = [];

    internal bool TryGet(int field, out ulong value) => _values.TryGetValue(field, out value);

    internal void Set(int field, ulong value) => _values[field] = value;

    internal void Unset(int field) => _values.Remove(field);

    internal IEnumerable<KeyValuePair<int, ulong>> Values => _values;
}
