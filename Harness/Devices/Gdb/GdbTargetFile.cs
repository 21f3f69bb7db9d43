using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Devices.Gdb;

/// <summary>Reads the description of a target: one JSON object, as in <c>Fixtures/schemas/gdb-target.schema.json</c>.</summary>
public static class GdbTargetFile
{
    /// <exception cref="RunException">The file cannot be read or is no description; the message starts with its name.</exception>
    public static GdbTarget Read(string path, string shownAs)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{shownAs}: cannot be read ({e.Message.TrimEnd('.')}); give the description of a target with --target.");
        }

        return Parse(text, shownAs);
    }

    /// <exception cref="RunException">The text is no description.</exception>
    public static GdbTarget Parse(string text, string file)
    {
        Dictionary<string, JsonElement> members;
        try
        {
            members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text) ?? [];
        }
        catch (JsonException e)
        {
            throw new RunException($"{file}: not a JSON object ({e.Message.Split(". ")[0].TrimEnd('.')}); docs/gdb-device.md has an example.");
        }

        RunException Bad(string member, string must) => new($"{file}: '{member}' must be {must}.");
        string? Text(string name) => !members.Remove(name, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()) ? value.GetString()
            : throw Bad(name, "a text that is not empty");
        double? Seconds(string name) => !members.Remove(name, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.Number && value.GetDouble() is var s and > 0 and <= 3600 ? s
            : throw Bad(name, "a number of seconds, more than 0");

        (string host, int port) = Place(Text("address") ?? throw new RunException($"{file}: 'address' is missing; give HOST:PORT of the stub."), Bad);
        (string? pc, string? pstate) = members.Remove("registers", out JsonElement names) ? Registers(names, Bad) : (null, null);
        if (members.Remove("ram", out JsonElement ram))
        {
            CheckRam(ram, file, Bad);
        }

        var defaults = new GdbTarget { Host = host, Port = port };
        GdbTarget target = defaults with
        {
            Version = Text("version") ?? defaults.Version,
            WaiversOf = Text("waivers"),
            Pc = pc ?? defaults.Pc,
            Pstate = pstate ?? defaults.Pstate,
            StartPstate = Text("pstate") is { } start
                ? TryNumber(start) is { } value and <= uint.MaxValue ? (uint)value : throw Bad("pstate", "a number like \"0x3cd\"")
                : null,
            Reset = Text("reset"),
            Start = members.Remove("start", out JsonElement words) ? Words(words, Bad) : [],
            CaseTimeout = Seconds("caseSeconds") is { } c ? TimeSpan.FromSeconds(c) : defaults.CaseTimeout,
            ReplyTimeout = Seconds("replySeconds") is { } r ? TimeSpan.FromSeconds(r) : defaults.ReplyTimeout,
            StartTimeout = Seconds("startSeconds") is { } s ? TimeSpan.FromSeconds(s) : defaults.StartTimeout,
        };
        return members.Count == 0 ? target : throw new RunException(
            $"{file}: '{members.Keys.First()}' is not a member of a target; the members are address, version, waivers, registers, ram, pstate, reset, start, caseSeconds, replySeconds, startSeconds.");
    }

    private static (string Host, int Port) Place(string address, Func<string, string, RunException> bad)
    {
        int colon = address.LastIndexOf(':');
        string host = colon < 0 ? "" : address[..colon].Trim('[', ']');
        return ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? (host.Length == 0 ? "localhost" : host, port)
            : throw bad("address", "HOST:PORT, \"localhost:1234\"");
    }

    private static (string? Pc, string? Pstate) Registers(JsonElement json, Func<string, string, RunException> bad)
    {
        const string Must = "an object of \"pc\" and \"pstate\" with the names (or numbers) that the stub has for them";
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw bad("registers", Must);
        }

        string? pc = null;
        string? pstate = null;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            string? name = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString(),
                JsonValueKind.Number when member.Value.TryGetUInt16(out ushort number) => number.ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
            (pc, pstate) = (member.Name, name) switch
            {
                (_, null or "") => throw bad("registers", Must),
                ("pc", _) => (name, pstate),
                ("pstate", _) => (pc, name),
                _ => throw bad("registers", Must),
            };
        }

        return (pc, pstate);
    }

    /// <summary>The contract fixes where cases have their memory; a target either has RAM there or cannot run them.</summary>
    private static void CheckRam(JsonElement json, string file, Func<string, string, RunException> bad)
    {
        const string Must = "an object of \"from\" and \"size\" in hexadecimal: {\"from\": \"0x40000000\", \"size\": \"0x8000000\"}";
        ulong Number(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String && TryNumber(value.GetString()!) is { } number ? number : throw bad("ram", Must);
        (ulong from, ulong size) = (Number("from"), Number("size"));
        if (from > GuestMemory.RamBase || size < GuestMemory.RamSize || from + (size - 1) < GuestMemory.RamBase + (GuestMemory.RamSize - 1))
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: 'ram' is 0x{from:x} to 0x{from + size - 1:x}; cases need the {GuestMemory.RamSize >> 20} MiB from 0x{GuestMemory.RamBase:x} (Harness/INTERPRETING.md): map RAM there."));
        }
    }

    private static List<string> Words(JsonElement json, Func<string, string, RunException> bad) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0 && json.EnumerateArray().All(w => w.ValueKind == JsonValueKind.String)
            ? [.. json.EnumerateArray().Select(w => w.GetString()!)]
            : throw bad("start", "an array of texts: the program and its arguments");

    private static ulong? TryNumber(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value) ? value : null;
}
