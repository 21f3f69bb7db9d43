using System.Text.Json;

namespace Conformance.Harness.Cases;

/// <summary>Turns the JSON of one case into a <see cref="Case"/>. Whether it makes sense is for <see cref="CaseCheck"/>.</summary>
internal static class CaseReader
{
    internal static Case Read(JsonPlace place)
    {
        Dictionary<string, JsonPlace> members =
            place.Members("id", "title", "rules", "needs", "like", "skip", "registers", "fills", "memory", "steps");
        List<RegisterValue> registers = RegisterNotation.Read(Optional(members, "registers"), given: []);
        return new Case
        {
            Id = place.Required(members, "id").Text(),
            Title = members.TryGetValue("title", out JsonPlace title) ? title.Text() : "",
            Rules = Texts(place.Required(members, "rules")),
            Needs = Texts(Optional(members, "needs")),
            Like = members.TryGetValue("like", out JsonPlace like) ? like.Text() : null,
            Skip = members.TryGetValue("skip", out JsonPlace skip) ? skip.Text() : null,
            Registers = registers,
            Fills = List(Optional(members, "fills"), Fill),
            Memory = Memory(Optional(members, "memory")),
            Steps = List(place.Required(members, "steps"), s => ReadStep(s, registers)),
        };
    }

    private static Step ReadStep(JsonPlace place, List<RegisterValue> caseRegisters)
    {
        Dictionary<string, JsonPlace> members = place.Members(
            "level", "pstate", "code", "codeOffset", "entryPc", "general", "registers", "observe", "allowed");
        int level = (int)place.Required(members, "level").Value(31);
        return new Step
        {
            Level = level,
            Pstate = PstateNotation.Read(place.Required(members, "pstate"), level),
            Code = List(place.Required(members, "code"), w => (uint)w.Value(32)),
            CodeOffset = members.TryGetValue("codeOffset", out JsonPlace offset) ? (int)offset.Value(31) : 0,
            EntryPc = members.TryGetValue("entryPc", out JsonPlace pc) ? pc.Value() : null,
            General = Optional(members, "general") is { } general
                ? [.. general.Entries().Select(e => new RegisterValue(e.Key, e.Value.Value()))] : [],
            Registers = RegisterNotation.Read(Optional(members, "registers"), caseRegisters),
            Observe = Texts(Optional(members, "observe")),
            Allowed = List(place.Required(members, "allowed"), ReadOutcome),
        };
    }

    private static Outcome ReadOutcome(JsonPlace place)
    {
        Dictionary<string, JsonPlace> members = place.Members("name", "fields");
        return new Outcome(
            place.Required(members, "name").Text(),
            [.. place.Required(members, "fields").Entries().Select(e => new FieldExpectation(e.Key, Any(e.Value)))]);
    }

    private static List<MaskedValue> Any(JsonPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Object)
        {
            return [new MaskedValue(place.Value(), ulong.MaxValue)];
        }

        if (!place.Element.TryGetProperty("anyOf", out _))
        {
            return [Masked(place)];
        }

        JsonPlace anyOf = place.Members("anyOf")["anyOf"];
        return List(anyOf, v => v.Element.ValueKind == JsonValueKind.Object
            ? Masked(v) : new MaskedValue(v.Value(), ulong.MaxValue));
    }

    private static MaskedValue Masked(JsonPlace place)
    {
        Dictionary<string, JsonPlace> members = place.Members("value", "mask");
        return new MaskedValue(place.Required(members, "value").Value(), place.Required(members, "mask").Value());
    }

    private static MemoryFill Fill(JsonPlace place)
    {
        Dictionary<string, JsonPlace> members = place.Members("address", "length", "first", "stride");
        return new MemoryFill(
            place.Required(members, "address").Value(),
            place.Required(members, "length").Value(),
            place.Required(members, "first").Value(),
            members.TryGetValue("stride", out JsonPlace stride) ? stride.Value() : 0);
    }

    private static List<MemoryWord> Memory(JsonPlace? place)
    {
        List<MemoryWord> words = [];
        foreach ((string address, JsonPlace value) in place?.Entries() ?? [])
        {
            words.Add(ValueNotation.TryParse(address, out ulong at)
                ? new MemoryWord(at, value.Value())
                : throw value.Problem($"'{address}' is not an address; write it like \"0x40310000\""));
        }

        return words;
    }

    private static JsonPlace? Optional(Dictionary<string, JsonPlace> members, string name) =>
        members.TryGetValue(name, out JsonPlace value) ? value : null;

    private static List<string> Texts(JsonPlace? place) => List(place, t => t.Text());

    private static List<T> List<T>(JsonPlace? place, Func<JsonPlace, T> read)
    {
        List<T> list = [];
        foreach (JsonPlace item in place?.Items() ?? [])
        {
            list.Add(read(item));
        }

        return list;
    }
}
