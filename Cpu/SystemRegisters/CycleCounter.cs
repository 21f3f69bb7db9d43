using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Timers;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>PMCCNTR_EL0: counts the ticks of the machine's time while it is enabled and its filter counts the level.</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03, PMCCNTR_EL0, PMCCFILTR_EL0, PMCR_EL0. The value is brought up to date when something changes on which
/// counting depends, so that counting costs nothing. Overflow sets PMOVSSET_EL0.C; there is no overflow interrupt.
/// </remarks>
internal sealed class CycleCounter() : SysReg("PMCCNTR_EL0")
{
    private const ulong E = 1;
    private const ulong C = 1UL << 31;
    private const ulong P = 1UL << 31;
    private const ulong U = 1UL << 30;
    private const ulong NSK = 1UL << 29;
    private const ulong NSU = 1UL << 28;
    private const ulong NSH = 1UL << 27;
    private const ulong M = 1UL << 26;

    internal override ulong Get(Core core)
    {
        Recount(core);
        return core.System[Slot];
    }

    internal override void Set(Core core, ulong value)
    {
        Recount(core);
        core.System[Slot] = value;
    }

    /// <summary>Counts up to now, and sees whether counting goes on from here.</summary>
    internal static void Recount(Core core)
    {
        ulong now = SystemCounter.Now(core);
        if (core.CyclesCount)
        {
            ref ulong value = ref core.System[PmuCounters.Cycles.Slot];
            ulong before = value;
            value += now - core.CyclesSince;
            core.System[PmuCounters.Overflows.Slot] |= value < before ? C : 0;
        }

        core.CyclesSince = now;
        core.CyclesEnabled = (core.System[PmuCounters.Control.Slot] & E) != 0 && (core.System[PmuCounters.Enables.Slot] & C) != 0;
        core.CyclesCount = core.CyclesEnabled && Counted(core, core.System[PmuCounters.CycleFilter.Slot]);
    }

    /// <summary>The filter counts the current level.</summary>
    private static bool Counted(Core core, ulong filter)
    {
        bool nonSecure = EffectiveControls.NonSecure(core); // without EL3 the bits for it are RES0
        return core.Pstate.EL switch
        {
            0 => ((filter & U) != 0) == (nonSecure && (filter & NSU) != 0),
            1 => ((filter & P) != 0) == (nonSecure && (filter & NSK) != 0),
            2 => (filter & NSH) != 0,
            _ => ((filter & P) != 0) == ((filter & M) != 0),
        };
    }
}

/// <summary>A register on which counting depends.</summary>
internal sealed class CycleFilterRegister(string name, string bits) : SysReg(name, bits)
{
    internal override void Set(Core core, ulong value)
    {
        base.Set(core, value);
        CycleCounter.Recount(core);
    }
}
