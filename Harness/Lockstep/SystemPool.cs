using System.Text.Json;
using System.Text.RegularExpressions;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Lockstep;

/// <summary>A system register that a block writes and reads back.</summary>
/// <param name="Name">The register.</param>
/// <param name="Kept">The bits that every implementation keeps; 0 for one that is only read.</param>
internal readonly record struct StorageRegister(string Name, ulong Kept);

/// <summary>A system instruction.</summary>
/// <param name="Op">AT, DC, IC, TLBI, CFP, CPP, DVP.</param>
/// <param name="Name">Its operation.</param>
/// <param name="Word">Its word, for register 0.</param>
/// <param name="TakesRegister">It has an operand.</param>
/// <param name="Level">The lowest level that may execute it.</param>
internal readonly record struct SystemInstruction(string Op, string Name, uint Word, bool TakesRegister, int Level);

/// <summary>The accesses to system registers, and the system instructions, whose outcome the architecture determines.</summary>
/// <remarks>
/// Registers: those of <c>Fixtures/lockstep/registers.jsonl</c>, which are written and read back, and every register at levels that
/// cannot reach it. Accesses are from <c>Fixtures/spec/access-rules.jsonl</c>.
/// </remarks>
internal sealed partial class SystemPool
{
    private const uint Moves = 0xd500_0000;
    private const uint Reads = 1 << 21;

    private readonly IReadOnlyList<SystemInstruction[]> _instructions; // by Op
    private readonly List<(uint Word, int Level)> _reads = [];
    private readonly List<(uint Word, int Level)> _writes = [];

    /// <param name="first">Features of one device.</param>
    /// <param name="second">Features of the other.</param>
    internal SystemPool(FeatureSet first, FeatureSet second)
    {
        Registers =
        [
            .. from row in Facts.Lines("lockstep/registers.jsonl")
               let need = row.TryGetProperty("f", out JsonElement f) ? f.GetString()! : null
               where need is null || (first.Has(need) && second.Has(need))
               select new StorageRegister(row.GetProperty("n").GetString()!, Convert.ToUInt64(row.GetProperty("w").GetString(), 16)),
        ];
        HashSet<uint> readable = [];
        HashSet<uint> writable = [];
        List<SystemInstruction> instructions = [];
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => a.HasEncoding))
        {
            for (int m = accessor.Indices?.First ?? 0; m <= (accessor.Indices?.Last ?? 0); m++)
            {
                if (accessor.Op is "MRS" or "MSR")
                {
                    uint word = accessor.Word(0, m);
                    int level = LowestLevel(accessor.Encode(m));
                    (accessor.IsRead ? _reads : _writes).Add((word, level));
                    (accessor.IsRead ? readable : writable).Add(word & ~Reads);
                }
            }

            if (accessor.Op is "AT" or "DC" or "IC" or "TLBI" or "CFP" or "CPP" or "DVP"
                && Needs(accessor).All(f => first.Has(f) == second.Has(f)))
            {
                instructions.Add(new SystemInstruction(accessor.Op, accessor.Name, accessor.Word(0), accessor.TakesRegister, LowestLevel(accessor.Encode())));
            }
        }

        _instructions = [.. instructions.GroupBy(i => i.Op).Select(g => g.ToArray())];
        ReadOnly = [.. readable.Where(w => !writable.Contains(w))];
    }

    internal IReadOnlyList<StorageRegister> Registers { get; }

    /// <summary>A system instruction, mostly one that the level may execute.</summary>
    internal SystemInstruction Instruction(SplitMix random, int level)
    {
        IReadOnlyList<SystemInstruction> kind = random.Pick(_instructions);
        for (int i = 0; i < 8; i++)
        {
            SystemInstruction instruction = random.Pick(kind);
            if (random.Percent(10) || instruction.Level <= level)
            {
                return instruction;
            }
        }

        return random.Pick(kind);
    }

    /// <summary>Words that write a register which can only be read: UNDEFINED.</summary>
    internal IReadOnlyList<uint> ReadOnly { get; }

    /// <summary>A word that reads or writes a register of a higher level, or null at EL3.</summary>
    internal uint? OutOfReach(SplitMix random, bool read, int level)
    {
        if (level == 3)
        {
            return null;
        }

        while (true)
        {
            (uint word, int lowest) = random.Pick(read ? _reads : _writes);
            if (lowest > level)
            {
                return word;
            }
        }
    }

    /// <summary>The encoding names no register and no instruction, nor is it an implementation's own (CRn 11 and 15).</summary>
    internal static bool IsUnallocated(uint word)
    {
        SystemEncoding encoding = SystemEncoding.OfWord(word);
        return encoding.CRn is not (11 or 15) && Encodings.NameOf(encoding, true) is null && Encodings.NameOf(encoding, false) is null;
    }

    /// <summary>The lowest level that op1 gives access to (DDI 0487, C5.1.2, "op1").</summary>
    private static int LowestLevel(SystemEncoding encoding) => (encoding.Op0, encoding.Op1) switch
    {
        (2, 3) => 0,
        (2, 4) => 2,
        (2, _) => 1,
        (_, 3) => 0,
        (_, 4 or 5) => 2,
        (_, 6 or 7) => 3,
        _ => 1,
    };

    private static readonly Lazy<Dictionary<string, string[]>> s_needs = new(() => Facts.Lines("access-rules.jsonl")
        .Where(r => r.GetProperty("k").GetString() == "acc")
        .ToDictionary(
            r => r.GetProperty("id").GetString()!,
            r => r.TryGetProperty("g", out JsonElement g) && g[0].ValueKind == JsonValueKind.String
                ? [.. FeatureName().Matches(g[0].GetString()!).Select(m => m.Value)]
                : Array.Empty<string>(),
            StringComparer.Ordinal));

    private static IEnumerable<string> Needs(Accessor accessor) =>
        s_needs.Value[accessor.Id].Concat(accessor.Name.EndsWith("NXS", StringComparison.Ordinal) ? ["FEAT_XS"] : []);

    [GeneratedRegex("FEAT_[A-Za-z0-9_]+")]
    private static partial Regex FeatureName();

    internal static uint WordOf(string register, bool read, int rt) =>
        Moves | (read ? Reads : 0) | (Encodings.Register(register).Bits << 5) | (uint)rt;
}
