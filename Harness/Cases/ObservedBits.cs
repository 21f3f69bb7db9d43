namespace Conformance.Harness.Cases;

/// <summary>Clears the observed bits that no allowed outcome looks at.</summary>
/// <remarks>
/// Such bits may be UNKNOWN or depend on time (ISTATUS of a timer), so they would make two runs of the same thing differ and
/// say nothing about the device. Fields that a step observes without an expectation are kept whole.
/// </remarks>
internal static class ObservedBits
{
    public static Observation.Finished ThatCount(Case @case, Observation.Finished finished)
    {
        StepObservation[]? steps = null;
        for (int i = 0; i < Math.Min(finished.Steps.Count, @case.Steps.Count); i++)
        {
            StepObservation kept = ThatCount(@case.Steps[i].Allowed, finished.Steps[i]);
            if (kept != finished.Steps[i])
            {
                steps ??= [.. finished.Steps];
                steps[i] = kept;
            }
        }

        return steps is null ? finished : new Observation.Finished(steps);
    }

    private static StepObservation ThatCount(IReadOnlyList<Outcome> allowed, StepObservation seen)
    {
        KeyValuePair<string, ulong>[]? fields = null;
        for (int i = 0; i < seen.Fields.Count; i++)
        {
            (string field, ulong value) = seen.Fields[i];
            ulong kept = value & Mask(allowed, field, i);
            if (kept != value)
            {
                fields ??= [.. seen.Fields];
                fields[i] = new(field, kept);
            }
        }

        return fields is null ? seen : new StepObservation(fields);
    }

    /// <summary>The bits of a field that some outcome looks at; all when no outcome names it.</summary>
    /// <param name="allowed">The outcomes.</param>
    /// <param name="field">The field.</param>
    /// <param name="likely">Where outcomes are likely to name it.</param>
    private static ulong Mask(IReadOnlyList<Outcome> allowed, string field, int likely)
    {
        ulong mask = 0;
        bool named = false;
        for (int o = 0; o < allowed.Count; o++)
        {
            if (Find(allowed[o].Fields, field, likely) is { } expected)
            {
                named = true;
                for (int v = 0; v < expected.Any.Count; v++)
                {
                    mask |= expected.Any[v].Mask;
                }
            }
        }

        return named ? mask : ulong.MaxValue;
    }

    private static FieldExpectation? Find(IReadOnlyList<FieldExpectation> fields, string field, int likely)
    {
        if (likely < fields.Count && fields[likely].Field == field)
        {
            return fields[likely];
        }

        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Field == field)
            {
                return fields[i];
            }
        }

        return null;
    }
}
