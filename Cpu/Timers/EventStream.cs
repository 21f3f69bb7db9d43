using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Timers;

/// <summary>The event streams of the counters: transitions of a bit set the Event Register (TM-083 to TM-085).</summary>
/// <remarks>
/// Source: DDI 0601, CNTKCTL_EL1 and CNTHCTL_EL2, EVNTEN, EVNTDIR, EVNTI, EVNTIS. The Event Register is looked at by WFE alone, so
/// transitions are worked out then, and before what they depend on changes.
/// </remarks>
internal static class EventStream
{
    private const int Scale = 8; // EVNTIS

    /// <summary>Sets the Event Register if there was a transition since the last look.</summary>
    internal static void Look(Core core)
    {
        ulong now = SystemCounter.Now(core);
        ulong since = core.EventsSeen;
        core.EventsSeen = now;
        ulong offset = core.System[Slots.CNTVOFF_EL2];
        core.EventRegister |=
            (!EffectiveControls.Host0(core) && Transition(core.System[Slots.CNTKCTL_EL1], since - offset, now - offset))
            || (EffectiveControls.El2Enabled(core) && Transition(core.System[Slots.CNTHCTL_EL2], since, now));
    }

    /// <summary>The bit that a control selects has made its transition on the way from one time to another.</summary>
    private static bool Transition(ulong control, ulong from, ulong to)
    {
        if ((control & Cnthctl.EVNTEN) == 0)
        {
            return false;
        }

        int bit = (int)(control >> 4 & 15) + ((control & Cnthctl.EVNTIS) != 0 ? Scale : 0);
        ulong period = 2UL << bit;

        // The bit falls where the time is a multiple of the period, and rises half a period before.
        ulong phase = (control & Cnthctl.EVNTDIR) != 0 ? 0 : period / 2;
        ulong sinceLast = (to - phase) & (period - 1);
        return to - from > sinceLast;
    }
}
