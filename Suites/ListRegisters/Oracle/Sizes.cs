using Conformance.Harness.Cases;

namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>The IMPLEMENTATION DEFINED sizes and features of a virtual CPU interface, as its ID registers tell them.</summary>
/// <param name="ListRegisters">How many list registers there are, 1 to 16 (GV-004).</param>
/// <param name="PriorityBits">Implemented bits of a priority, 5 to 7 (GV-002).</param>
/// <param name="PreemptionBits">How many of them can preempt, 5 up to <paramref name="PriorityBits"/>.</param>
/// <param name="IntIdBits">Implemented bits of a virtual INTID: 16 or 24 (GV-041).</param>
/// <param name="Nmi">FEAT_GICv3_NMI.</param>
/// <param name="Tdir">FEAT_GICv3_TDIR.</param>
/// <param name="NmiOfAll">The bit NMI gives superpriority to LPIs and Group 0 interrupts too: one of two permitted behaviours (GV-154).</param>
internal sealed record Sizes(
    int ListRegisters, int PriorityBits, int PreemptionBits, int IntIdBits = 24, bool Nmi = false, bool Tdir = true, bool NmiOfAll = false)
{
    /// <summary>Sizes of a device; null for one without a virtual CPU interface that a case can reach.</summary>
    internal static Sizes? Of(SuiteTarget target)
    {
        IReadOnlyDictionary<string, long> numbers = target.Features.Numbers;
        return target.HighestLevel >= 2 && target.Features.Has("FEAT_GICv3")
            && numbers.TryGetValue("$NUM_GIC_LIST_REGS", out long registers)
            && numbers.TryGetValue("$NUM_GIC_PRIORITY_BITS", out long priority)
            && numbers.TryGetValue("$NUM_GIC_PREEMPTION_BITS", out long preemption)
            ? new Sizes(
                (int)registers, (int)priority, (int)preemption, (int)numbers.GetValueOrDefault("$NUM_GIC_INTID_BITS", 24),
                target.Features.Has("FEAT_GICv3_NMI"), target.Features.Has("FEAT_GICv3_TDIR"))
            : null;
    }

    /// <summary>The bits of a priority that exist (GV-040, GV-056).</summary>
    internal ulong PriorityMask => 0xFFUL << (8 - PriorityBits) & 0xFF;

    /// <summary>The bits of a priority that an active priority register tells apart (GV-082).</summary>
    internal ulong PreemptionMask => 0xFFUL << (8 - PreemptionBits) & 0xFF;

    /// <summary>Bits of a virtual INTID (GV-041).</summary>
    internal ulong IntIdMask => (1UL << IntIdBits) - 1;

    /// <summary>Smallest VBPR0 (GV-053).</summary>
    internal ulong Minimum0 => (ulong)(7 - PreemptionBits);

    /// <summary>Smallest VBPR1 (GV-054, GV-058).</summary>
    internal ulong Minimum1(bool secure) => Minimum0 + (secure ? 0UL : 1);

    /// <summary>How many registers hold the active priorities of a group: 1, 2 or 4 (GV-005).</summary>
    internal int ActiveRegisters => 1 << (PreemptionBits - 5);

    /// <summary>The lowest priority that exists (GV-074).</summary>
    internal ulong LowestPriority => PriorityMask;

    /// <summary>The distance of two priorities.</summary>
    internal ulong PriorityStep => 1UL << (8 - PriorityBits);
}
