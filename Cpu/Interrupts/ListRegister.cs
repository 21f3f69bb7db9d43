namespace Conformance.Cpu.Interrupts;

/// <summary>The value of ICH_LR&lt;n&gt;_EL2.</summary>
/// <remarks>Source: DDI 0601, 2025-03, ICH_LR&lt;n&gt;_EL2.</remarks>
internal readonly record struct ListRegister(ulong Value)
{
    private const ulong PendingBit = 1UL << 62;
    private const ulong ActiveBit = 1UL << 63;
    private const ulong HwBit = 1UL << 61;
    private const ulong GroupBit = 1UL << 60;
    private const ulong NmiBit = 1UL << 59;
    private const ulong EoiBit = 1UL << 41;
    private const int PriorityAt = 48;
    private const int PhysicalIntIdAt = 32;

    /// <summary>Without ExtRange a physical INTID has ten bits; 44:42 are RES0 (GV-042).</summary>
    private const ulong PhysicalIntIdMask = 0x3ff;

    internal bool IsInvalid => (Value & (PendingBit | ActiveBit)) == 0;

    /// <summary>State 01: only this is a candidate for signalling (GV-060).</summary>
    internal bool IsPendingOnly => (Value & (PendingBit | ActiveBit)) == PendingBit;

    /// <summary>State 10 or 11.</summary>
    internal bool IsActive => (Value & ActiveBit) != 0;

    internal bool HW => (Value & HwBit) != 0;

    /// <summary>0 or 1.</summary>
    internal int Group => (Value & GroupBit) != 0 ? 1 : 0;

    /// <summary>EOI: a maintenance interrupt is wanted on deactivation. It exists with HW = 0 only.</summary>
    internal bool EOI => !HW && (Value & EoiBit) != 0;

    /// <summary>
    /// Superpriority. The bit of an LPI or of a Group 0 interrupt counts as 0: a choice (GV-154). Without FEAT_GICv3_NMI it is RES0.
    /// </summary>
    internal bool IsNmi => (Value & (NmiBit | GroupBit)) == (NmiBit | GroupBit) && VirtualIntId < IntId.FirstLpi;

    /// <summary>0 for an NMI, whose field is RES0 (GV-150).</summary>
    internal ulong Priority => Value >> PriorityAt & 0xff;

    /// <summary>What decides among pending interrupts, the lowest first: an NMI stands before priority 0 (GV-062, GV-151).</summary>
    internal int Rank => IsNmi ? -1 : (int)Priority;

    internal uint PhysicalIntId => (uint)(Value >> PhysicalIntIdAt & PhysicalIntIdMask);

    internal ulong VirtualIntId => Value & GicOptions.IntIdMask;

    /// <summary>Pending and not active becomes active (GV-081).</summary>
    internal ListRegister Acknowledged => new((Value & ~PendingBit) | ActiveBit);

    /// <summary>Active ends: 10 to 00, 11 to 01 (GV-102).</summary>
    internal ListRegister Deactivated => new(Value & ~ActiveBit);

    /// <summary>What a write keeps of a value (GV-040 to GV-043, GV-150).</summary>
    internal static ulong Legal(GicOptions gic, ulong value)
    {
        ulong physical = (value & HwBit) != 0 ? PhysicalIntIdMask << PhysicalIntIdAt : EoiBit;
        ulong nmi = gic.NonMaskable ? NmiBit : 0;
        ulong priority = new ListRegister(value & (nmi | GroupBit | GicOptions.IntIdMask)).IsNmi ? 0 : gic.PriorityMask << PriorityAt;
        return value & (PendingBit | ActiveBit | HwBit | GroupBit | nmi | priority | physical | GicOptions.IntIdMask);
    }
}
