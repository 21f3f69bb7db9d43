using System.Collections.Frozen;
using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>Encodings of system registers and system instructions by architectural name, and back.</summary>
/// <remarks>Source: <c>Fixtures/spec/access-rules.jsonl</c>. Arrays are expanded: <c>ICH_LR0_EL2</c> … <c>ICH_LR15_EL2</c>.</remarks>
public static class Encodings
{
    private static readonly Lazy<Tables> s_tables = new(Load);

    /// <summary>Every register that MRS or MSR can name, in ordinal order.</summary>
    public static IReadOnlyList<string> RegisterNames => s_tables.Value.RegisterNames;

    /// <summary>The encoding of a register for MRS and MSR; generic names (<c>S3_4_C1_C1_0</c>) are taken too.</summary>
    /// <exception cref="ArgumentException">There is no such register; the message suggests the nearest name.</exception>
    public static SystemEncoding Register(string name) => TryRegister(name, out SystemEncoding encoding)
        ? encoding
        : throw new ArgumentException(
            $"There is no system register {name}{NearestName.Hint(name, RegisterNames)}", nameof(name));

    /// <summary>The encoding of a register for MRS and MSR; false when the name is unknown.</summary>
    public static bool TryRegister(string name, out SystemEncoding encoding) =>
        s_tables.Value.Registers.TryGetValue(name, out encoding) || SystemEncoding.TryParse(name, out encoding);

    /// <summary>The encoding of an operation of AT, DC, IC, TLBI, CFP, …: <c>("TLBI", "VMALLE1")</c>.</summary>
    /// <exception cref="ArgumentException">There is no such operation; the message suggests the nearest name.</exception>
    public static SystemEncoding Instruction(string op, string name)
    {
        if (TryInstruction(op, name, out SystemEncoding encoding))
        {
            return encoding;
        }

        string full = $"{op} {name}";
        throw new ArgumentException(
            $"There is no system instruction {full}{NearestName.Hint(full, s_tables.Value.Instructions.Keys)}", nameof(name));
    }

    /// <summary>The encoding of an operation of AT, DC, IC, TLBI, CFP, …; false when it is unknown.</summary>
    public static bool TryInstruction(string op, string name, out SystemEncoding encoding) =>
        s_tables.Value.Instructions.TryGetValue($"{op} {name}", out encoding);

    /// <summary>The name of a register as MRS (<paramref name="read"/>) or MSR sees it, or of a system instruction
    /// (<c>TLBI VMALLE1</c>); null when nothing of that encoding is known.</summary>
    public static string? NameOf(SystemEncoding encoding, bool read) =>
        s_tables.Value.Names.GetValueOrDefault((encoding, read));

    private sealed record Tables(
        FrozenDictionary<string, SystemEncoding> Registers,
        FrozenDictionary<string, SystemEncoding> Instructions,
        FrozenDictionary<(SystemEncoding Encoding, bool Read), string> Names,
        IReadOnlyList<string> RegisterNames);

    private static Tables Load()
    {
        Dictionary<string, SystemEncoding> registers = [];
        Dictionary<string, SystemEncoding> instructions = [];
        Dictionary<(SystemEncoding, bool), string> names = [];
        using Stream stream = typeof(Encodings).Assembly.GetManifestResourceStream("Fixtures/spec/access-rules.jsonl")
            ?? throw new InvalidOperationException("The access rules are not embedded in the harness.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            if (row.GetProperty("k").GetString() == "acc" && row.GetProperty("enc").ValueKind == JsonValueKind.Array)
            {
                Add(row);
            }
        }

        return new Tables(
            registers.ToFrozenDictionary(StringComparer.Ordinal), instructions.ToFrozenDictionary(StringComparer.Ordinal),
            names.ToFrozenDictionary(), [.. registers.Keys.Order(StringComparer.Ordinal)]);

        void Add(JsonElement row)
        {
            string op = row.GetProperty("op").GetString()!;
            string name = row.GetProperty("name").GetString()!;
            (int first, int last) = row.TryGetProperty("m", out JsonElement m) ? (m[0].GetInt32(), m[1].GetInt32()) : (0, 0);
            for (int i = first; i <= last; i++)
            {
                if (EncodingPattern.Fill(row.GetProperty("enc"), i) is { } encoding)
                {
                    AddOne(op, name.Replace("<m>", $"{i}"), encoding);
                }
            }
        }

        void AddOne(string op, string name, SystemEncoding encoding)
        {
            switch (op)
            {
                case "MRS" or "MSR":
                    registers[name] = encoding;
                    names[(encoding, op == "MRS")] = name;
                    break;
                case "MRRS" or "MSRR" or "TLBIP":
                    instructions[$"{op} {name}"] = encoding; // 128-bit forms share encodings with the 64-bit ones
                    break;
                default:
                    string full = op == name ? op : $"{op} {name}";
                    instructions[$"{op} {name}"] = encoding;
                    names[(encoding, op is "GCSPOPM" or "GCSSS2")] = full;
                    break;
            }
        }
    }
}
