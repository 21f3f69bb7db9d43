using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec;

/// <summary>The register facts: layouts, fields, reserved bits, fixed reset values.</summary>
/// <remarks>Source: <c>Fixtures/spec/registers.jsonl</c>, from Arm's A-profile system-register data of 2025-03.</remarks>
public static class RegisterFacts
{
    private static readonly Lazy<IReadOnlyList<RegisterInfo>> s_registers = new(Load);
    private static readonly Lazy<Dictionary<string, RegisterInfo>> s_byName = new(Index);

    /// <summary>All registers; an array is one entry, <c>ICH_LR&lt;n&gt;_EL2</c>.</summary>
    public static IReadOnlyList<RegisterInfo> Registers => s_registers.Value;

    /// <summary>The register of a name, <c>ICH_LR3_EL2</c> and <c>ICH_LR_EL2</c> included; null if it is not known.</summary>
    public static RegisterInfo? Find(string register) => s_byName.Value.GetValueOrDefault(register);

    /// <summary>The name of an array element: <c>(PMEVCNTR_EL0, 3)</c> is <c>PMEVCNTR3_EL0</c>.</summary>
    public static string ElementName(string array, int index) =>
        Find(array) is { Indices: not null } info ? info.NameAt(index) : array;

    private static Dictionary<string, RegisterInfo> Index()
    {
        Dictionary<string, RegisterInfo> names = new(StringComparer.Ordinal);
        foreach (RegisterInfo info in Registers)
        {
            names[info.Name] = info;
            if (info.Indices is var (first, last))
            {
                names[info.Name.Replace("<n>", "", StringComparison.Ordinal)] = info;
                for (int n = first; n <= last; n++)
                {
                    names[info.NameAt(n)] = info;
                }
            }
        }

        return names;
    }

    private static List<RegisterInfo> Load() =>
        [.. Facts.Lines("registers.jsonl").Where(l => l.GetProperty("k").GetString() == "reg").Select(Register)];

    private static RegisterInfo Register(JsonElement row) => new(
        row.GetProperty("name").GetString()!,
        row.TryGetProperty("m", out JsonElement m) ? (m[0].GetInt32(), m[1].GetInt32()) : null,
        When(row),
        [.. row.GetProperty("layouts").EnumerateArray().Select(Layout)]);

    private static RegisterLayout Layout(JsonElement layout)
    {
        List<RegisterField> fields = [];
        foreach (JsonElement field in layout.GetProperty("f").EnumerateArray())
        {
            JsonElement options = field.GetArrayLength() > 3 ? field[3] : default;
            int msb = field[0].GetInt32();
            int lsb = field[1].GetInt32();
            Presence when = options.ValueKind == JsonValueKind.Object && options.TryGetProperty("if", out JsonElement text)
                ? text.GetString() == "else"
                    ? Else([.. fields.Where(f => f.Msb >= lsb && f.Lsb <= msb).Select(f => f.When)])
                    : Presence.Parse(text.GetString()!)
                : Presence.Always;
            string name = field[2].GetString()!;
            fields.Add(new RegisterField(msb, lsb, name, Kind(name), when, Resets(options)));
        }

        return new RegisterLayout(layout.GetProperty("w").GetInt32(), When(layout), fields);
    }

    /// <summary>None of the earlier alternatives for the same bits.</summary>
    private static Presence Else(IReadOnlyList<Presence> earlier) => earlier.Any(e => e.Condition is null)
        ? new Presence(null, Assumed: false)
        : new Presence(new Not(new Any([.. earlier.Select(e => e.Condition!)])), Assumed: false);

    private static Presence When(JsonElement element) =>
        element.TryGetProperty("if", out JsonElement text) ? Presence.Parse(text.GetString()!) : Presence.Always;

    private static FieldKind Kind(string name) => name switch
    {
        "RES0" => FieldKind.Res0,
        "RES1" => FieldKind.Res1,
        "RAZ/WI" => FieldKind.ReadZeroWriteIgnored,
        "RAO/WI" => FieldKind.ReadOneWriteIgnored,
        "UNKNOWN" => FieldKind.Unknown,
        _ => FieldKind.Named,
    };

    private static IReadOnlyList<FieldReset> Resets(JsonElement options) =>
        options.ValueKind == JsonValueKind.Object && options.TryGetProperty("rst", out JsonElement resets)
            ? [.. resets.EnumerateArray().Select(r => new FieldReset(
                r[0].GetString()!,
                r[1].GetString()!.Length == 0 ? Condition.True : ConditionParser.Parse(r[1].GetString()!),
                ulong.Parse(r[2].GetString()!, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture)))]
            : [];
}
