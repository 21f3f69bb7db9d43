using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Timers;

/// <summary>The system counter and what the counter registers show of it (TM-001 to TM-006).</summary>
/// <remarks>The count is a function of the instructions executed, so that a run can be repeated.</remarks>
internal static class SystemCounter
{
    /// <summary>What CNTFRQ_EL0 holds after reset: 62.5 MHz, as on QEMU's virt board.</summary>
    internal const ulong TicksPerSecond = 62_500_000;

    /// <summary>pcount.</summary>
    internal static ulong Now(Core core)
    {
        core.FetchTag = Core.NoPage; // the run loop adds what it has executed when it leaves a page
        return core.Ticks;
    }

    /// <summary>CNTPCT_EL0 as the current level reads it (TM-002, TM-003).</summary>
    internal static ulong Physical(Core core) =>
        Now(core) - (core.Pstate.EL < 2 ? PhysicalOffset(core) : 0);

    /// <summary>CNTVCT_EL0 as the current level reads it (TM-004 to TM-006).</summary>
    internal static ulong Virtual(Core core)
    {
        bool host = core.Pstate.EL switch
        {
            0 => EffectiveControls.Host0(core),
            2 => EffectiveControls.Host2(core),
            _ => false,
        };
        return Now(core) - (host ? 0 : core.System[Slots.CNTVOFF_EL2]);
    }

    /// <summary>CNTPOFF_EL2 where it is in force, else 0 (TM-031).</summary>
    internal static ulong PhysicalOffset(Core core) =>
        EffectiveControls.PhysicalOffsetInForce(core) ? core.System[Slots.CNTPOFF_EL2] : 0;
}
