namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>What the decode pseudocode does with a word besides taking it apart.</summary>
internal enum DecodeEventKind
{
    /// <summary>The word is UNDEFINED.</summary>
    Undefined,

    /// <summary>The word is a NOP.</summary>
    Nop,

    /// <summary>The word belongs to another encoding.</summary>
    Elsewhere,

    /// <summary>The outcome is left open.</summary>
    Unpredictable,
}

/// <summary>One such thing, and when it happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rule">The rule's name, for <see cref="DecodeEventKind.Unpredictable"/>.</param>
/// <param name="When">Conditions that all hold, in our notation; null for one that has no form in it.</param>
/// <param name="Line">Line in the pseudocode, from 1.</param>
internal sealed record DecodeEvent(DecodeEventKind Kind, string Rule, IReadOnlyList<string?> When, int Line);
