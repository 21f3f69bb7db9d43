using System.Diagnostics;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>Where the mistake is that a failing case shows, of a device that stands on another one.</summary>
public enum Fault
{
    /// <summary>The device below does the case right, as it is or as it is made for that device: the mistake is the device's own.</summary>
    Device,

    /// <summary>The device below does the same wrong thing: the device only shows it.</summary>
    Below,

    /// <summary>The device below fails as well, in another way.</summary>
    Both,

    /// <summary>The device below could not be asked.</summary>
    Unknown,
}

/// <summary>What a case that failed on a device comes to on the device below it.</summary>
/// <param name="Case">Id of the case.</param>
/// <param name="Fault">Where the mistake is.</param>
/// <param name="Verdict">The verdict on the device below.</param>
/// <param name="Reason">Why it is not a pass there; empty for a pass.</param>
/// <param name="Waiver">Id of the waiver that explains the failure there: a known divergence of the device below.</param>
public sealed record Attribution(string Case, Fault Fault, Verdict Verdict, string Reason, string? Waiver = null)
{
    /// <summary>The fault in the words of reports: <c>kvm</c>, <c>qemu below it</c>, <c>both</c>, <c>not known</c>.</summary>
    public static string InWords(Fault fault, string device, string below) => fault switch
    {
        Fault.Device => device,
        Fault.Below => $"{below} below it",
        Fault.Both => "both",
        Fault.Unknown => "not known",
        _ => throw new UnreachableException($"unknown fault {fault}"),
    };
}

/// <summary>What became of the failures of a run on the device below.</summary>
/// <param name="Below">Short name of the device below.</param>
/// <param name="BelowInWords">That device with version and configuration.</param>
/// <param name="Device">Failures that are the device's own.</param>
/// <param name="Inherited">Failures that the device below shows in the same way.</param>
/// <param name="Both">Failures of both, in different ways.</param>
/// <param name="Unknown">Failures that the device below could not be asked about.</param>
public sealed record AttributionSummary(string Below, string BelowInWords, int Device, int Inherited, int Both, int Unknown)
{
    /// <summary>Counts some attributions.</summary>
    public static AttributionSummary Of(string below, string inWords, IReadOnlyList<Attribution> all) => new(
        below, inWords, all.Count(a => a.Fault == Fault.Device), all.Count(a => a.Fault == Fault.Below),
        all.Count(a => a.Fault == Fault.Both), all.Count(a => a.Fault == Fault.Unknown));
}
