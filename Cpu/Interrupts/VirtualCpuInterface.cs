using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Interrupts;

/// <summary>The virtual CPU interface: list registers against the running priority of the virtual machine.</summary>
/// <remarks>Source: DDI 0601, 2025-03, the ICV and ICH registers; IHI 0069, "Virtual interrupt handling"; GV-060 to GV-119.</remarks>
internal static class VirtualCpuInterface
{
    private const ulong En = 1;
    private const int EoiCountAt = 27;
    private const ulong EoiCountMask = 31;

    /// <summary>ICH_HCR_EL2.En; RES0 while the Security state has no EL2 (GV-008).</summary>
    internal static bool Enabled(Core core) =>
        (core.System[Slots.ICH_HCR_EL2] & En) != 0 && EffectiveControls.El2Enabled(core);

    internal static ListRegister Get(Core core, int n) => new(core.System[Slots.ICH_LR0_EL2 + n]);

    /// <summary>The interrupt that is signalled, 1 as vIRQ and 0 as vFIQ; null when none is (GV-065, GV-067, GV-157).</summary>
    internal static (int Group, bool Nmi)? Signalled(Core core) =>
        Winner(core) is { } n && MaySignal(core, Get(core, n)) ? (Get(core, n).Group, Get(core, n).IsNmi) : null;

    /// <summary>ICV_IAR&lt;group&gt;_EL1 without the acknowledge: where NMIs are told apart, one is left to ICV_NMIAR1_EL1 (GV-152).</summary>
    internal static ulong Acknowledgeable(Core core, int group) =>
        Winner(core) is not { } n || !(Get(core, n).Group == group && MaySignal(core, Get(core, n))) ? IntId.Spurious
            : Get(core, n).IsNmi && EffectiveControls.NmiActs(core) ? IntId.NonMaskable
            : Get(core, n).VirtualIntId;

    /// <summary>A read of ICV_IAR&lt;group&gt;_EL1 (GV-080 to GV-082).</summary>
    internal static ulong Acknowledge(Core core, int group) => Activate(core, group, Acknowledgeable(core, group));

    /// <summary>ICV_NMIAR1_EL1 without the acknowledge.</summary>
    internal static ulong AcknowledgeableNmi(Core core) =>
        Winner(core) is { } n && Get(core, n).IsNmi && MaySignal(core, Get(core, n)) ? Get(core, n).VirtualIntId : IntId.Spurious;

    /// <summary>A read of ICV_NMIAR1_EL1 (GV-152).</summary>
    internal static ulong AcknowledgeNmi(Core core) => Activate(core, 1, AcknowledgeableNmi(core));

    /// <summary>ICV_HPPIR&lt;group&gt;_EL1: masks and running priority do not matter, nor does En (GV-084).</summary>
    internal static ulong HighestPending(Core core, int group) =>
        Winner(core) is { } n && Get(core, n).Group == group ? Get(core, n).VirtualIntId : IntId.Spurious;

    /// <summary>ICV_RPR_EL1 (GV-091, GV-155).</summary>
    internal static ulong RunningPriority(Core core) => Active(core).Register;

    /// <summary>A write of ICV_EOIR&lt;group&gt;_EL1 (GV-100 to GV-103, GV-108 to GV-113).</summary>
    internal static void EndOfInterrupt(Core core, int group, ulong value)
    {
        ulong intId = value & GicOptions.IntIdMask;
        if (IntId.IsSpecial(intId) || Active(core).Drop() is not { } dropped)
        {
            return; // an EOIR that drops nothing does nothing (GV-112)
        }

        bool lpi = intId >= IntId.FirstLpi;
        bool deactivates = lpi || !VirtualControls.SplitsEoi(core);
        if (FindActive(core, intId) is { } n)
        {
            if (deactivates && IsLastAcknowledged(core, Get(core, n), group, dropped))
            {
                Deactivate(core, n);
            }
        }
        else if (deactivates && !lpi)
        {
            CountMissing(core);
        }
    }

