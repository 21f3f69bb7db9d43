using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>One way to reach a register or system operation: an instruction with an encoding, and what it does at each level.</summary>
public sealed class Accessor
{
    private readonly RuleTree[] _trees;
    private readonly AccessorEncoding? _encoding;

    internal Accessor(JsonElement row, Func<string, Leaf> leaves)
    {
        Id = row.GetProperty("id").GetString()!;
        Op = row.GetProperty("op").GetString()!;
        Name = row.GetProperty("name").GetString()!;
        Register = row.GetProperty("reg").GetString()!;
        Also = row.TryGetProperty("also", out JsonElement also) ? [.. also.EnumerateArray().Select(a => a.GetString()!)] : [];
        HandWritten = row.TryGetProperty("src", out _);
        Indices = row.TryGetProperty("m", out JsonElement m) ? (m[0].GetInt32(), m[1].GetInt32()) : null;
        _encoding = row.GetProperty("enc") is { ValueKind: JsonValueKind.Array } enc ? new AccessorEncoding(enc) : null;
        JsonElement? guards = row.TryGetProperty("g", out JsonElement g) ? g : null;
        _trees = [.. row.GetProperty("e").EnumerateArray().Select(e => RuleTree.Read(guards, e, leaves))];
    }

    private Accessor(string op, string name)
    {
        (Id, Op, Name, Register, Also) = ($"{op} {name}", op, name, name, []);
        _trees = [.. Enumerable.Repeat(RuleTree.Undefined, 4)];
    }

    /// <summary>An instruction that no rule is known for: UNDEFINED as far as the facts go.</summary>
    /// <param name="word">The instruction. MRS, MSR, SYS and SYSL get the generic name of their encoding.</param>
    public static Accessor Unlisted(uint word)
    {
        bool read = (word >> 21 & 1) != 0;
        SystemEncoding encoding = SystemEncoding.OfWord(word);
        return word >> 22 != 0xD500_0000 >> 22 || encoding.Op0 == 0
            ? new Accessor("INSN", $"0x{word:x8}")
            : new Accessor(encoding.Op0 > 1 ? (read ? "MRS" : "MSR") : read ? "SYSL" : "SYS", encoding.ToString());
    }

    /// <summary><c>MRS SCTLR_EL1</c>; unique.</summary>
    public string Id { get; }

    /// <summary><c>MRS</c>, <c>MSR</c>, <c>MSRi</c>, <c>TLBI</c>, <c>INSN</c>, ….</summary>
    public string Op { get; }

    /// <summary>Name of the register or operation; holds <c>&lt;m&gt;</c> for an array.</summary>
    public string Name { get; }

    /// <summary>The register that the accessor belongs to.</summary>
    public string Register { get; }

    /// <summary>Further registers that it can reach.</summary>
    public IReadOnlyList<string> Also { get; }

    /// <summary>The rule was written from an instruction description, not translated.</summary>
    public bool HandWritten { get; }

    /// <summary>Inclusive range of the array index m, or null.</summary>
    public (int First, int Last)? Indices { get; }

    /// <summary>True for MRS and the like, which read into X registers.</summary>
    public bool IsRead => Op is "MRS" or "MRRS" or "SYSL" or "GCSPOPM" or "GCSSS2";

    /// <summary>True if the instruction moves two X registers (128 bits).</summary>
    public bool IsWide => Op is "MRRS" or "MSRR" or "SYSP" or "TLBIP";

    /// <summary>The tree of an exception level, 0 to 3.</summary>
    public RuleTree Tree(int level) => _trees[level];

    /// <summary>What the access does in a state.</summary>
    /// <param name="state">State and implementation.</param>
    /// <param name="level">Exception level of the access, 0 to 3.</param>
    /// <param name="index">Array index m; 0 if there is none.</param>
    public Leaf Evaluate(ArchState state, int level, int index = 0) => _trees[level].Evaluate(state, level, index).Leaf;

    /// <summary>The id of a leaf, for coverage: <c>MRS SCTLR_EL1@EL1#4:N:110</c>.</summary>
    public string LeafId(int level, RuleNode.End end) => $"{Id}@EL{level}#{end.Ordinal}:{end.Leaf.Text}";

    /// <summary>The name with the index put in: <c>PMEVCNTR3_EL0</c>.</summary>
    public string NameAt(int index) => Name.Replace("<m>", $"{index}", StringComparison.Ordinal);

    /// <summary>True if <see cref="Encode"/> works: there is an encoding, and only m or an immediate is free in it.</summary>
    public bool HasEncoding => _encoding is { HasFreeField: false };

    /// <summary>True for a whole space of encodings that an implementation may use as it likes (<c>S3_&lt;op1&gt;_…</c>).</summary>
    public bool IsImplementationDefined => _encoding is { HasFreeField: true };

    /// <summary>The encoding fields for an array index, or for the immediate of MSR (immediate).</summary>
    public SystemEncoding Encode(int index = 0, int immediate = 0) =>
        (_encoding ?? throw new InvalidOperationException($"{Id} has no system encoding.")).Fill(index, immediate);

    /// <summary>The instruction word.</summary>
    /// <param name="register">The X register moved, 0 to 31; operations without an operand and MSR (immediate) take 31.</param>
    /// <param name="index">Array index m.</param>
    /// <param name="immediate">Immediate of MSR (immediate).</param>
    public uint Word(int register, int index = 0, int immediate = 0) =>
        (IsWide ? 0xD540_0000u : 0xD500_0000u) | (IsRead ? 1u << 21 : 0) | Encode(index, immediate).Bits << 5 | (uint)register;

    /// <summary>False for operations that take no X register and encode 31: <c>TLBI VMALLE1</c>, <c>IC IALLU</c>, MSR (immediate).</summary>
    public bool TakesRegister =>
        Op is not ("MSRi" or "INSN" or "BRB" or "TRCIT" or "GCSPUSHX" or "GCSPOPX" or "GCSPOPCX")
        && !(Op == "IC" && Name is "IALLU" or "IALLUIS") && !(Op == "TLBI" && Name.Contains("ALL", StringComparison.Ordinal));

    public override string ToString() => Id;
}
