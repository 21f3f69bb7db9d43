namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>One thing that an access may do.</summary>
/// <param name="Name">For the report.</param>
/// <param name="State">What is remembered afterwards.</param>
/// <param name="Value">What a read returns; null for a write.</param>
/// <param name="ValueMask">Bits of <paramref name="Value"/> that are said.</param>
/// <param name="Deactivated">The physical INTID that is deactivated with it (GV-106); null for none.</param>
internal sealed record Effect(string Name, VirtualState State, ulong? Value = null, ulong ValueMask = ulong.MaxValue, ulong? Deactivated = null);

/// <summary>All that an access may do: the reference machine does the first.</summary>
/// <param name="Effects">The allowed effects.</param>
/// <param name="Unpredictable">
/// The access breaks a condition of use: a device may do anything that another sequence of accesses could have done, so only
/// that nothing is taken can be said.
/// </param>
internal sealed record Transition(IReadOnlyList<Effect> Effects, bool Unpredictable = false)
{
    /// <summary>What the reference machine does.</summary>
    internal Effect First => Effects[0];
}

/// <summary>The levels of the virtual interrupt lines.</summary>
/// <param name="Irq">vIRQ from the GIC.</param>
/// <param name="Fiq">vFIQ from the GIC.</param>
/// <param name="Super">The vIRQ has superpriority (GV-157).</param>
internal readonly record struct Lines(bool Irq, bool Fiq, bool Super = false)
{
    internal const ulong Mask = 0xC0;

    /// <summary>The bits of ISR_EL1.</summary>
    internal ulong InIsr => (Irq ? 0x80UL : 0) | (Fiq ? 0x40UL : 0) | (Super ? 0x400UL : 0);
}

/// <summary>A way to be wrong: what a faulty device makes of its state, of an access, or of its effect.</summary>
/// <remarks>For the proof that the suite notices: the same case is answered with and without the defect.</remarks>
/// <param name="Before">What the device takes the state for while it works out the effect.</param>
/// <param name="Access">What it takes the access for.</param>
/// <param name="After">Changes the effect, knowing the true state before and the access.</param>
/// <param name="Lines">Changes the lines of a state.</param>
/// <param name="Misr">Changes ICH_MISR_EL2 of a state.</param>
/// <param name="Empty">Changes ICH_EISR_EL2 and ICH_ELRSR_EL2 of a state.</param>
internal sealed record Defect(
    Func<VirtualState, GicAccess, VirtualState>? Before = null,
    Func<GicAccess, GicAccess>? Access = null,
    Func<VirtualState, GicAccess, Effect, Effect>? After = null,
    Func<VirtualState, Lines, Lines>? Lines = null,
    Func<VirtualState, ulong, ulong>? Misr = null,
    Func<VirtualState, (ulong Eisr, ulong Elrsr), (ulong Eisr, ulong Elrsr)>? Empty = null);
