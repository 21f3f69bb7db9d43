using System.Globalization;
using System.Text.Json;

namespace Conformance.Suites.Instructions;

/// <summary>What one instruction makes of one state, as two independent implementations agree on it.</summary>
/// <remarks>
/// A line of <c>Fixtures/vectors/instructions.jsonl</c>: <c>n</c> encoding; <c>f</c> features it was recorded with and needs;
/// <c>c</c> code in hex, the instruction marked by <c>*</c>; <c>p</c> PSTATE in hex; <c>b</c> number of the register that holds the
/// address of the data; <c>s</c> state, <c>o</c> outcome: <c>name=hex</c>, V registers as <c>high:low</c>.
/// </remarks>
public sealed record InstructionVector
{
    public required string Encoding { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }

    public required IReadOnlyList<uint> Code { get; init; }

    /// <summary>Index of the instruction in <see cref="Code"/>.</summary>
    public required int Main { get; init; }

    /// <summary>PSTATE at the first instruction, in SPSR layout.</summary>
    public required ulong Pstate { get; init; }

    /// <summary>The general register that code around the instruction uses, and the instruction does not.</summary>
    public required int Base { get; init; }

    /// <summary>Registers before it: X, V and system registers; <c>fill</c> is how memory is filled (stride and first word);
    /// <c>align</c> and <c>fault</c> as <see cref="VectorCase"/> says.</summary>
    public required IReadOnlyList<VectorField> State { get; init; }

    /// <summary>Fields behind it: those of observations, and V registers.</summary>
    public required IReadOnlyList<VectorField> Outcome { get; init; }

    public uint Word => Code[Main];

    /// <summary>The level it runs at.</summary>
    public int Level => (int)(Pstate >> 2) & 3;

    /// <summary>The level it takes an exception to, or 0.</summary>
    public int Target => (int)Outcome.Where(f => f.Name == Harness.Cases.FieldNames.Target).Select(f => f.Low).FirstOrDefault();

    /// <summary>The instruction is UNDEFINED at its level: EC 0x00.</summary>
    public bool IsUndefined => Target == 1 && Outcome.Any(f => f.Name == Harness.Cases.FieldNames.Esr && f.Low >> 26 == 0);

    /// <exception cref="FormatException">The line is not a vector.</exception>
    public static InstructionVector Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        string[] words = root.GetProperty("c").GetString()!.Split(' ');
        return new InstructionVector
        {
            Encoding = root.GetProperty("n").GetString()!,
            Needs = root.TryGetProperty("f", out JsonElement f) ? f.GetString()!.Split(' ') : [],
            Code = [.. words.Select(w => uint.Parse(w.TrimStart('*'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))],
            Main = Array.FindIndex(words, w => w[0] == '*'),
            Pstate = ulong.Parse(root.GetProperty("p").GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            Base = root.GetProperty("b").GetInt32(),
            State = Fields(root.GetProperty("s").GetString()!),
            Outcome = Fields(root.GetProperty("o").GetString()!),
        };
    }

    /// <summary>The line.</summary>
    public string Text()
    {
        string needs = Needs.Count == 0 ? "" : $"\"f\":\"{string.Join(' ', Needs)}\",";
        string code = string.Join(' ', Code.Select((w, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == Main ? "*" : "")}{w:x8}")));
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"n":"{{Encoding}}",{{needs}}"c":"{{code}}","p":"{{Pstate:x}}","b":{{Base}},"s":"{{string.Join(' ', State)}}","o":"{{string.Join(' ', Outcome)}}"}""");
    }

    private static VectorField[] Fields(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(VectorField.Parse)];
}

/// <summary>A register or field of a vector and its value, of 64 or 128 bits.</summary>
public readonly record struct VectorField(string Name, ulong Low, ulong High = 0)
{
    /// <summary>The number of a V register, or -1.</summary>
    public int Vector => Name[0] == 'V' && int.TryParse(Name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}={(Vector >= 0 || High != 0 ? $"{High:x}:" : "")}{Low:x}");

    internal static VectorField Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return new VectorField(text[..equals],
            ulong.Parse(text.AsSpan(Math.Max(colon, equals) + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            colon < 0 ? 0 : ulong.Parse(text.AsSpan(equals + 1, colon - equals - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
