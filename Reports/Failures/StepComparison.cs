using System.Numerics;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;

namespace Conformance.Reports.Failures;

/// <summary>What was expected of the step that failed and what was seen, side by side.</summary>
/// <param name="Step">Index of the step, from 0.</param>
/// <param name="Steps">How many steps the case has.</param>
/// <param name="Closest">The allowed outcome with the fewest differences.</param>
/// <param name="Allowed">How many outcomes are allowed.</param>
/// <param name="Fields">The fields of that outcome in its order, then the other fields that were seen.</param>
public sealed record StepComparison(int Step, int Steps, Outcome Closest, int Allowed, IReadOnlyList<FieldComparison> Fields)
{
    /// <summary>The comparison for a case that failed or was waived; null when there is nothing to compare.</summary>
    public static StepComparison? Of(RecordedCase recorded, FieldDecoder decoder)
    {
        if (recorded.Seen is not { } seen || recorded.FailedStep >= recorded.Expected.Count
            || recorded.Expected[recorded.FailedStep] is not { Count: > 0 } allowed)
        {
            return null;
        }

        decoder = decoder.For(recorded);
        Outcome closest = Judge.Closest(allowed, seen);
        IEnumerable<FieldComparison> expected = closest.Fields.Select(f =>
            FieldComparison.Of(f, seen.TryGet(f.Field, out ulong value) ? value : null, decoder));
        IEnumerable<FieldComparison> others = seen.Fields
            .Where(o => closest.Fields.All(f => f.Field != o.Key))
            .Select(o => FieldComparison.Unexpected(o.Key, o.Value, decoder));
        return new StepComparison(recorded.FailedStep, recorded.Expected.Count, closest, allowed.Count, [.. expected, .. others]);
    }

    /// <summary>
    /// The names of the fields that differ, and of their parts: what kind of difference it is. An exception where there should
    /// be none, or to another level, makes every other field differ too, so it stands alone.
    /// </summary>
    public string Signature => Fields.Any(f => f.Field == FieldNames.Target && f.Differs)
        ? FieldNames.Target
        : string.Join(' ', Fields.Where(f => f.Differs).Select(f => f.Signature));
}

/// <summary>One observed field.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Expected">The allowed values; empty when any value is.</param>
/// <param name="Observed">The observed value, or that it was not there.</param>
/// <param name="Differs">True when the value is not allowed.</param>
/// <param name="Parts">The parts of a register value, compared one by one.</param>
public sealed record FieldComparison(
    string Field, string Expected, string Observed, bool Differs, IReadOnlyList<PartComparison> Parts)
{
    internal string Signature
    {
        get
        {
            string parts = string.Join(',', Parts.Where(p => p.Differs).Select(p => p.Name));
            return parts.Length == 0 ? Field : $"{Field}.{{{parts}}}";
        }
    }

    internal static FieldComparison Unexpected(string field, ulong seen, FieldDecoder decoder) => new(
        field, "", FieldDecoder.Text(field, seen), false,
        [.. decoder.Parts(field, seen).Select(p => new PartComparison(p.Name, "", p.Text, false))]);

    internal static FieldComparison Of(FieldExpectation expectation, ulong? seen, FieldDecoder decoder)
    {
        string expected = string.Join(" or ", expectation.Any.Select(v => FieldDecoder.Text(expectation.Field, v)));
        if (seen is not { } value)
        {
            return new FieldComparison(expectation.Field, expected, "not there", true, []);
        }

        // Of several allowed values the parts are compared with the nearest one.
        MaskedValue nearest = expectation.Any.MinBy(v => BitOperations.PopCount((v.Value ^ value) & v.Mask));
        return new FieldComparison(
            expectation.Field, expected, FieldDecoder.Text(expectation.Field, value), !expectation.Allows(value),
            PartComparison.All(expectation.Field, nearest, value, decoder));
    }
}

/// <summary>One part of a register value that counts. An empty text: this side has no such part.</summary>
public sealed record PartComparison(string Name, string Expected, string Observed, bool Differs)
{
    /// <summary>False for a part that is 0 on both sides.</summary>
    public bool IsWorthShowing => Differs || !IsZero(Expected) || !IsZero(Observed);

    private static bool IsZero(string text) => text is "" or "0" or "----";

    internal static IReadOnlyList<PartComparison> All(string field, MaskedValue expected, ulong observed, FieldDecoder decoder)
    {
        IReadOnlyList<DecodedPart> left = decoder.Parts(field, expected.Value);
        IReadOnlyList<DecodedPart> right = decoder.Parts(field, observed);
        ulong wrong = (expected.Value ^ observed) & expected.Mask;
        List<PartComparison> parts = [];
        foreach (DecodedPart part in left.Where(p => (p.Bits & expected.Mask) != 0))
        {
            DecodedPart? other = right.FirstOrDefault(p => p.Name == part.Name);
            parts.Add(new PartComparison(part.Name, part.Text, other?.Text ?? "", (part.Bits & wrong) != 0));
        }

        parts.AddRange(right.Where(p => (p.Bits & expected.Mask) != 0 && left.All(l => l.Name != p.Name))
            .Select(p => new PartComparison(p.Name, "", p.Text, (p.Bits & wrong) != 0)));
        return parts;
    }
}
