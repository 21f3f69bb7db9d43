using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;
using Conformance.Harness.Runs.Leaks;

namespace Conformance.Harness.Runs;

/// <summary>What <c>summary.json</c> holds: the device, what was asked, how it came out.</summary>
/// <remarks>Only the two figures of speed depend on the clock; everything else is a function of device, cases and seed.</remarks>
public sealed record RunSummary
{
    /// <summary>Name and version of the format of <c>summary.json</c> and <c>run.jsonl</c>.</summary>
    public const string Format = "conformance-run/1";

    /// <summary>False while the run is going on, and for ever when it was stopped or killed.</summary>
    public required bool Complete { get; init; }

    public required string Device { get; init; }

    public required string DeviceVersion { get; init; }

    /// <summary><see cref="Devices.DeviceInfo.Configuration"/>; empty in records that do not have it.</summary>
    public string DeviceConfiguration { get; init; } = "";

    /// <summary>The device with its version and configuration, as a title.</summary>
    public string DeviceInWords => Devices.DeviceInfo.Named(Device, DeviceVersion, DeviceConfiguration);

    /// <summary>The features of the device, in ordinal order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The highest exception level that a case could use, 1 to 3.</summary>
    public required int HighestLevel { get; init; }

    /// <summary>What the executive cannot do on this device, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required ulong Seed { get; init; }

    /// <summary>The patterns the run was limited to; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Most cases that were run of each suite; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>One count per verdict.</summary>
    public VerdictCounts Counts { get; init; }

    /// <summary>Time from the first case generated to the last verdict written.</summary>
    public double Seconds { get; init; }

    /// <summary>Cases that the device ran (all but the skipped), per second of <see cref="Seconds"/>.</summary>
    public double CasesPerSecond { get; init; }

    /// <summary>One entry per suite, in the order of the run; empty when the cases came from a file.</summary>
    public IReadOnlyList<SuiteCoverage> Coverage { get; init; } = [];

    /// <summary>Whose the failures are; null when there is no device below, or nothing failed.</summary>
    public AttributionSummary? Attribution { get; init; }

    /// <summary>The leaks that a virtual EL2 may show, and how often each was needed; empty for other devices.</summary>
    public IReadOnlyList<LeakUse> Leaks { get; init; } = [];

    /// <summary>The waivers for this device and version, whether a case met them or not.</summary>
    public IReadOnlyList<WaiverUse> Waivers { get; init; } = [];
}

/// <summary>Which rules of a suite the run put to the test: pass, fail and waived count, skip and error do not.</summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="Title">Its one line for people.</param>
/// <param name="Covered">How many of the reachable rules had a case that was judged.</param>
/// <param name="Reachable">How many rules this device can reach.</param>
/// <param name="Missing">The reachable rules without one, in the order of the suite.</param>
public sealed record SuiteCoverage(string Suite, string Title, int Covered, int Reachable, IReadOnlyList<string> Missing)
{
    /// <summary>The missing rules that the suite has no case for on this device, with the reason.</summary>
    public IReadOnlyList<UnreachedRule> Unreached { get; init; } = [];

    /// <summary>Why the missing rules were not judged, and how many for each reason; the most frequent first.</summary>
    public IReadOnlyList<MissingCause> Causes { get; init; } = [];

    /// <summary>The figures of the coverage map, for a suite whose rules are the leaves of the access facts.</summary>
    public CoverageTotals? Map { get; init; }
}

/// <summary>A reason for which reachable rules were not judged.</summary>
/// <param name="Cause">One clause without a full stop.</param>
/// <param name="Rules">How many rules.</param>
public sealed record MissingCause(string Cause, int Rules)
{
    /// <summary>A sample was run, and no case of the rule was in it.</summary>
    public const string NotInSample = "no case in the sample";

    /// <summary>The run was limited to other cases.</summary>
    public const string NotSelected = "its cases were not selected";
}
