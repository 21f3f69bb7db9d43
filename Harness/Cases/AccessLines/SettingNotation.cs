using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases.AccessLines;

/// <summary>
/// The state of an access line: <c>HCR_EL2.NV</c>, <c>MDCR_EL3.NSPB[1]</c>, <c>CPTR_EL2</c>, <c>CPTR_EL2[31]</c>,
/// <c>CPTR_EL2[21:20]</c>, <c>PSTATE.PAN</c>.
/// </summary>
internal static class SettingNotation
{
    /// <summary>PSTATE fields that a line may set, with their width.</summary>
    private static readonly Dictionary<string, int> s_pstate = new(StringComparer.Ordinal)
    {
        ["SP"] = 1,
        ["NZCV"] = 4,
        ["N"] = 1,
        ["Z"] = 1,
        ["C"] = 1,
        ["V"] = 1,
        ["DAIF"] = 4,
        ["D"] = 1,
        ["A"] = 1,
        ["I"] = 1,
        ["F"] = 1,
        ["TCO"] = 1,
        ["DIT"] = 1,
        ["UAO"] = 1,
        ["PAN"] = 1,
        ["ALLINT"] = 1,
        ["SSBS"] = 1,
    };

    /// <summary>A name that was understood: which bits it stands for.</summary>
    private readonly record struct Slot(string Register, string? Field, int Lsb, int Width);

    private static readonly ConcurrentDictionary<string, Slot> s_slots = new(StringComparer.Ordinal);

    internal static List<Setting> Read(JsonPlace place)
    {
        List<Setting> settings = [];
        foreach ((string name, JsonPlace value) in place.Entries())
        {
            if (!s_slots.TryGetValue(name, out Slot slot))
            {
                slot = Find(name, place);
                s_slots.TryAdd(name, slot);
            }

            settings.Add(new Setting(slot.Register, slot.Field, slot.Lsb, slot.Width, Value(value, slot.Width)));
        }

        return settings;
    }

    /// <summary>A number, hexadecimal text, or bits (<c>"0b01"</c>), of at most <paramref name="width"/> bits.</summary>
    internal static ulong Value(JsonPlace place, int width)
    {
        JsonElement element = place.Element;
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { } text && text.StartsWith("0b", StringComparison.Ordinal))
        {
            return !ulong.TryParse(text.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out ulong bits)
                ? throw place.Problem($"'{text}' is not a value; write up to 64 binary digits behind 0b")
                : width < 64 && bits >> width != 0 ? throw place.Problem($"'{text}' does not fit in {width} bits; give at most 0x{(1UL << width) - 1:x}")
                : bits;
        }

        return element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? throw place.Problem($"{element} is not a value; write 0 or 1")
            : place.Value(width);
    }

    private static Slot Find(string name, JsonPlace place)
    {
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        string whole = bracket < 0 ? name : name[..bracket];
        int from = whole.StartsWith("eff.", StringComparison.Ordinal) ? 4 : 0;
        int dot = whole.IndexOf('.', from);
        string register = dot < 0 ? whole : whole[..dot];
        string? field = dot < 0 ? null : whole[(dot + 1)..];
        int width = register == "PSTATE" ? PstateWidth(field, place)
            : RegisterFacts.Find(register[from..]) is not { } info ? throw place.Problem(UnknownRegister(register[from..]))
            : info.Indices is not null && info.Name.Replace("<n>", "", StringComparison.Ordinal) == register[from..]
            ? throw place.Problem($"{register} is an array; name one register of it, {info.NameAt(info.Indices.Value.First)}")
            : field is null ? 64
            : WidthOf(info, field) is var bits and > 0 ? bits
            : throw place.Problem(NoField(info, register, field));
        (int lsb, int count) = bracket < 0 ? (0, width) : Slice(name, bracket, width, place);
        return new Slot(register, field, lsb, count);
    }

    private static int WidthOf(RegisterInfo info, string field)
    {
        int width = 0;
        foreach (RegisterField known in info.Layouts.SelectMany(l => l.Fields))
        {
            width = known.Kind == FieldKind.Named && known.Name == field ? Math.Max(width, known.Width) : width;
        }

        return Math.Min(width, 64);
    }

    private static int PstateWidth(string? field, JsonPlace place) => field is not null && s_pstate.TryGetValue(field, out int width)
        ? width
        : throw place.Problem(field == "EL"
            ? "PSTATE.EL is the level of the access; give it as 'el'"
            : $"PSTATE.{field} cannot be given; the fields are {string.Join(", ", s_pstate.Keys)}");

    /// <summary><c>[5]</c> or <c>[7:4]</c>.</summary>
    private static (int Lsb, int Width) Slice(string name, int bracket, int width, JsonPlace place)
    {
        string[] bounds = name.EndsWith(']') ? name[(bracket + 1)..^1].Split(':') : [];
        return bounds.Length is 1 or 2
            && int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && int.TryParse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && low <= high && high < width
            ? (low, high - low + 1)
            : throw place.Problem($"'{name}': there are no such bits; write [bit] or [high:low] with bits 0 to {width - 1}");
    }

    private static string UnknownRegister(string register) =>
        NearestName.Of(register, RegisterFacts.Registers.Select(r => r.Name).Append("PSTATE")) is { } near
            ? $"there is no system register {register}; did you mean {near}?"
            : $"there is no system register {register}; write REGISTER.FIELD with architectural names, HCR_EL2.NV";

    private static string NoField(RegisterInfo info, string register, string field)
    {
        IEnumerable<string> names = info.Layouts.SelectMany(l => l.Fields).Where(f => f.Kind == FieldKind.Named).Select(f => f.Name).Distinct();
        return NearestName.Of(field, names) is { } near
            ? $"{register} has no field {field}; did you mean {near}?"
            : $"{register} has no field {field}; give bits, {register}[high:low], or the register as a whole";
    }
}
