using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>What the author of a case has decided already; the rest of a set-up is chosen at random.</summary>
internal sealed record AccessInputs
{
    /// <summary>Nothing is decided.</summary>
    internal static AccessInputs None { get; } = new();

    /// <summary>Number of the X register, or 31.</summary>
    internal int? Rt { get; init; }

    /// <summary>Immediate of MSR (immediate).</summary>
    internal int? Immediate { get; init; }

    /// <summary>Value of the X register before the instruction.</summary>
    internal ulong? Operand { get; init; }

    /// <summary>The instruction, where the accessor does not say it.</summary>
    internal uint? Word { get; init; }

    /// <summary>Bits of PSTATE, in SPSR layout, under <see cref="PstateMask"/>.</summary>
    internal ulong Pstate { get; init; }

    internal ulong PstateMask { get; init; }

    /// <summary>Further leaves that are looked at, besides that of the case: their registers get a value of their own too.</summary>
    internal IReadOnlyList<Leaf> Leaves { get; init; } = [];
}
