namespace Conformance.Harness.Spec.Conditions;

/// <summary>All of several conditions.</summary>
internal sealed class All(IReadOnlyList<Condition> parts) : Condition
{
    private readonly Condition[] _parts = [.. parts];

    internal IReadOnlyList<Condition> Parts => _parts;

    public override bool Holds(ArchState state, int level, int index)
    {
        foreach (Condition part in _parts)
        {
            if (!part.Holds(state, level, index))
            {
                return false;
            }
        }

        return true;
    }

    internal override Condition Fold(Known known)
    {
        List<Condition> kept = [];
        foreach (Condition part in _parts)
        {
            Condition folded = part.Fold(known);
            if (folded == False)
            {
                return False;
            }

            if (folded is All inner)
            {
                kept.AddRange(inner._parts);
            }
            else if (folded != True)
            {
                kept.Add(folded);
            }
        }

        return kept.Count switch { 0 => True, 1 => kept[0], _ => new All(kept) };
    }

    internal override bool? Decide(PartialState state)
    {
        bool? result = true;
        foreach (Condition part in _parts)
        {
            bool? decided = part.Decide(state);
            if (decided == false)
            {
                return false;
            }

            result = decided is null ? null : result;
        }

        return result;
    }

    internal override void Visit(IFieldVisitor visitor)
    {
        foreach (Condition part in _parts)
        {
            part.Visit(visitor);
        }
    }

    public override string ToString() => string.Join(" & ", _parts.Select(p => p is Any ? $"({p})" : p.ToString()));
}

/// <summary>At least one of several conditions.</summary>
internal sealed class Any(IReadOnlyList<Condition> parts) : Condition
{
    private readonly Condition[] _parts = [.. parts];

    internal IReadOnlyList<Condition> Parts => _parts;

    public override bool Holds(ArchState state, int level, int index)
    {
        foreach (Condition part in _parts)
        {
            if (part.Holds(state, level, index))
            {
                return true;
            }
        }

        return false;
    }

    internal override Condition Fold(Known known)
    {
        List<Condition> kept = [];
        foreach (Condition part in _parts)
        {
            Condition folded = part.Fold(known);
            if (folded == True)
            {
                return True;
            }

            if (folded is Any inner)
            {
                kept.AddRange(inner._parts);
            }
            else if (folded != False)
            {
                kept.Add(folded);
            }
        }

        return kept.Count switch { 0 => False, 1 => kept[0], _ => new Any(kept) };
    }

    internal override bool? Decide(PartialState state)
    {
        bool? result = false;
        foreach (Condition part in _parts)
        {
            bool? decided = part.Decide(state);
            if (decided == true)
            {
                return true;
            }

            result = decided is null ? null : result;
        }

        return result;
    }

    internal override void Visit(IFieldVisitor visitor)
    {
        foreach (Condition part in _parts)
        {
            part.Visit(visitor);
        }
    }

    public override string ToString() => string.Join(" | ", _parts.Select(p => p is All ? $"({p})" : p.ToString()));
}

/// <summary>The opposite of a condition.</summary>
internal sealed class Not(Condition inner) : Condition
{
    public override bool Holds(ArchState state, int level, int index) => !inner.Holds(state, level, index);

    internal override Condition Fold(Known known)
    {
        Condition folded = inner.Fold(known);
        return folded == True ? False : folded == False ? True : folded is Not not ? not.Inner : new Not(folded);
    }

    private Condition Inner => inner;

    internal override bool? Decide(PartialState state) => inner.Decide(state) is { } decided ? !decided : null;

    internal override void Visit(IFieldVisitor visitor) => inner.Visit(visitor);

    public override string ToString() => inner is All or Any ? $"!({inner})" : $"!{inner}";
}
