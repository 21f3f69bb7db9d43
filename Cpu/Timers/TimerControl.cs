using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Timers;

/// <summary>CNTx_CTL of one timer, with its compare value and its timer value view (TM-015 to TM-036).</summary>
internal sealed class TimerControl : TimerState
{
    private const ulong Enable = 1;
    private const ulong Mask = 2;
    private const ulong Status = 4;
    private readonly Func<Core, ulong> _conditionOffset;

    /// <param name="stem">Name without suffix, <c>CNTP</c>.</param>
    /// <param name="suffix">Level of the names, <c>EL0</c>.</param>
    /// <param name="conditionOffset">Offset of the interrupt condition (TM-031 to TM-034).</param>
    /// <param name="viewOffset">Offset of a TVAL access at the current level (TM-040 to TM-048).</param>
    private TimerControl(string stem, string suffix, Func<Core, ulong> conditionOffset, Func<Core, ulong> viewOffset)
        : base($"{stem}_CTL_{suffix}", "1:0")
    {
        _conditionOffset = conditionOffset;
        Compare = new TimerState($"{stem}_CVAL_{suffix}");
        Value = new TimerValue($"{stem}_TVAL_{suffix}", Compare, viewOffset);
    }

    internal static TimerControl Physical { get; } = new(
        "CNTP", "EL0", SystemCounter.PhysicalOffset, static c => c.Pstate.EL < 2 ? SystemCounter.PhysicalOffset(c) : 0);

    internal static TimerControl Virtual { get; } = new("CNTV", "EL0", VirtualOffset, VirtualOffset);

    internal static TimerControl HypervisorPhysical { get; } = new("CNTHP", "EL2", None, None);

    internal static TimerControl HypervisorVirtual { get; } = new("CNTHV", "EL2", None, None);

    internal static TimerControl SecurePhysical { get; } = new("CNTPS", "EL1", None, None);

    internal SysReg Compare { get; }

    internal SysReg Value { get; }

    /// <summary>The output signal (TM-028).</summary>
    internal bool Asserts(Core core) => (core.System[Slot] & Mask) == 0 && Met(core);

    /// <summary>The value of <see cref="Core.Ticks"/> at which the output changes if nobody writes; the largest number for never (TM-015).</summary>
    internal ulong NextChange(Core core)
    {
        if ((core.System[Slot] & (Enable | Mask)) != Enable)
        {
            return ulong.MaxValue;
        }

        // Not met, it becomes so at the compare value; met, it ends where the count minus the offset wraps.
        ulong count = core.Ticks - _conditionOffset(core);
        ulong compare = core.System[Compare.Slot];
        ulong wait = count < compare ? compare - count : compare == 0 ? 0 : 0 - count;
        return wait == 0 || wait > ulong.MaxValue - core.Ticks ? ulong.MaxValue : core.Ticks + wait;
    }

    /// <summary>ISTATUS follows the condition; it shows 0 while the timer is disabled (TM-026).</summary>
    internal override ulong Get(Core core) => core.System[Slot] | (Met(core) ? Status : 0);

    private bool Met(Core core) =>
        (core.System[Slot] & Enable) != 0 && SystemCounter.Now(core) - _conditionOffset(core) >= core.System[Compare.Slot];

    private static ulong VirtualOffset(Core core) => core.System[Slots.CNTVOFF_EL2];

    private static ulong None(Core core) => 0;
}

/// <summary>CNTx_TVAL: the compare value seen from the count (TM-018 to TM-023).</summary>
internal sealed class TimerValue(string name, SysReg compare, Func<Core, ulong> offset) : SysReg(name, "31:0")
{
    internal override ulong Get(Core core) =>
        (uint)(core.System[compare.Slot] - (SystemCounter.Now(core) - offset(core)));

    internal override void Set(Core core, ulong value) =>
        compare.Set(core, SystemCounter.Now(core) - offset(core) + (ulong)(long)(int)value);
}
