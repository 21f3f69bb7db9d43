using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>A JSON value and where it is in its line, for messages: <c>steps[0].allowed[1].name</c>.</summary>
internal readonly struct JsonPlace(JsonElement element, string path)
{
    internal JsonElement Element => element;

    internal string Path => path;

    /// <summary>The problem, with the place in front.</summary>
    internal CaseProblemException Problem(string problem) => new(path.Length == 0 ? problem : $"{path}: {problem}");

    /// <summary>The members of an object in order; any name goes, but each once.</summary>
    internal IEnumerable<KeyValuePair<string, JsonPlace>> Entries()
    {
        Expect(JsonValueKind.Object, "an object");
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            yield return seen.Add(member.Name)
                ? KeyValuePair.Create(member.Name, new JsonPlace(member.Value, Below(member.Name)))
                : throw Problem($"'{member.Name}' is given twice; keep one of them");
        }
    }

    /// <summary>The members of an object that may have only these.</summary>
    internal Dictionary<string, JsonPlace> Members(params ReadOnlySpan<string> allowed)
    {
        Dictionary<string, JsonPlace> members = new(StringComparer.Ordinal);
        foreach ((string name, JsonPlace value) in Entries())
        {
            if (!allowed.Contains(name))
            {
                string[] names = allowed.ToArray();
                string mend = NearestName.Of(name, names) is { } near
                    ? $"did you mean '{near}'?" : $"it can be {string.Join(", ", names)}";
                throw Problem($"there is no member '{name}'; {mend}");
            }

            members[name] = value;
        }

        return members;
    }

    internal JsonPlace Required(Dictionary<string, JsonPlace> members, string name) =>
        members.TryGetValue(name, out JsonPlace value) ? value : throw Problem($"'{name}' is missing; add it");

    internal IEnumerable<JsonPlace> Items()
    {
        Expect(JsonValueKind.Array, "an array");
        int i = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            yield return new JsonPlace(item, $"{path}[{i++}]");
        }
    }

    internal string Text()
    {
        Expect(JsonValueKind.String, "a text");
        return element.GetString()!;
    }

    /// <summary>A 64-bit value: hexadecimal text or a number that is not negative.</summary>
    internal ulong Value()
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out ulong number))
        {
            return number;
        }

        return element.ValueKind == JsonValueKind.String && ValueNotation.TryParse(element.GetString(), out ulong value)
            ? value
            : throw Problem($"{Shown()} is not a value; write hexadecimal text of up to 64 bits like \"0x1f\", or a whole number");
    }

    /// <summary>A number of up to <paramref name="bits"/> bits.</summary>
    internal ulong Value(int bits)
    {
        ulong value = Value();
        return bits >= 64 || value >> bits == 0
            ? value
            : throw Problem($"{Shown()} does not fit in {bits} bits; give at most 0x{(1UL << bits) - 1:x}");
    }

    private void Expect(JsonValueKind kind, string what)
    {
        if (element.ValueKind != kind)
        {
            throw Problem($"{Shown()} is not {what}; write {what} here");
        }
    }

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string Shown()
    {
        string text = element.GetRawText();
        return text.Length <= 40 ? text : $"{text[..37]}...";
    }
}
