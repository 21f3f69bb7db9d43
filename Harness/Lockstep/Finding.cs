namespace Conformance.Harness.Lockstep;

/// <summary>A difference, traced to the instruction at which it begins.</summary>
/// <param name="Block">The block.</param>
/// <param name="Step">Index of the step; -1 when no prefix of the block shows the difference.</param>
/// <param name="Differences">The differences right behind that step.</param>
/// <param name="Before">The state before the step; null at the start of the block, or when it is not known.</param>
/// <param name="First">The state behind it on one device; null when that hung or died.</param>
/// <param name="Second">The state behind it on the other.</param>
/// <param name="Code">Address of the block's first instruction.</param>
/// <param name="Waiver">What explains it, or null.</param>
public sealed record Finding(
    LockstepBlock Block, int Step, IReadOnlyList<Difference> Differences, BlockResult? Before, BlockResult? First, BlockResult? Second,
    ulong Code, LockstepWaiver? Waiver)
{
    /// <summary>Findings with the same key have, in all likelihood, the same cause.</summary>
    public string Key => Step < 0
        ? "block"
        : $"{Block.Steps[Step].Encoding?.Name ?? LockstepCoverage.Unallocated} {string.Join(',', Differences.Select(d => d.Kind).Distinct().Order(StringComparer.Ordinal))}";
}
