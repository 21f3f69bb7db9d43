using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Cases;

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
        string pattern = Text("cases");
        string device = Text("device");
        string versions = Text("versions");
        string rule = Text("rule");
        string reason = Text("reason");
        string smallest = Text("smallest");
        IReadOnlyList<FieldExpectation> fields = members.Remove("fields", out JsonElement f) ? Fields(f, place) : [];
        IReadOnlyList<string> needs = members.Remove("needs", out JsonElement n) ? Needs(n, place) : [];
        bool ends = members.Remove("endsDevice", out JsonElement e) && (e.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? e.GetBoolean() : throw new RunException($"{place}: 'endsDevice' must be true or false."));
        if (ends && fields.Count > 0)
        {
            throw new RunException($"{place}: a case that ends the device shows no 'fields'; leave them out.");
        }

        if (members.Count > 0)
        {
            throw new RunException($"{place}: '{members.Keys.First()}' is not a member of a waiver; remove or rename it.");
        }

        var cases = new CasePatterns([pattern]);
        if (!cases.Matches(smallest))
        {
            throw new RunException($"{place}: 'smallest' ({smallest}) is not among 'cases' ({pattern}); make them agree.");
        }

        VersionRange range = VersionRange.TryParse(versions) ?? throw new RunException(
            $"{place}: 'versions' ({versions}) must be a version, a pattern like 10.0.* or bounds like >=9.2 <10.1.");
        return new Waiver(id, cases, device, range, rule, reason, smallest, fields) { Needs = needs, EndsDevice = ends };
    }

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
}
