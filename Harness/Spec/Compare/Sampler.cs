namespace Conformance.Harness.Spec.Compare;

/// <summary>
/// Draws states at random, legal or not, over the names that some trees ask for: half of them from nothing, half by changing
/// a few fields of a state that was worth keeping. The same seed draws the same states in every process.
/// </summary>
internal sealed class Sampler
{
    /// <summary>Making an implementation costs more than drawing fields, so each serves for several states.</summary>
    private const int StatesPerImplementation = 4;

    private readonly Random _random;
    private readonly (int Field, ulong[] Values)[] _fields;
    private readonly string[] _features;
    private readonly string[] _choices;
    private readonly string[] _constants;
    private readonly List<Kept> _kept = [];
    private readonly int _first;
    private readonly int _last;
    private ulong[] _drawn;
    private Sample _implementation;
    private int _count;

    /// <param name="relevant">The names, and the values at which something can change.</param>
    /// <param name="indices">Range of the array index, or null.</param>
    /// <param name="seed">Seed of the draws.</param>
    internal Sampler(Relevant relevant, (int First, int Last)? indices, int seed)
    {
        // In order of names: the numbers of names depend on what the process has read before.
        _random = new Random(seed);
        _fields = [.. relevant.Fields.OrderBy(f => NameTable.Fields.Name(f.Key), StringComparer.Ordinal).Select(f => (f.Key, f.Value.ToArray()))];
        _features = [.. relevant.Features.Select(NameTable.Features.Name).Order(StringComparer.Ordinal)];
        _choices = [.. relevant.Choices.Select(NameTable.Choices.Name).Order(StringComparer.Ordinal)];
        _constants = [.. relevant.Constants.Select(NameTable.Constants.Name).Order(StringComparer.Ordinal)];
        _drawn = new ulong[_fields.Length];
        (_first, _last) = indices ?? (0, 0);
        _implementation = Implementation();
        State = _implementation.ToState();
    }

    private sealed record Kept(Sample Implementation, ArchState State, ulong[] Fields);

    /// <summary>The state that was drawn last.</summary>
    internal ArchState State { get; private set; }

    /// <summary>The array index that was drawn last.</summary>
    internal int Index { get; private set; }

    /// <summary>The state that was drawn last, in names.</summary>
    internal Sample Last => _implementation with
    {
        Fields = [.. _fields.Select((f, i) => KeyValuePair.Create(NameTable.Fields.Name(f.Field), _drawn[i])).Where(f => f.Value != 0)],
        Index = Index,
    };

    /// <summary>Draws the next state.</summary>
    internal void Next()
    {
        if (_count++ % StatesPerImplementation == 0)
        {
            Restart();
        }

        ulong[]? origin = _kept.Count > 0 && _random.Next(4) == 0 ? _kept[_random.Next(_kept.Count)].Fields : null;
        for (int i = 0; i < _fields.Length; i++)
        {
            (int field, ulong[] values) = _fields[i];
            State[field] = _drawn[i] = origin is not null && _random.Next(5) != 0 ? origin[i]
                : _random.Next(16) == 0 ? (ulong)_random.Next(64)
                : values[_random.Next(values.Length)];
        }

        Index = _random.Next(_first, _last + 1);
    }

    /// <summary>The state drawn last reached something new: states like it are drawn too.</summary>
    internal void Keep()
    {
        _kept.Add(new Kept(_implementation, State, _drawn));
        _drawn = [.. _drawn];
    }

    private void Restart()
    {
        if (_kept.Count > 0 && _random.Next(4) == 0)
        {
            Kept from = _kept[_random.Next(_kept.Count)];
            (_implementation, State) = (from.Implementation, from.State);
            return;
        }

        _implementation = Implementation();
        State = _implementation.ToState();
    }

    /// <summary>An implementation. Most features are there, so that the rules behind them are reached.</summary>
    private Sample Implementation()
    {
        // One in four has everything, one in four is drawn evenly.
        int often = _random.Next(4) switch { 0 => 100, 1 => 50, _ => 85 };
        return new Sample(
            [.. _features.Where(_ => _random.Next(100) < often)],
            [.. _choices.Where(c => _random.Next(100) < (c.StartsWith("HaveEL", StringComparison.Ordinal) ? 75 : 40))],
            [.. _constants.Select(c => KeyValuePair.Create(c, (long)_random.Next(_random.Next(2) == 0 ? 4 : 40)))],
            [],
            0);
    }
}
