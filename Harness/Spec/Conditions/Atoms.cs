namespace Conformance.Harness.Spec.Conditions;

/// <summary>A feature is implemented.</summary>
internal sealed class FeatureAtom(string name) : Condition
{
    private readonly int _id = NameTable.Features.Id(name);

    public override bool Holds(ArchState state, int level, int index) => state.Implementation.Has(_id);

    internal override Condition Fold(Known known) => known.Implementation.Has(_id) ? True : False;

    internal override bool? Decide(PartialState state) => throw new InvalidOperationException($"{name}: not folded");

    internal override void Visit(IFieldVisitor visitor) => visitor.Feature(_id);

    public override string ToString() => name;
}

/// <summary>A boolean of the implementation (<c>HaveEL3</c>, <c>?NV1_RAZ</c>).</summary>
internal sealed class ChoiceAtom(string name) : Condition
{
    private readonly int _id = NameTable.Choices.Id(name);

    public override bool Holds(ArchState state, int level, int index) => state.Implementation.Choice(_id);

    internal override Condition Fold(Known known) => known.Implementation.Choice(_id) ? True : False;

    internal override bool? Decide(PartialState state) => throw new InvalidOperationException($"{name}: not folded");

    internal override void Visit(IFieldVisitor visitor) => visitor.Choice(_id);

    public override string ToString() => name;
}

/// <summary>The access is made at a given exception level. Written <c>EL=2</c>, in derived names only.</summary>
internal sealed class LevelAtom(int at) : Condition
{
    public override bool Holds(ArchState state, int level, int index) => level == at;

    internal override Condition Fold(Known known) => known.Level == at ? True : False;

    internal override bool? Decide(PartialState state) => throw new InvalidOperationException("level: not folded");

    internal override void Visit(IFieldVisitor visitor)
    {
    }

    public override string ToString() => $"EL={at}";
}

/// <summary>A name with a definition in the same notation (section 1.3).</summary>
internal sealed class DerivedAtom(string name, Condition definition) : Condition
{
    public override bool Holds(ArchState state, int level, int index) => definition.Holds(state, level, index);

    internal override Condition Fold(Known known) => definition.Fold(known);

    internal override bool? Decide(PartialState state) => definition.Decide(state);

    internal override void Visit(IFieldVisitor visitor) => definition.Visit(visitor);

    public override string ToString() => name;
}

/// <summary>Some bits of a field have a value.</summary>
internal sealed class FieldAtom(FieldRef field, ulong mask, ulong value) : Condition
{
    public override bool Holds(ArchState state, int level, int index) => (state[field.Id(index)] & mask) == value;

    internal override Condition Fold(Known known)
    {
        int id = field.Id(known.Index);
        return known.Fixed(id) is { } constant
            ? ((constant & mask) == value ? True : False)
            : field.IsIndexed ? new FieldAtom(new FieldRef(NameTable.Fields.Name(id)), mask, value) : this;
    }

    internal override bool? Decide(PartialState state) =>
        state.TryGet(field.Id(0), out ulong known) ? (known & mask) == value : null;

    internal override void Visit(IFieldVisitor visitor)
    {
        foreach (int id in field.Ids)
        {
            visitor.Compared(id, mask, value);
        }
    }

    public override string ToString() => mask == ulong.MaxValue ? $"{field}={value}" : $"{field}&0x{mask:x}=0x{value:x}";
}

/// <summary>A field by name; <c>&lt;m&gt;</c> in the name stands for the array index of the access.</summary>
internal sealed class FieldRef
{
    private const int MaxIndex = 64;
    private readonly string _name;
    private readonly int _id;
    private readonly int[]? _ids;

    internal FieldRef(string name)
    {
        _name = name;
        if (name.Contains("<m>", StringComparison.Ordinal))
        {
            _ids = [.. Enumerable.Range(0, MaxIndex).Select(m => NameTable.Fields.Id(name.Replace("<m>", $"{m}", StringComparison.Ordinal)))];
        }
        else
        {
            _id = NameTable.Fields.Id(name);
        }
    }

    internal bool IsIndexed => _ids is not null;

    /// <summary>The fields that this can be, one for each index.</summary>
    internal IReadOnlyList<int> Ids => _ids ?? [_id];

    internal int Id(int index) => _ids is null ? _id : _ids[index];

    public override string ToString() => _name;
}
