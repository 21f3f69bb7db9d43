using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Interrupts;

/// <summary>The physical CPU interface: the interrupts of the distributor and redistributor against the running priority.</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03, the ICC registers; IHI 0069, "Physical interrupt handling". One Security state: the registers have
/// one bank, and SCR_EL3.FIQ does not shift the view of priorities.
/// </remarks>
internal static class PhysicalCpuInterface
{
    private const ulong Cbpr = 1;
    private const ulong EoiMode = 2;
    private const ulong EoiModeEl3 = 4;
    private const ulong RangeSelector = 0xfUL << 44;
    private const ulong AllButSelf = 1UL << 40;

    /// <summary>The interrupt that is signalled to the PE; null when none is.</summary>
    internal static (int Group, bool Nmi)? Signalled(Core core) =>
        Winner(core) is { } winner && MaySignal(core, winner) ? (winner.Group, winner.Candidate.IsNmi) : null;

    /// <summary>ICC_IAR&lt;group&gt;_EL1 without the acknowledge: where NMIs are told apart, one is left to ICC_NMIAR1_EL1.</summary>
    internal static ulong Acknowledgeable(Core core, int group) =>
        Winner(core) is not { } winner || winner.Group != group || !MaySignal(core, winner) ? IntId.Spurious
            : winner.Candidate.IsNmi && EffectiveControls.NmiActs(core) ? IntId.NonMaskable
            : winner.Candidate.IntId;

    /// <summary>A read of ICC_IAR&lt;group&gt;_EL1.</summary>
    internal static ulong Acknowledge(Core core, int group) => Activate(core, Acknowledgeable(core, group));

    /// <summary>ICC_NMIAR1_EL1 without the acknowledge.</summary>
    internal static ulong AcknowledgeableNmi(Core core) =>
        Winner(core) is { Candidate.IsNmi: true } winner && MaySignal(core, winner) ? winner.Candidate.IntId : IntId.Spurious;

    /// <summary>A read of ICC_NMIAR1_EL1.</summary>
    internal static ulong AcknowledgeNmi(Core core) => Activate(core, AcknowledgeableNmi(core));

    internal static ulong HighestPending(Core core, int group) =>
        Winner(core) is { } winner && winner.Group == group ? winner.Candidate.IntId : IntId.Spurious;

    internal static ulong RunningPriority(Core core) => Active(core).Register;

    /// <summary>A write of ICC_EOIR&lt;group&gt;_EL1: priority drop, and without EOImode the deactivation.</summary>
    internal static void EndOfInterrupt(Core core, int group, ulong value)
    {
        ulong intId = value & GicOptions.IntIdMask;
        if (IntId.IsSpecial(intId))
        {
            return;
        }

        _ = Active(core).Drop();
        if (!SplitsEoi(core) && core.Controller is { } controller && controller.GroupOf(core, (uint)intId) == group)
        {
            controller.Deactivate(core, (uint)intId);
        }
    }

    /// <summary>A write of ICC_DIR_EL1.</summary>
    internal static void DeactivateInterrupt(Core core, ulong value)
    {
        if (SplitsEoi(core))
        {
            core.Controller?.Deactivate(core, (uint)(value & GicOptions.IntIdMask));
        }
    }

    /// <summary>A write of ICC_SGI0R_EL1, ICC_SGI1R_EL1 or ICC_ASGI1R_EL1: to the PEs of a target list, or to all but this one.</summary>
    /// <remarks>
    /// Source: IHI 0069, "Forwarding an SGI to a target PE": with one Security state SGI1R generates those of both groups, and ASGI1R
    /// is like SGI0R. There are no affinities whose Aff0 is above 15, so a range selector names nobody.
    /// </remarks>
    internal static void GenerateSgi(Core core, bool alsoGroup1, ulong value)
    {
        if (core.Controller is not { } controller)
        {
            return;
        }

        uint intId = (uint)(value >> 24 & 15);
        foreach (Core target in core.Cluster)
        {
            bool chosen = (value & AllButSelf) != 0
                ? target != core
                : (value & RangeSelector) == 0 && HighAffinities(value) == target.Affinity >> 8
                    && target.Affinity % 256 < 16 && (value >> (int)(target.Affinity & 15) & 1) != 0;
            if (chosen)
            {
                controller.GenerateSgi(target, intId, alsoGroup1);
            }
        }
    }

    /// <summary>The CPU interface enables the group.</summary>
    internal static bool Enables(Core core, int group) =>
        core.System[group == 0 ? Slots.ICC_IGRPEN0_EL1 : Slots.ICC_IGRPEN1_EL1] != 0;

    /// <summary>Aff3.Aff2.Aff1 of a write to ICC_SGIxR_EL1, in the places of MPIDR_EL1 eight further down.</summary>
    private static ulong HighAffinities(ulong value) => (value >> 16 & 0xff) | (value >> 32 & 0xff) << 8 | (value >> 48 & 0xff) << 24;

    /// <summary>The winner, whose INTID this is, becomes active; nothing does when it is a special one.</summary>
    /// <returns>The INTID.</returns>
    private static ulong Activate(Core core, ulong intId)
    {
        if (intId is not (IntId.Spurious or IntId.NonMaskable) && Winner(core) is { } winner)
        {
            if (winner.Candidate.IsNmi)
            {
                Active(core).ActivateNmi();
            }
            else
            {
                Active(core).Activate(winner.Group, winner.Candidate.Priority);
            }

            core.Controller!.Acknowledge(core, winner.Candidate.IntId);
            core.Tracer?.Acknowledge(core, intId, isVirtual: false);
        }

        return intId;
    }

    private static (Candidate Candidate, int Group)? Winner(Core core)
    {
        int groups = (int)(core.System[Slots.ICC_IGRPEN0_EL1] | core.System[Slots.ICC_IGRPEN1_EL1] << 1);
        return core.Controller?.Highest(core, groups) is { } highest
            ? (highest, core.Controller.Group(core, highest.IntId))
            : null;
    }

    private static bool MaySignal(Core core, (Candidate Candidate, int Group) winner)
    {
        ulong priority = winner.Candidate.Priority;
        if (winner.Candidate.IsNmi)
        {
            return !Active(core).HasNmi;
        }

        if (priority >= core.System[Slots.ICC_PMR_EL1])
        {
            return false;
        }

        ulong mask = winner.Group == 0 || (core.System[Slots.ICC_CTLR_EL1] & Cbpr) != 0
            ? PriorityGrouping.Group0(PriorityGrouping.Clamp(core.System[Slots.ICC_BPR0_EL1], core.Gic.MinimumBinaryPoint))
            : PriorityGrouping.Group1(PriorityGrouping.Clamp(core.System[Slots.ICC_BPR1_EL1], core.Gic.MinimumBinaryPoint + 1), secure: false);
        return Active(core).Running is not { } running || (priority & mask) < (running & mask);
    }

    private static bool SplitsEoi(Core core) => core.Pstate.EL == 3
        ? (core.System[Slots.ICC_CTLR_EL3] & EoiModeEl3) != 0
        : (core.System[Slots.ICC_CTLR_EL1] & EoiMode) != 0;

    private static ActivePriorities Active(Core core) => new(core, Slots.ICC_AP0R0_EL1, Slots.ICC_AP1R0_EL1);
}