    /// <summary>A write of ICV_DIR_EL1 (GV-104, GV-105, GV-108, GV-109).</summary>
    internal static void DeactivateInterrupt(Core core, ulong value)
    {
        ulong intId = value & GicOptions.IntIdMask;
        if (IntId.IsSpecial(intId) || intId >= IntId.FirstLpi || !VirtualControls.SplitsEoi(core))
        {
            return;
        }

        if (FindActive(core, intId) is { } n)
        {
            Deactivate(core, n);
        }
        else
        {
            CountMissing(core);
        }
    }

    /// <summary>The highest priority pending interrupt of the enabled groups; of equals the lowest list register (GV-060 to GV-063).</summary>
    private static int? Winner(Core core)
    {
        int? best = null;
        for (int n = 0; n < core.Gic.ListRegisters; n++)
        {
            ListRegister lr = Get(core, n);
            if (lr.IsPendingOnly
                && VirtualControls.GroupEnabled(core, lr.Group)
                && (best is not { } before || lr.Rank < Get(core, before).Rank))
            {
                best = n;
            }
        }

        return best;
    }

    /// <summary>En, priority mask and preemption; an NMI passes the mask, and preempts all but another (GV-065, GV-066, GV-075, GV-150, GV-151).</summary>
    private static bool MaySignal(Core core, ListRegister lr)
    {
        if (!Enabled(core))
        {
            return false;
        }

        if (lr.IsNmi)
        {
            return !Active(core).HasNmi;
        }

        if (lr.Priority >= VirtualControls.PriorityMask(core))
        {
            return false;
        }

        ulong mask = VirtualControls.PreemptionMask(core, lr.Group);
        return Active(core).Running is not { } running || (lr.Priority & mask) < (running & mask);
    }

    /// <summary>The winner, whose INTID this is, becomes active; nothing does when it is a special one.</summary>
    /// <returns>The INTID.</returns>
    private static ulong Activate(Core core, int group, ulong intId)
    {
        if (intId is not (IntId.Spurious or IntId.NonMaskable) && Winner(core) is { } n)
        {
            ListRegister lr = Get(core, n);
            if (lr.IsNmi)
            {
                Active(core).ActivateNmi();
            }
            else
            {
                Active(core).Activate(group, lr.Priority);
            }

            Put(core, n, lr.Acknowledged);
            core.Tracer?.Acknowledge(core, intId, isVirtual: true);
        }

        return intId;
    }

    /// <summary>The EOIR belongs to this list register: its group, and its priority is the one dropped (GV-102, GV-113, GV-117, GV-156).</summary>
    private static bool IsLastAcknowledged(Core core, ListRegister lr, int group, ulong dropped) =>
        lr.Group == group
        && (lr.IsNmi ? dropped == ActivePriorities.Nmi
            : dropped == (lr.Priority & core.Gic.PreemptionMask)
            || dropped == (lr.Priority & VirtualControls.PreemptionMask(core, group)));

    private static int? FindActive(Core core, ulong intId)
    {
        for (int n = 0; n < core.Gic.ListRegisters; n++)
        {
            ListRegister lr = Get(core, n);
            if (lr.IsActive && lr.VirtualIntId == intId)
            {
                return n;
            }
        }

        return null;
    }

    /// <summary>With HW the physical interrupt is deactivated too (GV-106).</summary>
    private static void Deactivate(Core core, int n)
    {
        ListRegister lr = Get(core, n);
        Put(core, n, lr.Deactivated);
        if (lr.HW)
        {
            core.DeactivatePhysical?.Invoke(lr.PhysicalIntId);
        }
    }

    /// <summary>EOIcount goes up, modulo 32 (GV-109, GV-114).</summary>
    private static void CountMissing(Core core)
    {
        ulong hcr = core.System[Slots.ICH_HCR_EL2];
        ulong count = ((hcr >> EoiCountAt) + 1) & EoiCountMask;
        core.System[Slots.ICH_HCR_EL2] = (hcr & ~(EoiCountMask << EoiCountAt)) | count << EoiCountAt;
    }

    private static void Put(Core core, int n, ListRegister lr) => core.System[Slots.ICH_LR0_EL2 + n] = lr.Value;

    private static ActivePriorities Active(Core core) => new(core, Slots.ICH_AP0R0_EL2, Slots.ICH_AP1R0_EL2);
}
