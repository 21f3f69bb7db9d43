using Conformance.Harness.Runs;

namespace Conformance.Harness.Coverage;

/// <summary>One leaf of the architecture in a run: a line of <c>coverage.jsonl</c>.</summary>
public sealed record LeafRow
{
    /// <summary>The rule that cases name: <c>MRS SCTLR_EL1@EL1#4:N:110</c>.</summary>
    public required string Rule { get; init; }

    /// <summary><c>MRS SCTLR_EL1</c>.</summary>
    public required string Accessor { get; init; }

    /// <summary>Exception level of the access, 0 to 3.</summary>
    public required int Level { get; init; }

    /// <summary>What sort of outcome it is: <c>U</c>, <c>T2</c>, <c>N</c>, <c>R</c>, <c>W</c>, <c>O</c>, <c>nop</c>, ….</summary>
    public required string Kind { get; init; }

    public required LeafState State { get; init; }

    /// <summary>The cases of the leaf.</summary>
    public VerdictCounts Cases { get; init; }

    /// <summary>The controls that lead to it: fields of the conditions that hold on the way, in ordinal order.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>The features without which it cannot be reached, in ordinal order; those of AArch64 itself are left out.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Why it was not judged or cannot be reached; empty for a leaf that was judged.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What an access does at EL1 under one pattern of the NV bits when no trap control is on, and whether it was seen.</summary>
/// <param name="Accessor"><c>MRS SCTLR_EL1</c>.</param>
/// <param name="Pattern">HCR_EL2.{NV2,NV1,NV}: 000, 001, 011, 101 or 111.</param>
/// <param name="Leaf">The outcome in the notation of the facts: <c>N:110</c>.</param>
/// <param name="State">How it stands; never <see cref="LeafState.Unreachable"/>.</param>
/// <param name="Cases">Cases with that outcome under that pattern.</param>
public sealed record NvRow(string Accessor, string Pattern, string Leaf, LeafState State, VerdictCounts Cases);
