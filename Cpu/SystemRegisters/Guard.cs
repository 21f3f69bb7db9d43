namespace Conformance.Cpu.SystemRegisters;

/// <summary>One check of an access: a control field in a situation, and the exception when it says no.</summary>
/// <param name="Require">Situation in which the check is made at all.</param>
/// <param name="Forbid">Situation in which it is not.</param>
/// <param name="Slot">The control register.</param>
/// <param name="Mask">The bits looked at; 0 makes the check fire always.</param>
/// <param name="Value">What the masked bits hold when the access is refused.</param>
/// <param name="Target">Exception level of the trap; 1 from EL0 means EL2 when TGE acts as 1; 0 means UNDEFINED.</param>
/// <param name="Class">Exception class of the trap, 0x18 or 0x07.</param>
internal readonly record struct Guard(
    Situation Require, Situation Forbid, int Slot, ulong Mask, ulong Value, int Target, int Class)
{
    internal bool Refuses(Core core, Situation now) =>
        (now & Require) == Require && (now & Forbid) == 0 && (core.System[Slot] & Mask) == Value;
}

/// <summary>A guard with the levels and directions of access that it concerns.</summary>
internal sealed record Trap(Levels Levels, Directions Directions, Guard Guard);

/// <summary>A set of Exception levels.</summary>
[Flags]
internal enum Levels
{
    None = 0,
    EL0 = 1,
    EL1 = 2,
    EL2 = 4,
    EL3 = 8,
}

/// <summary>Reading (MRS, SYSL) and writing (MSR, SYS).</summary>
[Flags]
internal enum Directions
{
    None = 0,
    Read = 1,
    Write = 2,
    Both = 3,
}
