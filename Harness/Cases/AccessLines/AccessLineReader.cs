using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases.AccessLines;

/// <summary>Turns the JSON of one line into an <see cref="AccessLine"/>; everything that needs no device is checked here.</summary>
internal static class AccessLineReader
{
    /// <summary>True for an object that is an access line and not a whole case.</summary>
    internal static bool Recognises(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && (line.TryGetProperty("access"u8, out _) || line.TryGetProperty("word"u8, out _));

    /// <param name="place">The object of the line.</param>
    /// <param name="number">Number of the line in its file, from 1: the last part of the id where the line gives none.</param>
    internal static AccessLine Read(JsonPlace place, int number)
    {
        Dictionary<string, JsonPlace> members = place.Members("access", "word", "m", "imm", "el", "set", "x", "expect", "id", "note", "needs");
        AccessedName access = Access(place, members);
        int level = Level(place.Required(members, "el"));
        ulong? operand = members.TryGetValue("x", out JsonPlace x) ? SettingNotation.Value(x, 64) : null;
        if (operand is not null && access.Accessor is { TakesRegister: false })
        {
            throw x.Problem($"{access.Text} has no X register; leave it out");
        }

        List<Leaf> expect = members.TryGetValue("expect", out JsonPlace outcomes) ? Leaves(outcomes, access, level) : [];
        return expect.Count == 0 && access.Accessor is null
            ? throw place.Problem($"'expect' is missing, and the facts say nothing about {access.Text}; add it")
            : new AccessLine
            {
                Id = Id(members, access, number),
                Note = members.TryGetValue("note", out JsonPlace note) ? note.Text() : "",
                Needs = members.TryGetValue("needs", out JsonPlace needs) ? Needs(needs) : [],
                Access = access,
                Level = level,
                Set = members.TryGetValue("set", out JsonPlace set) ? SettingNotation.Read(set) : [],
                Operand = operand,
                Expect = expect,
            };
    }

    private static AccessedName Access(JsonPlace line, Dictionary<string, JsonPlace> members)
    {
        bool named = members.TryGetValue("access", out JsonPlace name);
        if (members.TryGetValue("word", out JsonPlace word))
        {
            string? stray = named ? "access" : members.ContainsKey("m") ? "m" : members.ContainsKey("imm") ? "imm" : null;
            return stray is null
                ? AccessorNames.Find((uint)word.Value(32))
                : throw line.Problem($"'{stray}' and 'word' are both given; the word says all, leave '{stray}' out");
        }

        string text = name.Text();
        bool immediate = members.ContainsKey("imm");
        if (!AccessorNames.TryFind(text, out Accessor accessor, out int? index))
        {
            throw name.Problem(NearestName.Of(text, AccessorNames.All) is { } near
                ? $"there is no accessor '{text}'; did you mean '{near}'?"
                : $"there is no accessor '{text}'; write it like 'MRS SCTLR_EL1', 'TLBI VMALLE1' or 'MSR DAIFSet', or give the instruction as 'word'");
        }

        if (immediate && accessor.Op == "MSR" && AccessorNames.TryFind($"MSRi {accessor.Name}", out Accessor other, out _))
        {
            accessor = other;
        }

        return accessor.IsImplementationDefined
            ? throw name.Problem($"'{text}' is a whole space of encodings; give the instruction as 'word'")
            : new AccessedName(accessor, Index(name, members, accessor, index), immediate ? Immediate(members["imm"], accessor) : null);
    }

    private static int Index(JsonPlace name, Dictionary<string, JsonPlace> members, Accessor accessor, int? index)
    {
        if (!members.TryGetValue("m", out JsonPlace m))
        {
            return index ?? throw name.Problem(
                $"'{accessor.Id}' is an array; name the element ('{accessor.Op} {accessor.NameAt(accessor.Indices!.Value.First)}'), or add its index as 'm'");
        }

        if (accessor.Indices is not var (first, last))
        {
            throw m.Problem($"{accessor.Id} is not an array; leave it out");
        }

        int given = (int)m.Value(31);
        return given < first || given > last ? throw m.Problem($"{given} is no index of {accessor.Id}; give {first} to {last}")
            : index is { } other && other != given ? throw m.Problem($"{given} is not the element that 'access' names; leave it out")
            : given;
    }

    private static int Immediate(JsonPlace place, Accessor accessor)
    {
        int bits = accessor switch
        {
            { Op: "MSRi", Name: "ALLINT" or "PM" or "SVCRSM" or "SVCRZA" or "SVCRSMZA" } => 1,
            { Op: "MSRi" } => 4,
            { Op: "INSN", Name: "HVC" or "SMC" } => 16,
            _ => throw place.Problem($"{accessor.Id} has no immediate; leave it out"),
        };
        return (int)place.Value(bits);
    }

    private static int Level(JsonPlace place)
    {
        ulong level = place.Value();
        return level <= 3 ? (int)level : throw place.Problem($"{level} is not an exception level; give 0 to 3");
    }

    private static List<Leaf> Leaves(JsonPlace place, AccessedName access, int level)
    {
        if (place.Element.ValueKind == JsonValueKind.String)
        {
            return [LeafNotation.Read(place, access, level)];
        }

        List<Leaf> leaves = [];
        foreach (JsonPlace item in place.Items())
        {
            leaves.Add(LeafNotation.Read(item, access, level));
        }

        return leaves.Count > 0 ? leaves : throw place.Problem("no outcome is allowed; name at least one, or leave 'expect' out");
    }

    private static List<string> Needs(JsonPlace place)
    {
        List<string> needs = [];
        foreach (JsonPlace item in place.Items())
        {
            string need = item.Text();
            needs.Add(need.TrimStart('!').StartsWith("FEAT_", StringComparison.Ordinal)
                ? need
                : throw item.Problem($"'{need}' is not a feature; write FEAT_X, or !FEAT_X for a device without it"));
        }

        return needs;
    }

    /// <summary>What the line says, in the group <c>line</c> if it names none; else accessor and line number.</summary>
    private static string Id(Dictionary<string, JsonPlace> members, AccessedName access, int number)
    {
        if (!members.TryGetValue("id", out JsonPlace place))
        {
            return string.Create(CultureInfo.InvariantCulture, $"line/{access.Text.ToLowerInvariant().Replace(' ', '-')}/{number}");
        }

        string id = place.Text();
        string full = id.Contains('/', StringComparison.Ordinal) ? id : $"line/{id}";
        return CaseCheck.IsId(full)
            ? full
            : throw place.Problem($"'{id}' is not an id; write a name in lower case without blanks, or suite/group/name");
    }
}
