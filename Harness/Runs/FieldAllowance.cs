using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>What a field may have besides the values that a case expects: of a leak, or of a waiver.</summary>
/// <param name="Field">Its name; a <c>*</c> at the end stands for any end: <c>X*</c> is every general register.</param>
/// <param name="Written">Any value that the step has in a general register when it starts: what it writes.</param>
/// <param name="Except">Bits that may be anything; 0 for none.</param>
public sealed record FieldAllowance(string Field, bool Written, ulong Except)
{
    /// <summary>An outcome with more values for the fields; null when none of them is in it.</summary>
    internal static Outcome? Widen(Outcome outcome, Step step, IReadOnlyList<FieldAllowance> allowances, string name) =>
        !outcome.Fields.Any(f => allowances.Any(a => a.IsOf(f.Field))) ? null
            : new Outcome(name, [.. outcome.Fields.Select(f => allowances.FirstOrDefault(a => a.IsOf(f.Field))?.Widen(f, step) ?? f)]);

    private bool IsOf(string field) =>
        Field.EndsWith('*') ? field.StartsWith(Field.AsSpan(0, Field.Length - 1), StringComparison.Ordinal) : field == Field;

    private FieldExpectation Widen(FieldExpectation expected, Step step) => expected with
    {
        Any =
        [
            .. expected.Any.Select(v => v with { Mask = v.Mask & ~Except }),
            .. Written ? step.General.Select(r => expected.Any[0] with { Value = r.Value }) : [],
        ],
    };
}
