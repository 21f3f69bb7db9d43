using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Timers;

/// <summary>When the outputs of the timers change next, so that nobody has to look at each instruction.</summary>
internal static class TimerEvents
{
    private static readonly TimerControl[] s_timers =
    [
        TimerControl.Physical, TimerControl.Virtual, TimerControl.HypervisorPhysical, TimerControl.HypervisorVirtual,
        TimerControl.SecurePhysical,
    ];

    /// <summary>The value of <see cref="Core.Ticks"/> at which some output changes; the largest number for never.</summary>
    internal static ulong Next(Core core)
    {
        ulong next = ulong.MaxValue;
        foreach (TimerControl timer in s_timers)
        {
            next = Math.Min(next, timer.NextChange(core));
        }

        return next;
    }
}

/// <summary>A register on which the outputs of timers, or event streams, depend.</summary>
internal class TimerState(string name, string bits = "63:0", int? slot = null) : SysReg(name, bits, slot)
{
    internal override void Set(Core core, ulong value)
    {
        EventStream.Look(core);
        base.Set(core, value);
        core.LinesChanged();
    }
}
