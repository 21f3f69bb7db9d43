namespace Conformance.Harness.Spec.Conditions;

/// <summary>Two integer expressions compared: <c>[m&gt;=PMUacc]</c>, <c>REG.F!=R2.G</c>.</summary>
internal sealed class Comparison(IntTerm left, string op, IntTerm right) : Condition
{
    private readonly Relation _relation = op switch
    {
        "==" => Relation.Equal,
        "!=" => Relation.NotEqual,
        ">=" => Relation.AtLeast,
        "<=" => Relation.AtMost,
        ">" => Relation.Above,
        "<" => Relation.Below,
        _ => throw new FormatException($"'{op}' is not a comparison."),
    };

    private enum Relation
    {
        Equal,
        NotEqual,
        AtLeast,
        AtMost,
        Above,
        Below,
    }

    public override bool Holds(ArchState state, int level, int index) =>
        Compare(left.Value(state, level, index), right.Value(state, level, index));

    internal override Condition Fold(Known known)
    {
        IntTerm a = left.Fold(known);
        IntTerm b = right.Fold(known);
        return a is Number x && b is Number y ? (Compare(x.Literal, y.Literal) ? True : False) : new Comparison(a, op, b);
    }

    internal override bool? Decide(PartialState state) =>
        left.Decide(state) is { } a && right.Decide(state) is { } b ? Compare(a, b) : null;

    internal override void Visit(IFieldVisitor visitor)
    {
        Visit(visitor, left, right);
        Visit(visitor, right, left);
    }

    private static void Visit(IFieldVisitor visitor, IntTerm side, IntTerm other)
    {
        side.Visit(visitor);
        if (side.Field is { } field)
        {
            long at = other is Number { Literal: var n } ? n : 1;
            foreach (long v in new[] { at - 1, at, at + 1 })
            {
                if (v >= 0)
                {
                    visitor.Compared(field, ulong.MaxValue, (ulong)v);
                }
            }
        }
    }

    private bool Compare(long a, long b) => _relation switch
    {
        Relation.Equal => a == b,
        Relation.NotEqual => a != b,
        Relation.AtLeast => a >= b,
        Relation.AtMost => a <= b,
        Relation.Above => a > b,
        _ => a < b,
    };

    public override string ToString() => $"[{left}{op}{right}]";
}
