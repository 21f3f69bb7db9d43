using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports.Failures;

/// <summary>Whose a mistake is, in words: of a device that stands on another one.</summary>
internal static class FaultText
{
    /// <summary><c>kvm: qemu below it passes</c>.</summary>
    public static string Of(Attribution attribution, RunSummary summary)
    {
        string below = summary.Attribution?.Below ?? "the device";
        string there = attribution switch
        {
            { Verdict: Verdict.Pass } => $"{below} below it passes",
            { Verdict: Verdict.Waived } => $"{below} below it has the known divergence {attribution.Waiver}",
            { Verdict: Verdict.Skip } => $"{below} below it was not asked: {attribution.Reason}",
            { Fault: Fault.Below } => $"{below} below it does the same",
            _ => $"{below} below it fails in another way: {attribution.Reason}",
        };
        return $"{Attribution.InWords(attribution.Fault, summary.Device, below)}: {there}";
    }

    /// <summary><c>12 kvm, 3 qemu below it, 1 both</c>.</summary>
    public static string Counts(RunSummary summary)
    {
        AttributionSummary a = summary.Attribution!;
        (Fault Fault, int Count)[] counts = [(Fault.Device, a.Device), (Fault.Below, a.Inherited), (Fault.Both, a.Both), (Fault.Unknown, a.Unknown)];
        return string.Join(", ", counts.Where(c => c.Count > 0).Select(c =>
            string.Create(CultureInfo.InvariantCulture, $"{c.Count} {Attribution.InWords(c.Fault, summary.Device, a.Below)}")));
    }
}
