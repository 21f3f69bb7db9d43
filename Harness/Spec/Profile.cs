using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>An implementation with a name and the state it is examined from (<c>profile-nv2.json</c>).</summary>
/// <param name="Name">Name of the profile.</param>
/// <param name="Implementation">Features, choices and numbers.</param>
/// <param name="Baseline">Field values that are not 0 by default.</param>
public sealed record Profile(string Name, Implementation Implementation, IReadOnlyList<KeyValuePair<string, ulong>> Baseline)
{
    private static readonly Lazy<Profile> s_nv2 = new(() => Load(withoutEcv: false));
    private static readonly Lazy<Profile> s_nv2NoEcv = new(() => Load(withoutEcv: true));

    /// <summary>Armv8.5-class PE with FEAT_NV2, EL0 to EL3.</summary>
    public static Profile Nv2 => s_nv2.Value;

    /// <summary>The same without FEAT_ECV.</summary>
    public static Profile Nv2WithoutEcv => s_nv2NoEcv.Value;

    /// <summary>A new state at the baseline.</summary>
    public ArchState NewState()
    {
        var state = new ArchState(Implementation);
        foreach ((string field, ulong value) in Baseline)
        {
            state[field] = value;
        }

        return state;
    }

    private static Profile Load(bool withoutEcv)
    {
        using JsonDocument json = Facts.Document("profile-nv2.json");
        JsonElement root = json.RootElement;
        IEnumerable<string> features = Strings(root.GetProperty("features"));
        if (withoutEcv)
        {
            features = features.Except(Strings(root.GetProperty("variant_noecv").GetProperty("remove")), StringComparer.Ordinal);
        }

        IEnumerable<KeyValuePair<string, bool>> choices = root.GetProperty("env").EnumerateObject()
            .Select(p => KeyValuePair.Create(ChoiceName(p.Name), p.Value.GetBoolean()))
            .Concat(root.GetProperty("impdef").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetBoolean())));
        IEnumerable<KeyValuePair<string, long>> constants = root.GetProperty("const").EnumerateObject()
            .Select(p => KeyValuePair.Create(p.Name, p.Value.GetInt64()));

        return new Profile(
            withoutEcv ? "nv2-noecv" : root.GetProperty("name").GetString()!,
            new Implementation(new FeatureSet(features), choices, constants),
            [.. root.GetProperty("baseline").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetUInt64()))]);
    }

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(e => e.GetString()!);

    /// <summary>The profile writes state booleans in lower case; the conditions name them as below.</summary>
    private static string ChoiceName(string env) => env switch
    {
        "have2" => "HaveEL2",
        "have3" => "HaveEL3",
        "halted" => "Halted",
        "haltok" => "HaltOK",
        "using32_2" => "Using32_2",
        "have32_1" => "Have32_1",
        _ => throw new InvalidDataException($"profile-nv2.json: unknown state boolean '{env}'."),
    };
}
