using Conformance.Cpu.Features;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Self-hosted debug, the OS Lock, and the debug communications channel with nobody at its other end.</summary>
/// <remarks>Source: DDI 0601, 2025-03; EX-188.</remarks>
internal static class DebugRegisters
{
    private static readonly AccessRule s_debug = Debug(Mdcr2.TDA, Mdcr3.TDA);
    private static readonly AccessRule s_osLock = Debug(Mdcr2.TDOSA, Mdcr3.TDOSA);

    /// <summary>Debug communications channel: TDCC of FEAT_FGT besides TDA.</summary>
    private static readonly AccessRule s_channel = Together(MdcrTrap(Mdcr2.TDCC), Mdcr3Trap(Mdcr3.TDCC), s_debug);

    internal static readonly Declaration[] All =
    [
        Reg("MDSCR_EL1", (2, 0, 0, 2, 2), "30:29 27:26 23:21 15:12 6 0", Slots.MDSCR_EL1,
            Hdfg(4), s_debug, VncrWhateverNv1(0x158)),
        Reg("MDCCINT_EL1", (2, 0, 0, 2, 0), "30:29", s_channel),
        Reg("OSDTRRX_EL1", (2, 0, 0, 0, 2), "31:0", s_channel),
        Reg("OSDTRTX_EL1", (2, 0, 0, 3, 2), "31:0", s_channel),
        Of(new EmergencyCode(), (2, 0, 0, 6, 2), Hdfg(10), s_debug),
        Of(new Identity("MDRAR_EL1", static _ => 0), (2, 0, 1, 0, 0), ReadOnly, Debug(Mdcr2.TDRA, Mdcr3.TDA)),
        Of(new OsLockAccess(), (2, 0, 1, 0, 4), WriteOnly, Hdfg(8), s_osLock),
        Of(new OsLockStatus(), (2, 0, 1, 1, 4), ReadOnly, Hdfg(9), s_osLock),
        Reg("OSDLR_EL1", (2, 0, 1, 3, 4), "0@FEAT_DoubleLock"),
        Reg("DBGPRCR_EL1", (2, 0, 1, 4, 4), "0", Hdfg(7), s_osLock),
        Of(ClaimTags.Setting, (2, 0, 7, 8, 6), Hdfg(5), s_debug),
        Of(ClaimTags.Clearing, (2, 0, 7, 9, 6), Hdfg(5), s_debug),
        Of(new Identity("DBGAUTHSTATUS_EL1", static _ => 0xee), (2, 0, 7, 14, 6), ReadOnly, Hdfg(6), s_debug),
        Reg("MDCCSR_EL0", (2, 3, 0, 1, 0), "", ReadOnly, El0Tdcc, s_channel),
        Reg("DBGDTR_EL0", (2, 3, 0, 4, 0), "63:0", El0Tdcc, s_channel),
        Reg("DBGDTRRX_EL0", (2, 3, 0, 5, 0), "31:0", ReadOnly, El0Tdcc, s_channel),
        Reg("DBGDTRTX_EL0", (2, 3, 0, 5, 0), "31:0", WriteOnly, El0Tdcc, s_channel),
        .. Range(IdentificationValues.Breakpoints, static n =>
            Reg($"DBGBVR{n}_EL1", (2, 0, 0, n, 4), "63:0", Hdfg(1), s_debug)),
        .. Range(IdentificationValues.Breakpoints, static n =>
            Reg($"DBGBCR{n}_EL1", (2, 0, 0, n, 5), "23:13 8:5=1 2:0", Hdfg(0), s_debug)),
        .. Range(IdentificationValues.Watchpoints, static n =>
            Reg($"DBGWVR{n}_EL1", (2, 0, 0, n, 6), "63:2", Hdfg(3), s_debug)),
        .. Range(IdentificationValues.Watchpoints, static n =>
            Reg($"DBGWCR{n}_EL1", (2, 0, 0, n, 7), "28:24 20:0", Hdfg(2), s_debug)),
    ];

    private static IEnumerable<Declaration> Range(int count, Func<int, Declaration> declare) =>
        Enumerable.Range(0, count).Select(declare);
}

/// <summary>OSLAR_EL1: its bit 0 becomes OSLSR_EL1.OSLK.</summary>
internal sealed class OsLockAccess() : SysReg("OSLAR_EL1", "0")
{
    internal override void Set(Core core, ulong value) =>
        core.System[Slots.OSLSR_EL1] = (core.System[Slots.OSLSR_EL1] & ~OsLockStatus.Locked) | ((value & 1) << 1);
}

/// <summary>OSLSR_EL1: OSLM says that the lock is there; a cold reset locks it.</summary>
internal sealed class OsLockStatus() : SysReg("OSLSR_EL1", "3 1", Slots.OSLSR_EL1, reset: Implemented | Locked)
{
    internal const ulong Locked = 1 << 1;
    private const ulong Implemented = 1 << 3;
}

/// <summary>OSECCR_EL1: there only while the OS Lock is closed; else a write is ignored and a read UNKNOWN (0).</summary>
internal sealed class EmergencyCode() : SysReg("OSECCR_EL1", "31:0")
{
    internal override ulong Read(Core core) => IsLocked(core) ? Get(core) : 0;

    internal override void Write(Core core, ulong value)
    {
        if (IsLocked(core))
        {
            Set(core, value);
        }
    }

    private static bool IsLocked(Core core) => (core.System[Slots.OSLSR_EL1] & OsLockStatus.Locked) != 0;
}

/// <summary>The CLAIM tags through their two registers: writing ones sets or clears; SET reads as all implemented tags.</summary>
internal sealed class ClaimTags : SysReg
{
    private const ulong Implemented = 0xff;
    private static readonly int s_tags = new SysReg("DBGCLAIM tags", "7:0").Slot;
    private readonly bool _sets;

    private ClaimTags(string name, bool sets)
        : base(name, "")
    {
        _sets = sets;
    }

    internal static ClaimTags Setting { get; } = new("DBGCLAIMSET_EL1", sets: true);

    internal static ClaimTags Clearing { get; } = new("DBGCLAIMCLR_EL1", sets: false);

    internal override ulong Read(Core core) => _sets ? Implemented : core.System[s_tags];

    internal override void Write(Core core, ulong value) => core.System[s_tags] =
        _sets ? core.System[s_tags] | (value & Implemented) : core.System[s_tags] & ~value;
}
