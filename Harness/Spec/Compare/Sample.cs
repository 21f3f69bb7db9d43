namespace Conformance.Harness.Spec.Compare;

/// <summary>A state in names, with the array index of the access.</summary>
/// <param name="Features">Features that are implemented.</param>
/// <param name="Choices">Booleans of the implementation that are true.</param>
/// <param name="Constants">Numbers of the implementation that are not 0.</param>
/// <param name="Fields">Fields that are not 0.</param>
/// <param name="Index">Array index m, or 0.</param>
public sealed record Sample(
    IReadOnlyList<string> Features,
    IReadOnlyList<string> Choices,
    IReadOnlyList<KeyValuePair<string, long>> Constants,
    IReadOnlyList<KeyValuePair<string, ulong>> Fields,
    int Index)
{
    /// <summary>The state to evaluate in.</summary>
    public ArchState ToState()
    {
        // A feature gives the levels it is of; here the levels are asked for by themselves.
        IEnumerable<KeyValuePair<string, bool>> choices = new[] { "HaveEL2", "HaveEL3", "Have32_1", "Have32_any" }
            .Select(name => KeyValuePair.Create(name, false))
            .Concat(Choices.Select(c => KeyValuePair.Create(c, true)));
        var state = new ArchState(new Implementation(new FeatureSet(Features), choices, Constants));
        foreach ((string field, ulong value) in Fields)
        {
            state[field] = value;
        }

        return state;
    }

    /// <summary>How much of it is not the default.</summary>
    public int Size => Features.Count + Choices.Count + Constants.Count + Fields.Count + (Index == 0 ? 0 : 1);

    public override string ToString()
    {
        IEnumerable<string> parts =
            [.. Features, .. Choices, .. Constants.Select(c => $"{c.Key}={c.Value}"), .. Fields.Select(f => $"{f.Key}={Value(f.Value)}")];
        string text = string.Join(' ', parts);
        return Index > 0 ? $"{text} m={Index}".Trim() : text.Length > 0 ? text : "nothing set";
    }

    private static string Value(ulong value) => value < 10 ? $"{value}" : $"0x{value:x}";
}
