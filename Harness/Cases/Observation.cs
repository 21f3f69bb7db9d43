namespace Conformance.Harness.Cases;

/// <summary>What a device did with a case. Misbehaviour of the device is an observation, not an exception.</summary>
public abstract record Observation
{
    /// <summary>The case ran to its end. One entry per step; fewer when a step's expectation made the rest meaningless.</summary>
    public sealed record Finished(IReadOnlyList<StepObservation> Steps) : Observation;

    /// <summary>The device cannot run this case, and says why (a level or register it has not got): verdict skip.</summary>
    public sealed record Refused(string Reason) : Observation;

    /// <summary>The budget ran out. <paramref name="Seen"/> is what was known by then (PC, level, log): verdict error.</summary>
    public sealed record TimedOut(string Seen) : Observation;

    /// <summary>The device stopped, or the case damaged the executive. <paramref name="Seen"/> says how: verdict error.</summary>
    public sealed record Died(string Seen) : Observation;
}

/// <summary>The observed fields of one step (<see cref="FieldNames"/>). A field that could not be observed is absent.</summary>
public sealed class StepObservation(IReadOnlyList<KeyValuePair<string, ulong>> fields)
{
    public IReadOnlyList<KeyValuePair<string, ulong>> Fields { get; } = fields;

    /// <summary>Finds the value of a field that is likely to stand at some place, where devices that answer in order have it.</summary>
    internal bool TryGet(string field, int likely, out ulong value)
    {
        if (likely < Fields.Count && string.Equals(Fields[likely].Key, field, StringComparison.Ordinal))
        {
            value = Fields[likely].Value;
            return true;
        }

        return TryGet(field, out value);
    }

    public bool TryGet(string field, out ulong value)
    {
        foreach (KeyValuePair<string, ulong> pair in Fields)
        {
            if (string.Equals(pair.Key, field, StringComparison.Ordinal))
            {
                value = pair.Value;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
