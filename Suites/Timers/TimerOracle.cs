using Conformance.Suites.Exceptions;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Timers;

/// <summary>Counts, offsets and conditions of the timers.</summary>
/// <remarks>
/// Source: sections 1 to 4 of the timer rules, after DDI 0601 and DDI 0487, "The Generic Timer". All sums are modulo 2⁶⁴;
/// comparisons are unsigned (TM-015). Nothing here knows the model.
/// </remarks>
internal static class TimerOracle
{
    /// <summary>CNTPOFF_EL2 acts for CNTP and for CNTPCT below EL2.</summary>
    internal static bool PhysicalOffsetInForce(Situation s) =>
        s.Has("FEAT_ECV_POFF") && s.El2Enabled && !s.Host0 && (!s.HaveEl3 || s.Scr(Scr.ECVEn)) && (s.Read("CNTHCTL_EL2") & Cnthctl.ECV) != 0;

    /// <summary>What CNTPCT_EL0 is behind the count, read at the current level (TM-002, TM-003).</summary>
    internal static ulong PhysicalCountOffset(Situation s) => s.Level < 2 && PhysicalOffsetInForce(s) ? s.Read("CNTPOFF_EL2") : 0;

    /// <summary>What CNTVCT_EL0 is behind the count, read at the current level (TM-004 to TM-006).</summary>
    internal static ulong VirtualCountOffset(Situation s) => (s.Level == 2 && s.E2h) || (s.Level == 0 && s.Host0) ? 0 : s.Read("CNTVOFF_EL2");

    /// <summary>What the time of a timer's condition and output is behind the count (TM-031 to TM-034): one, or either of two.</summary>
    internal static IReadOnlyList<ulong> ConditionOffsets(Situation s, Timer timer)
    {
        ulong physical = PhysicalOffsetInForce(s) ? s.Read("CNTPOFF_EL2") : 0;
        return timer == Timer.Physical ? [physical]
            : timer == Timer.Virtual ? [s.Read("CNTVOFF_EL2")]
            : timer == Timer.SecurePhysical && physical != 0 ? [0, physical]
            : [0];
    }

    /// <summary>What the time of a TVAL access is behind the count (section 4): of the timer that is reached, at the level of the access.</summary>
    internal static ulong ViewOffset(Situation s, Timer reached) =>
        reached == Timer.Physical ? PhysicalCountOffset(s) : reached == Timer.Virtual ? s.Read("CNTVOFF_EL2") : 0;

    /// <summary>
    /// The condition (TM-015) at any count below <paramref name="bound"/>; null when that depends on the count.
    /// </summary>
    internal static bool? Met(ulong compare, ulong offset, ulong bound)
    {
        ulong first = unchecked(0 - offset);
        ulong last = unchecked(bound - offset);
        return last < first ? null // the time wraps within the bound
            : first >= compare ? true
            : last < compare ? false
            : null;
    }

    /// <summary>The bound of <see cref="Met"/>: no device has counted so far since its reset (36 years at 1 GHz).</summary>
    internal const ulong AnyCount = 1UL << 60;
}
