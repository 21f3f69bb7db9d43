namespace Conformance.Harness.Cases;

/// <summary>One allowed outcome of a step: a name for the report, and the allowed values of each observed field.</summary>
/// <remarks>
/// A CONSTRAINED UNPREDICTABLE or IMPLEMENTATION DEFINED choice is several outcomes, or several values of one field; the
/// report says which one the device chose.
/// </remarks>
public sealed record Outcome(string Name, IReadOnlyList<FieldExpectation> Fields)
{
    /// <summary>True when every field of <paramref name="seen"/> is among the allowed values.</summary>
    public bool Matches(StepObservation seen)
    {
        for (int i = 0; i < Fields.Count; i++)
        {
            FieldExpectation field = Fields[i];
            if (!seen.TryGet(field.Field, i, out ulong value) || !field.Allows(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fields of <paramref name="seen"/> that this outcome does not allow, or that are missing.</summary>
    public IReadOnlyList<FieldExpectation> Mismatches(StepObservation seen) =>
        [.. Fields.Where(f => !seen.TryGet(f.Field, out ulong value) || !f.Allows(value))];
}

/// <summary>The values one observed field may have. See <see cref="FieldNames"/> for the names.</summary>
public sealed record FieldExpectation(string Field, IReadOnlyList<MaskedValue> Any)
{
    public FieldExpectation(string field, ulong value)
        : this(field, [new MaskedValue(value, ulong.MaxValue)])
    {
    }

    public FieldExpectation(string field, ulong value, ulong mask)
        : this(field, [new MaskedValue(value, mask)])
    {
    }

    public bool Allows(ulong value)
    {
        for (int i = 0; i < Any.Count; i++)
        {
            if (((value ^ Any[i].Value) & Any[i].Mask) == 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A value of which only the bits set in <paramref name="Mask"/> count.</summary>
public readonly record struct MaskedValue(ulong Value, ulong Mask);
