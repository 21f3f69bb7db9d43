using System.Text.Json;

namespace Conformance.Harness.Spec.Compare;

/// <summary>Compares the register facts of two versions: presence, layouts, fields, reset values.</summary>
internal static class RegisterComparer
{
    internal static (List<string> Added, List<string> Removed, List<RegisterChange> Changed) Compare(
        IReadOnlyList<JsonElement> old, IReadOnlyList<JsonElement> changed)
    {
        Dictionary<string, JsonElement> after = changed.ToDictionary(Name, StringComparer.Ordinal);
        HashSet<string> before = [.. old.Select(Name)];
        List<RegisterChange> changes = [];
        foreach (JsonElement row in old)
        {
            if (after.TryGetValue(Name(row), out JsonElement other) && Register(row, other) is { Count: > 0 } what)
            {
                changes.Add(new RegisterChange(Name(row), what));
            }
        }

        return (
            [.. changed.Select(Name).Where(n => !before.Contains(n))],
            [.. old.Select(Name).Where(n => !after.ContainsKey(n))],
            changes);
    }

    private static List<string> Register(JsonElement old, JsonElement changed)
    {
        List<string> what = [];
        Changed(what, "present if", Text(old, "if", "always"), Text(changed, "if", "always"));
        Changed(what, "index range", Text(old, "m", "none"), Text(changed, "m", "none"));
        JsonElement[] before = [.. old.GetProperty("layouts").EnumerateArray()];
        JsonElement[] after = [.. changed.GetProperty("layouts").EnumerateArray()];
        if (before.Length != after.Length)
        {
            what.Add($"{before.Length} layouts become {after.Length}");
            return what;
        }

        for (int i = 0; i < before.Length; i++)
        {
            string prefix = before.Length > 1 ? $"layout {i + 1}: " : "";
            Changed(what, $"{prefix}width", Text(before[i], "w", ""), Text(after[i], "w", ""));
            Changed(what, $"{prefix}applies if", Text(before[i], "if", "always"), Text(after[i], "if", "always"));
            Fields(what, prefix, before[i], after[i]);
        }

        return what;
    }

    /// <summary>Fields are told by bits and name; several alternatives for the same bits stand in order.</summary>
    private static void Fields(List<string> what, string prefix, JsonElement old, JsonElement changed)
    {
        Dictionary<string, JsonElement> before = ByKey(old);
        Dictionary<string, JsonElement> after = ByKey(changed);
        foreach ((string key, JsonElement field) in before)
        {
            if (!after.TryGetValue(key, out JsonElement other))
            {
                what.Add($"{prefix}field {Show(field)} removed");
                continue;
            }

            Changed(what, $"{prefix}field {Show(field)} present if", Option(field, "if", "always"), Option(other, "if", "always"));
            Changed(what, $"{prefix}field {Show(field)} reset", Option(field, "rst", "none"), Option(other, "rst", "none"));
        }

        what.AddRange(after.Where(f => !before.ContainsKey(f.Key)).Select(f => $"{prefix}field {Show(f.Value)} added"));
    }

    private static Dictionary<string, JsonElement> ByKey(JsonElement layout)
    {
        Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
        foreach (JsonElement field in layout.GetProperty("f").EnumerateArray())
        {
            // The same reserved bits can stand twice, with different conditions.
            string key = Show(field);
            for (int n = 2; !fields.TryAdd(key, field); n++)
            {
                key = $"{Show(field)}#{n}";
            }
        }

        return fields;
    }

    private static void Changed(List<string> what, string of, string before, string after)
    {
        if (before != after)
        {
            what.Add($"{of} {before} becomes {after}");
        }
    }

    private static string Show(JsonElement field) => $"{field[2].GetString()}[{field[0].GetInt32()}:{field[1].GetInt32()}]";

    private static string Option(JsonElement field, string name, string absent) =>
        field.GetArrayLength() > 3 ? Text(field[3], name, absent) : absent;

    private static string Text(JsonElement of, string name, string absent) =>
        !of.TryGetProperty(name, out JsonElement value) ? absent
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();

    private static string Name(JsonElement row) => row.GetProperty("name").GetString()!;
}
