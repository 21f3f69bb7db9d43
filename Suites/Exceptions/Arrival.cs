namespace Conformance.Suites.Exceptions;

/// <summary>An exception that has been taken: what the target level finds.</summary>
/// <param name="Target">The level.</param>
/// <param name="Vector">Offset from VBAR.</param>
/// <param name="Esr">ESR, all 64 bits.</param>
/// <param name="Elr">ELR.</param>
/// <param name="ElrMask">The bits of ELR that are known.</param>
/// <param name="Spsr">SPSR.</param>
/// <param name="SpsrMask">The bits of SPSR that are known.</param>
/// <param name="Far">FAR where it is defined.</param>
/// <param name="Pstate">PSTATE at the vector.</param>
/// <param name="PstateMask">The bits of PSTATE that are known.</param>
/// <param name="CurrentEl">CurrentEL as the vector reads it.</param>
internal sealed record Arrival(
    int Target, uint Vector, ulong Esr, ulong Elr, ulong ElrMask, ulong Spsr, ulong SpsrMask, ulong? Far, ulong Pstate, ulong PstateMask, ulong CurrentEl);
