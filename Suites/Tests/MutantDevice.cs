using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Suites.Tests;

/// <summary>The fields that a device reports for a step, open to being made wrong.</summary>
internal sealed class Sight(Step step, Case @case, StepObservation seen)
{
    private readonly Dictionary<string, ulong> _fields = new(seen.Fields);

    internal Step Step { get; } = step;

    internal Case Case { get; } = @case;

    internal ulong this[string field]
    {
        get => _fields.GetValueOrDefault(field);
        set
        {
            if (_fields.ContainsKey(field))
            {
                _fields[field] = value;
            }
        }
    }

    internal bool Has(string field) => _fields.ContainsKey(field);

    internal int Target => (int)this[FieldNames.Target];

    internal uint Ec => (uint)(this[FieldNames.Esr] >> 26) & 0x3F;

    /// <summary>True for an exception whose class is known.</summary>
    internal bool Taken(params uint[] classes) => Target > 0 && Has(FieldNames.Esr) && (classes.Length == 0 || classes.Contains(Ec));

    /// <summary>The value a register has when the step starts.</summary>
    internal ulong Register(string name) =>
        Case.Registers.Where(r => r.Name == name).Select(r => (ulong?)r.Value).FirstOrDefault() ?? Baseline.Of(name);

    internal StepObservation Result() => new([.. _fields]);
}

/// <summary>A device that is wrong in one way: it reports what such a device would show.</summary>
/// <remarks>For tests that show that a suite notices: no check that cannot fail.</remarks>
internal sealed class MutantDevice(IDevice inner, Action<Sight> mutation) : IDevice
{
    public DeviceInfo Info => inner.Info;

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
    {
        ConcurrentQueue<Case> open = new();
        foreach (Observation observation in inner.Run(cases.Select(Note), cancellation))
        {
            open.TryDequeue(out Case? @case).ShouldBeTrue();
            yield return Mutate(observation, @case!, mutation);
        }

        Case Note(Case @case)
        {
            open.Enqueue(@case);
            return @case;
        }
    }

    public void Dispose() => inner.Dispose();

    /// <summary>The observation with each step made wrong.</summary>
    internal static Observation Mutate(Observation observation, Case c, Action<Sight> mutation)
    {
        if (observation is not Observation.Finished finished)
        {
            return observation;
        }

        return new Observation.Finished(
        [
            .. finished.Steps.Select((seen, n) =>
            {
                var sight = new Sight(c.Steps[n], c, seen);
                mutation(sight);
                return sight.Result();
            }),
        ]);
    }
}
