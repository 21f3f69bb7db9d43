using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>When Breakpoint, Watchpoint and Software Step exceptions may be generated (EX-163, EX-164).</summary>
internal static class DebugControls
{
    /// <param name="core">The PE.</param>
    /// <param name="level">Level that executes.</param>
    /// <param name="masked">PSTATE.D there.</param>
    internal static bool GeneratedAt(Core core, int level, bool masked)
    {
        if (level == 3 || (core.System[Slots.OSLSR_EL1] & OsLockStatus.Locked) != 0)
        {
            return false;
        }

        if (!EffectiveControls.NonSecure(core) && (core.System[Slots.MDCR_EL3] & Mdcr3.SDD) != 0)
        {
            return false;
        }

        // At EL2 they exist only when they are routed there: EL1, the other target, is below (PC GenerateDebugExceptionsFrom).
        int target = EffectiveControls.DebugToEl2(core) ? 2 : 1;
        return target > level || (target == level && (core.System[Slots.MDSCR_EL1] & Mdscr.KDE) != 0 && !masked);
    }

    /// <summary>Software step or breakpoints may be in force, so that each instruction has to be looked at by itself.</summary>
    internal static bool MayWatchInstructions(Core core) => (core.System[Slots.MDSCR_EL1] & (Mdscr.SS | Mdscr.MDE)) != 0;

    /// <summary>MDSCR_EL1.SS asks for steps, and the current level generates them (EX-165).</summary>
    internal static bool StepIsEnabled(Core core) =>
        (core.System[Slots.MDSCR_EL1] & Mdscr.SS) != 0 && GeneratedNow(core);

    /// <summary>Debug exceptions may be generated at the current level.</summary>
    internal static bool GeneratedNow(Core core) => GeneratedAt(core, core.Pstate.EL, (core.Pstate.Daif & 8) != 0);

    /// <summary>SVC, HVC and SMC use up an active software step before PSTATE is saved (EX-070).</summary>
    internal static void AdvanceStep(Core core)
    {
        if (StepIsEnabled(core))
        {
            core.Pstate.SS = false;
        }
    }
}
