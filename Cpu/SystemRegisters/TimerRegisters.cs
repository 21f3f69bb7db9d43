using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Timers;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The generic timer's registers: counters, offsets, and five timers of three registers each.</summary>
/// <remarks>Source: DDI 0601, 2025-03; rules TM-001 to TM-076.</remarks>
internal static class TimerRegisters
{
    private const Levels BelowEl2 = Levels.EL0 | Levels.EL1;

    /// <summary>CNTPCT: EL0 needs EL0PCTEN, then EL1PCTEN opens it to EL1 and EL0 (TM-061 to TM-065).</summary>
    private static readonly AccessRule s_physicalCount = Together(
        El0(Cnthctl.EL0PCTEN), GuestNeeds(Cnthctl.EL1PCTEN_E2H0, Cnthctl.EL1PCTEN));

    /// <summary>CNTVCT: EL0VCTEN, EL1TVCT (TM-066).</summary>
    private static readonly AccessRule s_virtualCount = Together(
        El0(Cnthctl.EL0VCTEN), GuestTrap(Cnthctl.EL1TVCT));

    private static readonly AccessRule s_physicalTimer = Together(
        El0(Cnthctl.EL0PTEN), GuestNeeds(Cnthctl.EL1PCEN_E2H0, Cnthctl.EL1PTEN));

    private static readonly AccessRule s_virtualTimer = Together(
        El0(Cnthctl.EL0VTEN), GuestTrap(Cnthctl.EL1TVT));

    /// <summary>CNTPS: UNDEFINED at Non-secure EL1; at Secure EL1 SCR_EL3.ST opens it (TM-053).</summary>
    private static readonly AccessRule s_secureTimer = Together(
        Undefined(Situation.None, Situation.Secure, Levels.EL1),
        Undefined(Situation.Secure | Situation.El2Enabled, Situation.None, Levels.EL1),
        Traps(3, Levels.EL1, Situation.Secure, Situation.None, Slots.SCR_EL3, Scr.ST, 0));

