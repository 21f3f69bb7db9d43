namespace Conformance.Harness.Spec.Conditions;

/// <summary>An integer expression inside <c>[a&gt;=b]</c>.</summary>
internal abstract class IntTerm
{
    internal abstract long Value(ArchState state, int level, int index);

    internal abstract IntTerm Fold(Known known);

    /// <summary>The value when only some fields are known, or null.</summary>
    internal abstract long? Decide(PartialState state);

    /// <summary>The field this term is, if it is just one.</summary>
    internal virtual int? Field => null;

    internal abstract void Visit(IFieldVisitor visitor);
}

internal sealed class Number(long value) : IntTerm
{
    internal long Literal => value;

    internal override long Value(ArchState state, int level, int index) => value;

    internal override IntTerm Fold(Known known) => this;

    internal override long? Decide(PartialState state) => value;

    internal override void Visit(IFieldVisitor visitor)
    {
    }

    public override string ToString() => $"{value}";
}

/// <summary>The array index m.</summary>
internal sealed class IndexTerm : IntTerm
{
    internal override long Value(ArchState state, int level, int index) => index;

    internal override IntTerm Fold(Known known) => new Number(known.Index);

    internal override long? Decide(PartialState state) => throw new InvalidOperationException("m: not folded");

    internal override void Visit(IFieldVisitor visitor)
    {
    }

    public override string ToString() => "m";
}

/// <summary>A number of the implementation, <c>$NAME</c>.</summary>
internal sealed class ConstantTerm(string name) : IntTerm
{
    private readonly int _id = NameTable.Constants.Id(name);

    internal override long Value(ArchState state, int level, int index) => state.Implementation.Constant(_id);

    internal override IntTerm Fold(Known known) => new Number(known.Implementation.Constant(_id));

    internal override long? Decide(PartialState state) => throw new InvalidOperationException($"{name}: not folded");

    internal override void Visit(IFieldVisitor visitor) => visitor.Constant(_id);

    public override string ToString() => name;
}

/// <summary>A field as an unsigned number, or <paramref name="width"/> bits of it from bit <paramref name="from"/> on.</summary>
internal sealed class FieldTerm(FieldRef source, IntTerm? from = null, int width = 64) : IntTerm
{
    internal override int? Field => from is null ? source.Id(0) : null;

    internal override long Value(ArchState state, int level, int index) =>
        Slice(state[source.Id(index)], from?.Value(state, level, index) ?? 0);

    internal override IntTerm Fold(Known known)
    {
        int id = source.Id(known.Index);
        IntTerm? folded = from?.Fold(known);
        return known.Fixed(id) is { } value && folded is null or Number
            ? new Number(Slice(known.Fixed(id)!.Value, (folded as Number)?.Literal ?? 0))
            : new FieldTerm(new FieldRef(NameTable.Fields.Name(id)), folded, width);
    }

    internal override long? Decide(PartialState state)
    {
        long? first = from is null ? 0 : from.Decide(state);
        return first is { } start && state.TryGet(source.Id(0), out ulong value) ? Slice(value, start) : null;
    }

    internal override void Visit(IFieldVisitor visitor)
    {
        from?.Visit(visitor);
        if (from is Number { Literal: var start })
        {
            ulong mask = ((1UL << width) - 1) << (int)start;
            for (ulong v = 0; v < 1UL << width; v++)
            {
                visitor.Compared(source.Id(0), mask, v << (int)start);
            }
        }
        else if (from is not null)
        {
            visitor.Compared(source.Id(0), ulong.MaxValue, ulong.MaxValue);
            visitor.Compared(source.Id(0), ulong.MaxValue, 0xAAAA_AAAA_AAAA_AAAA);
            visitor.Compared(source.Id(0), ulong.MaxValue, 0x5555_5555_5555_5555);
        }
    }

    private long Slice(ulong value, long start) =>
        start is < 0 or > 63 ? 0 : (long)(value >> (int)start & (width >= 64 ? ulong.MaxValue : (1UL << width) - 1));

    public override string ToString() => from is null ? $"{source}" : width == 1 ? $"{source}[{from}]" : $"{source}[{from}+:{width}]";
}

internal sealed class Sum(IntTerm left, char op, IntTerm right) : IntTerm
{
    internal override long Value(ArchState state, int level, int index) =>
        Apply(left.Value(state, level, index), right.Value(state, level, index));

    internal override IntTerm Fold(Known known)
    {
        IntTerm a = left.Fold(known);
        IntTerm b = right.Fold(known);
        return a is Number x && b is Number y ? new Number(Apply(x.Literal, y.Literal)) : new Sum(a, op, b);
    }

    internal override long? Decide(PartialState state) =>
        left.Decide(state) is { } a && right.Decide(state) is { } b ? Apply(a, b) : null;

    internal override void Visit(IFieldVisitor visitor)
    {
        foreach (IntTerm side in new[] { left, right })
        {
            side.Visit(visitor);
            if (side.Field is { } field)
            {
                visitor.Compared(field, ulong.MaxValue, 0);
                visitor.Compared(field, ulong.MaxValue, 1);
            }
        }
    }

    private long Apply(long a, long b) => op switch { '+' => a + b, '-' => a - b, _ => a * b };

    public override string ToString() => $"({left}{op}{right})";
}

/// <summary>One of two numbers, by a condition: the event counters an access may reach.</summary>
internal sealed class Choose(Condition when, IntTerm then, IntTerm otherwise) : IntTerm
{
    internal override long Value(ArchState state, int level, int index) =>
        (when.Holds(state, level, index) ? then : otherwise).Value(state, level, index);

    internal override IntTerm Fold(Known known)
    {
        Condition folded = when.Fold(known);
        return folded == Condition.True ? then.Fold(known)
            : folded == Condition.False ? otherwise.Fold(known)
            : new Choose(folded, then.Fold(known), otherwise.Fold(known));
    }

    internal override long? Decide(PartialState state) => when.Decide(state) is { } chosen ? (chosen ? then : otherwise).Decide(state) : null;

    internal override void Visit(IFieldVisitor visitor)
    {
        when.Visit(visitor);
        foreach (IntTerm side in new[] { then, otherwise })
        {
            side.Visit(visitor);
            if (side.Field is { } field && (side == then ? otherwise : then) is Number { Literal: var n })
            {
                // Any number up to the other side's is a sensible value: the number of counters given to EL1.
                for (long v = 0; v <= n; v++)
                {
                    visitor.Compared(field, ulong.MaxValue, (ulong)v);
                }
            }
        }
    }

    public override string ToString() => $"({when} ? {then} : {otherwise})";
}
