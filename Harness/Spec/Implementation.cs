namespace Conformance.Harness.Spec;

/// <summary>What an implementation is and cannot change at run time: features, levels, choices, numbers.</summary>
/// <remarks>Immutable. Names are those of the access facts: <c>?NAME</c> a choice, <c>$NAME</c> a number, 0 or false if absent.</remarks>
public sealed class Implementation
{
    private readonly bool[] _features;
    private readonly bool[] _choices;
    private readonly long[] _constants;

    /// <param name="features">The features; FEAT_AA64EL2 and FEAT_AA64EL3 say which levels there are.</param>
    /// <param name="choices">Booleans by name, on top of those that follow from the features.</param>
    /// <param name="constants">Numbers by name, with their <c>$</c>; those of the features if absent.</param>
    public Implementation(
        FeatureSet features,
        IEnumerable<KeyValuePair<string, bool>>? choices = null,
        IEnumerable<KeyValuePair<string, long>>? constants = null)
    {
        Features = features;
        Dictionary<string, bool> chosen = new(StringComparer.Ordinal)
        {
            ["HaveEL2"] = features.Has("FEAT_AA64EL2") || features.Has("FEAT_AA32EL2"),
            ["HaveEL3"] = features.Has("FEAT_AA64EL3") || features.Has("FEAT_AA32EL3"),
            ["Have32_1"] = features.Has("FEAT_AA32EL1"),
            ["Have32_any"] = features.Has("FEAT_AA32EL0") || features.Has("FEAT_AA32EL1"),
        };
        foreach ((string name, bool value) in choices ?? [])
        {
            chosen[name] = value;
        }

        _features = Fill(NameTable.Features, features.Names.Select(f => KeyValuePair.Create(f, true)));
        _choices = Fill(NameTable.Choices, chosen);
        _constants = Fill(NameTable.Constants, constants ?? features.Numbers);
        Choices = chosen;
    }

    private Implementation(Implementation other, bool[] features, bool[] choices)
    {
        (Features, Choices) = (other.Features, other.Choices);
        (_features, _choices, _constants) = (features, choices, other._constants);
    }

    public FeatureSet Features { get; }

    /// <summary>The booleans that are set, explicitly or by a feature.</summary>
    public IReadOnlyDictionary<string, bool> Choices { get; }

    public bool HaveEl2 => Choice(NameTable.Choices.Id("HaveEL2"));

    public bool HaveEl3 => Choice(NameTable.Choices.Id("HaveEL3"));

    public int HighestLevel => HaveEl3 ? 3 : HaveEl2 ? 2 : 1;

    /// <summary>The same with some features and choices the other way round, for conditions only: the lists of names stay.</summary>
    internal Implementation Flipped(IReadOnlyList<string> features, IReadOnlyList<string> choices) =>
        new(this, Flip(_features, features.Select(NameTable.Features.Id)), Flip(_choices, choices.Select(NameTable.Choices.Id)));

    private static bool[] Flip(bool[] values, IEnumerable<int> ids)
    {
        bool[] flipped = [.. values];
        foreach (int id in ids)
        {
            Array.Resize(ref flipped, Math.Max(flipped.Length, id + 1));
            flipped[id] = !flipped[id];
        }

        return flipped;
    }

    internal bool Has(int feature) => feature < _features.Length && _features[feature];

    internal bool Choice(int choice) => choice < _choices.Length && _choices[choice];

    internal long Constant(int constant) => constant < _constants.Length ? _constants[constant] : 0;

    private static T[] Fill<T>(NameTable table, IEnumerable<KeyValuePair<string, T>> values)
    {
        List<(int Id, T Value)> pairs = [.. values.Select(v => (table.Id(v.Key), v.Value))];
        var array = new T[pairs.Count == 0 ? 0 : pairs.Max(p => p.Id) + 1];
        foreach ((int id, T value) in pairs)
        {
            array[id] = value;
        }

        return array;
    }
}
