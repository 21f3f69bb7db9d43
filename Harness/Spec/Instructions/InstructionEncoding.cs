namespace Conformance.Harness.Spec.Instructions;

/// <summary>One encoding of the A64 instruction set, as the architecture publishes it.</summary>
public sealed record InstructionEncoding
{
    private static readonly Func<string, bool> s_noFeature = static _ => false;

    /// <summary>The encoding's name in the manual: <c>ADD_64_addsub_imm</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The mnemonic, <c>ADD</c>.</summary>
    public required string Mnemonic { get; init; }

    /// <summary>The kind of instruction: <c>general</c>, <c>system</c>, <c>float</c>, <c>advsimd</c>, <c>sve</c>, …</summary>
    public required string Class { get; init; }

    /// <summary>The encoding group: <c>dpimm.addsub_imm</c>.</summary>
    public required string Group { get; init; }

    public required InstructionPattern Pattern { get; init; }

    /// <summary>The features without which the encoding is unallocated; null when it is always there.</summary>
    public EncodingCondition? Needs { get; init; }

    /// <summary>Without the features it is a NOP (a hint) and not UNDEFINED.</summary>
    public bool NopWithout { get; init; }

    /// <summary>Where a condition fails, the word belongs to another encoding.</summary>
    public IReadOnlyList<EncodingCondition> Where { get; init; } = [];

    /// <summary>Where one holds, the word is UNDEFINED.</summary>
    public IReadOnlyList<EncodingCondition> Undefined { get; init; } = [];

    /// <summary>Where one holds, the architecture leaves the outcome open: name of the rule and condition.</summary>
    public IReadOnlyList<UnpredictableCondition> Unpredictable { get; init; } = [];

    /// <summary>The word is one of this encoding.</summary>
    public bool Matches(uint word)
    {
        if (!Pattern.Matches(word))
        {
            return false;
        }

        for (int i = 0; i < Where.Count; i++)
        {
            if (!Where[i].Holds(word, s_noFeature))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A PE with these features executes the word, which matches, rather than to take it as UNDEFINED.</summary>
    public bool IsAllocated(uint word, Func<string, bool> has) =>
        (Needs is null || NopWithout || Needs.Holds(word, has)) && !IsUndefined(word, has);

    /// <summary>The rule that leaves open what the word does, or null.</summary>
    public string? UnpredictableRule(uint word, Func<string, bool> has)
    {
        if (!Pattern.IsAsItShouldBe(word))
        {
            return "SHOULDBE";
        }

        for (int i = 0; i < Unpredictable.Count; i++)
        {
            if (Unpredictable[i].When.Holds(word, has))
            {
                return Unpredictable[i].Rule;
            }
        }

        return null;
    }

    public override string ToString() => Name;

    private bool IsUndefined(uint word, Func<string, bool> has)
    {
        for (int i = 0; i < Undefined.Count; i++)
        {
            if (Undefined[i].Holds(word, has))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Field values of which the architecture leaves open what they do.</summary>
/// <param name="Rule">Name of the rule, as in the manual's list of constraints: <c>WBOVERLAPLD</c>.</param>
/// <param name="When">The field values.</param>
public sealed record UnpredictableCondition(string Rule, EncodingCondition When);
