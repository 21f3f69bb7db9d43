using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Runs;

/// <summary>Reads waivers from JSON Lines: one object per line, as in <c>Fixtures/schemas/waiver.schema.json</c>.</summary>
public static class WaiverFile
{
    /// <exception cref="RunException">A line is not a waiver; the message starts with <c>file:line</c>.</exception>
    public static IReadOnlyList<Waiver> Read(TextReader reader, string file)
    {
        List<Waiver> waivers = [];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{file}:{++number}");
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            Waiver waiver = Parse(line, place);
            if (!ids.Add(waiver.Id))
            {
                throw new RunException($"{place}: the id '{waiver.Id}' is used twice; give each waiver its own.");
            }

            waivers.Add(waiver);
        }

        return waivers;
    }

    private static Waiver Parse(string line, string place)
    {
        Dictionary<string, JsonElement> members;
        try
        {
            members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line) ?? [];
        }
        catch (JsonException x)
        {
            throw new RunException($"{place}: not a JSON object ({x.Message.Split('.')[0]}); write one waiver per line.");
        }

        string Text(string name)
        {
            if (!members.Remove(name, out JsonElement value))
            {
                throw new RunException($"{place}: '{name}' is missing; a waiver needs it.");
            }

            return value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
                ? value.GetString()!
                : throw new RunException($"{place}: '{name}' must be a text that is not empty.");
        }

        string id = Text("id");
        IReadOnlyList<string> patterns = Patterns(members, place);
        string device = Text("device");
        string versions = Text("versions");
        string rule = Text("rule");
        string reason = Text("reason");
        string smallest = Text("smallest");
        IReadOnlyList<FieldExpectation> fields = members.Remove("fields", out JsonElement f) ? Fields(f, place) : [];
        IReadOnlyList<FieldAllowance> differs = members.Remove("differs", out JsonElement d) ? Differs(d, place) : [];
        IReadOnlyList<string> writes = members.Remove("writes", out JsonElement w) ? Writes(w, place) : [];
        IReadOnlyList<string> needs = members.Remove("needs", out JsonElement n) ? Needs(n, place) : [];
        bool ends = members.Remove("endsDevice", out JsonElement e) && (e.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? e.GetBoolean() : throw new RunException($"{place}: 'endsDevice' must be true or false."));
        if (ends && (fields.Count > 0 || differs.Count > 0))
        {
            throw new RunException($"{place}: a case that ends the device shows no 'fields', and nothing that 'differs'; leave them out.");
        }

        IReadOnlyList<FieldExpectation> sets = members.Remove("sets", out JsonElement s) ? Sets(s, place) : [];
        IReadOnlyList<string> checks = members.Remove("checks", out JsonElement c) ? Checks(c, place) : [];
        string? error = members.ContainsKey("error") ? Text("error") : null;
        if (error is not null && (ends || fields.Count > 0 || differs.Count > 0))
        {
            throw new RunException($"{place}: a case that ends in an 'error' has no 'fields', 'differs' or 'endsDevice'; leave them out.");
        }

        if (members.Count > 0)
        {
            throw new RunException($"{place}: '{members.Keys.First()}' is not a member of a waiver; remove or rename it.");
        }

        var cases = new CasePatterns(patterns);
        if (!cases.Matches(smallest))
        {
            throw new RunException($"{place}: 'smallest' ({smallest}) is not among 'cases' ({string.Join(", ", patterns)}); make them agree.");
        }

        VersionRange range = VersionRange.TryParse(versions) ?? throw new RunException(
            $"{place}: 'versions' ({versions}) must be a version, a pattern like 10.0.* or bounds like >=9.2 <10.1.");
        return new Waiver(id, cases, device, range, rule, reason, smallest, fields) { Needs = needs, Writes = writes, Sets = sets, Checks = checks, Differs = differs, EndsDevice = ends, Error = error };
    }

    /// <summary>One pattern or several.</summary>
    private static IReadOnlyList<string> Patterns(Dictionary<string, JsonElement> members, string place)
    {
        if (!members.Remove("cases", out JsonElement cases))
        {
            throw new RunException($"{place}: 'cases' is missing; a waiver needs it.");
        }

        IReadOnlyList<string> patterns = cases.ValueKind == JsonValueKind.String ? [cases.GetString()!] : Texts(cases);
        return patterns.Count > 0 && !patterns.Any(string.IsNullOrWhiteSpace) ? patterns
            : throw new RunException($"{place}: 'cases' must be a pattern that is not empty, or an array of those.");
    }

    private static List<string> Writes(JsonElement json, string place)
    {
        List<string> registers = Texts(json);
        return registers.Count > 0 && registers.All(r => Encodings.TryRegister(r, out _)) ? registers
            : throw new RunException($"{place}: 'writes' must be an array of system registers, by their names.");
    }

    private static List<FieldExpectation> Sets(JsonElement json, string place)
    {
        List<FieldExpectation> sets = json.ValueKind == JsonValueKind.Object
            ? Fields(json, place) : throw new RunException($"{place}: 'sets' must be an object of system registers and values.");
        return sets.Find(f => !Encodings.TryRegister(f.Field, out _)) is { } unknown
            ? throw new RunException($"{place}: 'sets' names '{unknown.Field}', which is no system register; mend the name.") : sets;
    }

    private static List<string> Checks(JsonElement json, string place)
    {
        List<string> rules = Texts(json);
        return rules.Count > 0 ? rules : throw new RunException($"{place}: 'checks' must be an array of patterns over rules.");
    }

    /// <summary>The texts of an array; none when it is not an array of texts.</summary>
    private static List<string> Texts(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String)
            ? [.. json.EnumerateArray().Select(t => t.GetString()!)] : [];

    private static List<string> Needs(JsonElement json, string place) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String)
            ? [.. json.EnumerateArray().Select(n => n.GetString()!)]
            : throw new RunException($"{place}: 'needs' must be an array of features, \"FEAT_X\" or \"!FEAT_X\".");

    private static List<FieldExpectation> Fields(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new RunException($"{place}: 'fields' must be an object of field names and values.");
        }

        return [.. json.EnumerateObject().Select(p => RecordJson.TryField(p.Name, p.Value) ?? throw new RunException(
            $"{place}: the value of field '{p.Name}' must be \"0x…\", \"0x…/0xmask\" or an array of those."))];
    }

    private static List<FieldAllowance> Differs(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Any())
        {
            throw new RunException($"{place}: 'differs' must be an object of field names and bits.");
        }

        return [.. json.EnumerateObject().Select(p => p.Value.ValueKind == JsonValueKind.String && ValueNotation.TryParse(p.Value.GetString()!, out MaskedValue bits)
            ? new FieldAllowance(p.Name, false, bits.Value)
            : throw new RunException($"{place}: what differs of field '{p.Name}' must be its bits, \"0x…\"."))];
    }
}