    internal static readonly Declaration[] All =
    [
        Of(new Frequency(), (3, 3, 14, 0, 0), El0(Cnthctl.EL0PCTEN | Cnthctl.EL0VCTEN)),
        Of(new TimerState("CNTHCTL_EL2", "17:13@FEAT_ECV 12@FEAT_ECV_POFF 11:8@FEAT_VHE 7:0", Slots.CNTHCTL_EL2), (3, 4, 14, 1, 0)),
        Of(new TimerState("CNTKCTL_EL1", "17@FEAT_ECV 9:0", Slots.CNTKCTL_EL1), (3, 0, 14, 1, 0), Host("CNTHCTL_EL2"), El12),
        Of(new TimerState("CNTVOFF_EL2", slot: Slots.CNTVOFF_EL2), (3, 4, 14, 0, 3), Vncr(0x060)),
        Of(new TimerState("CNTPOFF_EL2", slot: Slots.CNTPOFF_EL2), (3, 4, 14, 0, 6), Needs("FEAT_ECV_POFF"), ScrOpens(Scr.ECVEn), Vncr(0x1a8)),

        Of(new Count("CNTPCT_EL0", SystemCounter.Physical), (3, 3, 14, 0, 1), ReadOnly, s_physicalCount),
        Of(new Count("CNTPCTSS_EL0", SystemCounter.Physical), (3, 3, 14, 0, 5), ReadOnly, Needs("FEAT_ECV"), s_physicalCount),
        Of(new Count("CNTVCT_EL0", SystemCounter.Virtual), (3, 3, 14, 0, 2), ReadOnly, s_virtualCount),
        Of(new Count("CNTVCTSS_EL0", SystemCounter.Virtual), (3, 3, 14, 0, 6), ReadOnly, Needs("FEAT_ECV"), s_virtualCount),

        Of(TimerControl.Physical, (3, 3, 14, 2, 1),
            s_physicalTimer, HostAndEl0("CNTHP_CTL_EL2"), Vncr(0x180), El02(Cnthctl.EL1NVPCT)),
        Of(TimerControl.Physical.Compare, (3, 3, 14, 2, 2),
            s_physicalTimer, HostAndEl0("CNTHP_CVAL_EL2"), Vncr(0x178), El02(Cnthctl.EL1NVPCT)),
        Of(TimerControl.Physical.Value, (3, 3, 14, 2, 0), s_physicalTimer, HostAndEl0("CNTHP_TVAL_EL2"), El02()),

        Of(TimerControl.Virtual, (3, 3, 14, 3, 1),
            s_virtualTimer, HostAndEl0("CNTHV_CTL_EL2"), Vncr(0x170), El02(Cnthctl.EL1NVVCT)),
        Of(TimerControl.Virtual.Compare, (3, 3, 14, 3, 2),
            s_virtualTimer, HostAndEl0("CNTHV_CVAL_EL2"), Vncr(0x168), El02(Cnthctl.EL1NVVCT)),
        Of(TimerControl.Virtual.Value, (3, 3, 14, 3, 0), s_virtualTimer, HostAndEl0("CNTHV_TVAL_EL2"), El02()),

        Of(TimerControl.HypervisorPhysical, (3, 4, 14, 2, 1)),
        Of(TimerControl.HypervisorPhysical.Compare, (3, 4, 14, 2, 2)),
        Of(TimerControl.HypervisorPhysical.Value, (3, 4, 14, 2, 0)),

        Of(TimerControl.HypervisorVirtual, (3, 4, 14, 3, 1), Needs("FEAT_VHE")),
        Of(TimerControl.HypervisorVirtual.Compare, (3, 4, 14, 3, 2), Needs("FEAT_VHE")),
        Of(TimerControl.HypervisorVirtual.Value, (3, 4, 14, 3, 0), Needs("FEAT_VHE")),

        Of(TimerControl.SecurePhysical, (3, 7, 14, 2, 1), s_secureTimer),
        Of(TimerControl.SecurePhysical.Compare, (3, 7, 14, 2, 2), s_secureTimer),
        Of(TimerControl.SecurePhysical.Value, (3, 7, 14, 2, 0), s_secureTimer),
    ];

    /// <summary>EL0 needs one of some bits of CNTKCTL_EL1, or of CNTHCTL_EL2 under Host0; their places are the same.</summary>
    private static AccessRule El0(ulong anyOf) => Together(
        Traps(1, Levels.EL0, Situation.None, Situation.Host0, Slots.CNTKCTL_EL1, anyOf, 0),
        Traps(2, Levels.EL0, Situation.Host0, Situation.None, Slots.CNTHCTL_EL2, anyOf, 0));

    /// <summary>A bit of CNTHCTL_EL2 that opens to EL1 and EL0, in its two layouts; none under Host0.</summary>
    private static AccessRule GuestNeeds(ulong e2h0, ulong e2h1) => Together(
        TrapsTo2(BelowEl2, Situation.El2Enabled, Situation.Host2, Slots.CNTHCTL_EL2, e2h0, 0),
        TrapsTo2(BelowEl2, Situation.Host2, Situation.Host0, Slots.CNTHCTL_EL2, e2h1, 0));

    private static AccessRule GuestTrap(ulong bit) =>
        TrapsTo2(BelowEl2, Situation.El2Enabled, Situation.Host0, Slots.CNTHCTL_EL2, bit, bit);
}

/// <summary>CNTFRQ_EL0: only the highest implemented level writes it (TM-010).</summary>
internal sealed class Frequency() : SysReg("CNTFRQ_EL0", "31:0", reset: SystemCounter.TicksPerSecond)
{
    internal override void Write(Core core, ulong value)
    {
        if (core.Pstate.EL == core.HighestLevel)
        {
            Set(core, value);
        }
        else
        {
            Raise.Undefined(core);
        }
    }
}

/// <summary>A view of the system counter.</summary>
internal sealed class Count(string name, Func<Core, ulong> count) : SysReg(name)
{
    internal override ulong Get(Core core) => count(core);

    internal override void Set(Core core, ulong value)
    {
        // Read-only at every level (TM-009).
    }
}
