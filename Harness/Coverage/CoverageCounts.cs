using System.Text.Json.Serialization;

namespace Conformance.Harness.Coverage;

/// <summary>How a leaf stands in a run.</summary>
public enum LeafState
{
    /// <summary>Judged, and every judged case passed.</summary>
    Pass,

    /// <summary>A case of it failed in a way that a waiver explains; none failed otherwise.</summary>
    Waived,

    /// <summary>A case of it failed.</summary>
    Fail,

    /// <summary>It has cases, and all were skipped or ended in an error.</summary>
    Skip,

    /// <summary>The device can reach it, and it has no case.</summary>
    Missing,

    /// <summary>The device cannot reach it.</summary>
    Unreachable,
}

/// <summary>Leaves by state, for some part of the architecture.</summary>
/// <param name="Architecture">All leaves.</param>
/// <param name="Reachable">Those that the device can reach.</param>
/// <param name="Reached">Those that were judged.</param>
/// <param name="Fail">Of those, with a failure.</param>
/// <param name="Waived">Of those, with a known divergence and no other failure.</param>
public readonly record struct LeafCounts(int Architecture, int Reachable, int Reached, int Fail, int Waived)
{
    public int Missing => Reachable - Reached;

    /// <summary>One more leaf.</summary>
    public LeafCounts Plus(LeafState state) => new(
        Architecture + 1,
        Reachable + (state == LeafState.Unreachable ? 0 : 1),
        Reached + (state is LeafState.Pass or LeafState.Waived or LeafState.Fail ? 1 : 0),
        Fail + (state == LeafState.Fail ? 1 : 0),
        Waived + (state == LeafState.Waived ? 1 : 0));

    public static LeafCounts Of(IEnumerable<LeafState> states) => states.Aggregate(default(LeafCounts), (counts, state) => counts.Plus(state));
}

/// <summary>Accessors by state: one counts as reachable or reached when one of its leaves does.</summary>
public readonly record struct AccessorCounts(int Architecture, int Reachable, int Reached);

/// <summary>The counts of a part with a name: <c>EL1</c>, <c>FEAT_NV2</c>, <c>HCR_EL2.TVM</c>, <c>T2</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Accessors">The accessors with a leaf in the part.</param>
/// <param name="Leaves">The leaves of the part.</param>
[JsonConverter(typeof(OneLineConverter))]
public sealed record CoveragePart(string Name, AccessorCounts Accessors, LeafCounts Leaves);
