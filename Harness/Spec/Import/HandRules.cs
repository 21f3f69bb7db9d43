namespace Conformance.Harness.Spec.Import;

/// <summary>
/// The rules written by hand from instruction descriptions, <c>Fixtures/spec/hand-rules.jsonl</c>: MSR (immediate), ERET,
/// SMC, HVC. The XML of the system registers has no pseudocode for them.
/// </summary>
internal static class HandRules
{
    internal static IReadOnlyList<(string Id, string Line)> Lines { get; } =
        [.. Facts.Lines("hand-rules.jsonl").Select(l => (l.GetProperty("id").GetString()!, l.GetRawText()))];
}
