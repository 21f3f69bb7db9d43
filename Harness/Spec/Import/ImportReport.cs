namespace Conformance.Harness.Spec.Import;

/// <summary>Something of the input that is not in the result as it stands there.</summary>
/// <param name="Kind">How much of it is missing.</param>
/// <param name="What">The accessor, or the register and its bits.</param>
/// <param name="Where">File and line.</param>
/// <param name="Construct">What has no form in our notation.</param>
public sealed record ImportGap(GapKind Kind, string What, string Where, string Construct)
{
    public override string ToString() => $"{What} ({Where}): {Construct}";
}

/// <summary>What a gap means for the result.</summary>
public enum GapKind
{
    /// <summary>The accessor is not in the rules.</summary>
    AccessorMissing,

    /// <summary>The condition of a register, layout or field is written as <c>?</c>.</summary>
    ConditionOpen,
}

/// <summary>What an import made.</summary>
/// <param name="Release">The release that was read, <c>2025-03</c>.</param>
/// <param name="Rules">The lines of <c>access-rules.jsonl</c>, head first.</param>
/// <param name="Registers">The lines of <c>registers.jsonl</c>, head first.</param>
/// <param name="Pages">Pages read.</param>
/// <param name="Accessors">Accessors translated, hand-written ones not counted.</param>
/// <param name="HandWritten">Accessors taken from the hand-written rules.</param>
/// <param name="Leaves">Leaves of the translated accessors, over the four levels.</param>
/// <param name="Gaps">What is missing.</param>
public sealed record ImportResult(
    string Release,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Registers,
    int Pages,
    int Accessors,
    int HandWritten,
    int Leaves,
    IReadOnlyList<ImportGap> Gaps);
