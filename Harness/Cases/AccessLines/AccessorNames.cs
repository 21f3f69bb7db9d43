using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases.AccessLines;

/// <summary>Accessors by the names that people write, and by instruction word.</summary>
internal static class AccessorNames
{
    private const uint RegisterField = 0x1F;
    private const uint ImmediateField = 0xFFFF << 5;

    private static readonly Lazy<Dictionary<string, (Accessor Accessor, int? Index)>> s_byName = new(Name);
    private static readonly Lazy<Dictionary<uint, AccessedName>> s_byWord = new(Encode);

    /// <summary>Instructions of the facts without a system encoding, with a register or immediate of 0.</summary>
    private static readonly (string Name, uint Word)[] s_plain =
    [
        ("ERET", 0xD69F_03E0), ("ERETAA", 0xD69F_0BFF), ("ERETAB", 0xD69F_0FFF), ("HVC", 0xD400_0002), ("SMC", 0xD400_0003),
    ];

    /// <summary>Everything that can stand for an accessor.</summary>
    internal static IEnumerable<string> All => s_byName.Value.Keys;

    /// <summary><c>MRS PMEVCNTR3_EL0</c>, <c>MSRi DAIFSet</c>, <c>ERET</c>.</summary>
    internal static string Text(Accessor accessor, int index) => accessor.Op switch
    {
        "INSN" => accessor.Name,
        _ => $"{accessor.Op} {accessor.NameAt(index)}",
    };

    /// <summary>The accessor of a name; the index is null when the name is that of a whole array.</summary>
    internal static bool TryFind(string name, out Accessor accessor, out int? index)
    {
        bool found = s_byName.Value.TryGetValue(name, out (Accessor Accessor, int? Index) entry);
        (accessor, index) = entry;
        return found;
    }

    /// <summary>The access of an instruction word, with the accessor if the facts have one.</summary>
    internal static AccessedName Find(uint word)
    {
        foreach ((string name, uint plain) in s_plain)
        {
            bool call = name is "HVC" or "SMC";
            if ((call ? word & ~ImmediateField : word) == plain)
            {
                return new AccessedName(
                    s_byName.Value[name].Accessor, Immediate: call ? (int)((word & ImmediateField) >> 5) : null, Word: word);
            }
        }

        return s_byWord.Value.TryGetValue(word & ~RegisterField, out AccessedName found)
            && (found.Accessor!.TakesRegister || (word & RegisterField) == RegisterField)
            ? found with { Word = word }
            : new AccessedName(null, Word: word);
    }

    private static Dictionary<string, (Accessor Accessor, int? Index)> Name()
    {
        Dictionary<string, (Accessor, int?)> names = new(StringComparer.Ordinal);
        foreach (Accessor accessor in AccessRules.Accessors)
        {
            names[accessor.Id] = (accessor, accessor.Indices is null ? 0 : null);
            if (accessor.Indices is var (first, last))
            {
                for (int index = first; index <= last; index++)
                {
                    names[$"{accessor.Op} {accessor.NameAt(index)}"] = (accessor, index);
                }
            }

            if (accessor.Op == "INSN" || accessor.Op == accessor.Name)
            {
                names[accessor.Name] = (accessor, 0);
            }
        }

        // MSR (immediate) where no MSR (register) has the name: MSR DAIFSet.
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => a.Op == "MSRi"))
        {
            names.TryAdd($"MSR {accessor.Name}", (accessor, 0));
        }

        return names;
    }

    private static Dictionary<uint, AccessedName> Encode()
    {
        Dictionary<uint, AccessedName> words = [];
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => a.HasEncoding))
        {
            (int first, int last) = accessor.Indices ?? (0, 0);
            for (int index = first; index <= last; index++)
            {
                if (accessor.Op != "MSRi")
                {
                    words.TryAdd(accessor.Word(0, index), new AccessedName(accessor, index));
                    continue;
                }

                for (int immediate = 0; immediate < 16; immediate++)
                {
                    words.TryAdd(accessor.Word(0, 0, immediate), new AccessedName(accessor, 0, immediate));
                }
            }
        }

        return words;
    }
}
