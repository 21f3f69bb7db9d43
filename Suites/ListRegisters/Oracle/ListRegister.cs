namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>The State field of a list register.</summary>
internal enum LrState
{
    Invalid = 0,
    Pending = 1,
    Active = 2,
    PendingActive = 3,
}

/// <summary>The value of ICH_LR&lt;n&gt;_EL2, with what an implementation of some size makes of it.</summary>
/// <remarks>Source: Arm Architecture Registers, ICH_LR&lt;n&gt;_EL2; GV-040 to GV-048.</remarks>
/// <param name="Value">The 64 bits as they were written.</param>
internal readonly record struct ListRegister(ulong Value)
{
    internal const ulong EoiBit = 1UL << 41;
    internal const ulong NmiBit = 1UL << 59;
    internal const ulong GroupBit = 1UL << 60;
    internal const ulong HwBit = 1UL << 61;
    internal const int StateAt = 62;
    internal const int PriorityAt = 48;
    internal const int PhysicalAt = 32;

    /// <summary>A list register by its fields.</summary>
    internal static ListRegister Of(LrState state, ulong intId, ulong priority, int group, bool eoi = false, ulong? physical = null, bool nmi = false) => new(
        (ulong)state << StateAt | priority << PriorityAt | intId | (group == 1 ? GroupBit : 0) | (nmi ? NmiBit : 0)
        | (physical is { } linked ? HwBit | linked << PhysicalAt : eoi ? EoiBit : 0));

    internal LrState State => (LrState)(Value >> StateAt);

    internal bool IsValid => State != LrState.Invalid;

    /// <summary>The active bit of the state: 10 or 11.</summary>
    internal bool IsActive => State is LrState.Active or LrState.PendingActive;

    internal bool Hw => (Value & HwBit) != 0;

    internal int Group => (int)(Value >> 60 & 1);

    /// <summary>A maintenance interrupt is asked for at deactivation; the bit belongs to pINTID with HW (GV-042).</summary>
    internal bool Eoi => !Hw && (Value & EoiBit) != 0;

    internal ulong PhysicalIntId => Value >> PhysicalAt & 0x3FF;

    internal ListRegister With(LrState state) => new((Value & ~(3UL << StateAt)) | (ulong)state << StateAt);

    internal ulong IntId(Sizes sizes) => Value & sizes.IntIdMask;

    internal bool IsLpi(Sizes sizes) => IntId(sizes) >= 8192;

    /// <summary>The bit NMI, whether or not it means something for the interrupt.</summary>
    internal bool HasNmiBit => (Value & NmiBit) != 0;

    /// <summary>Superpriority: whether an LPI or a Group 0 interrupt can have it is open (GV-154).</summary>
    internal bool IsNmi(Sizes sizes) => sizes.Nmi && HasNmiBit && (sizes.NmiOfAll || (Group == 1 && !IsLpi(sizes)));

    /// <summary>The priority; 0 for an NMI, whatever was written (GV-150).</summary>
    internal ulong Priority(Sizes sizes) => IsNmi(sizes) ? 0 : Value >> PriorityAt & sizes.PriorityMask;

    /// <summary>The bits that must read as written: the others are RES0 (GV-009, GV-040 to GV-043).</summary>
    internal ulong Kept(Sizes sizes) => 3UL << StateAt | HwBit | GroupBit | (sizes.Nmi ? NmiBit : 0)
        | (sizes.Nmi && HasNmiBit ? 0 : sizes.PriorityMask << PriorityAt) | (Hw ? 0x3FFUL << PhysicalAt : EoiBit) | sizes.IntIdMask;
}
