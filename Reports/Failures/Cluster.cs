using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;

namespace Conformance.Reports.Failures;

/// <summary>Cases of the same rules that came out wrong in the same way: one finding for a reader.</summary>
/// <param name="First">The first of them, which stands for the rest.</param>
/// <param name="Comparison">How it differs; null for an error.</param>
/// <param name="Cases">All of them, in the order of the run.</param>
public sealed record Cluster(RecordedCase First, StepComparison? Comparison, IReadOnlyList<RecordedCase> Cases)
{
    /// <summary>The cases with a verdict, grouped by rules and by which fields and parts differ.</summary>
    public static IReadOnlyList<Cluster> Of(RunRecord record, Verdict verdict)
    {
        var decoder = FieldDecoder.Of(record);
        return
        [
            .. record.Cases
                .Where(c => c.Verdict == verdict)
                .Select(c => (Case: c, Comparison: StepComparison.Of(c, decoder)))
                .GroupBy(c => (c.Case.Suite, Rules: string.Join(' ', c.Case.Rules), c.Case.Waiver, c.Case.Attribution?.Fault, c.Comparison?.Step, Kind: c.Comparison?.Signature ?? c.Case.Reason))
                .Select(g => new Cluster(g.First().Case, g.First().Comparison, [.. g.Select(c => c.Case)])),
        ];
    }
}
