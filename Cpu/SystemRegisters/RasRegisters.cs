using Conformance.Cpu.Exceptions;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Error records and deferred errors (FEAT_RAS). The PE has one record, which never records anything by itself.</summary>
/// <remarks>Source: DDI 0601, 2025-03.</remarks>
internal static class RasRegisters
{
    private static readonly AccessRule s_record = Together(
        Needs("FEAT_RAS"), HcrTrap(Hcr.TERR), ScrTrap(Scr.TERR), ScrTrap(Scr.TWERR, Directions.Write));

    private static readonly AccessRule s_misc = Together(s_record, Hfg(45));

    private static readonly AccessRule s_fault = Together(Needs("FEAT_RASv1p1"), HcrOpens(Hcr.FIEN), ScrOpens(Scr.FIEN));

    internal static readonly Declaration[] All =
    [
        Of(new Identity("ERRIDR_EL1", static _ => 1), (3, 0, 5, 3, 0), ReadOnly, s_record, Hfg(40)),
        Reg("ERRSELR_EL1",   (3, 0, 5, 3, 1), "15:0", s_record, Hfg(41)),
        Reg("ERXFR_EL1",     (3, 0, 5, 4, 0), "63:0", ReadOnly, s_record, Hfg(42)),
        Reg("ERXCTLR_EL1",   (3, 0, 5, 4, 1), "63:0", s_record, Hfg(43)),
        Reg("ERXSTATUS_EL1", (3, 0, 5, 4, 2), "63:0", s_record, Hfg(44)),
        Reg("ERXADDR_EL1",   (3, 0, 5, 4, 3), "63:0", s_record, Hfg(49)),
        Reg("ERXPFGF_EL1",   (3, 0, 5, 4, 4), "63:0", ReadOnly, s_fault, Hfg(46)),
        Reg("ERXPFGCTL_EL1", (3, 0, 5, 4, 5), "63:0", s_fault, Hfg(47)),
        Reg("ERXPFGCDN_EL1", (3, 0, 5, 4, 6), "63:0", s_fault, Hfg(48)),
        Reg("ERXMISC0_EL1",  (3, 0, 5, 5, 0), "63:0", s_misc),
        Reg("ERXMISC1_EL1",  (3, 0, 5, 5, 1), "63:0", s_misc),
        Reg("ERXMISC2_EL1",  (3, 0, 5, 5, 2), "63:0", s_misc, Needs("FEAT_RASv1p1")),
        Reg("ERXMISC3_EL1",  (3, 0, 5, 5, 3), "63:0", s_misc, Needs("FEAT_RASv1p1")),
        Of(new DeferredInterruptStatus(), (3, 0, 12, 1, 1), Needs("FEAT_RAS")),
        Reg("VDISR_EL2", (3, 4, 12, 1, 1), "31 24:0", Slots.VDISR_EL2, Needs("FEAT_RAS"), Vncr(0x500)),
        Reg("VSESR_EL2", (3, 4, 5, 2, 3), "24:0", Slots.VSESR_EL2, Needs("FEAT_RAS"), Vncr(0x508)),
    ];
}

/// <summary>DISR_EL1: EL1 gets VDISR_EL2 when HCR_EL2.AMO is 1; while SCR_EL3.EA is 1 it is RAZ/WI below EL3.</summary>
internal sealed class DeferredInterruptStatus() : SysReg("DISR_EL1", "31 24:0", Slots.DISR_EL1)
{
    internal override ulong Read(Core core) =>
        ToVirtual(core) ? core.System[Slots.VDISR_EL2] : Closed(core) ? 0 : Get(core);

    internal override void Write(Core core, ulong value)
    {
        if (ToVirtual(core))
        {
            core.System[Slots.VDISR_EL2] = core.Model.Legal(Slots.VDISR_EL2, value);
        }
        else if (!Closed(core))
        {
            Set(core, value);
        }
    }

    private static bool ToVirtual(Core core) =>
        core.Pstate.EL == 1 && (EffectiveControls.HypervisorControls(core) & Hcr.AMO) != 0;

    private static bool Closed(Core core) => core.Pstate.EL < 3 && Routing.MonitorTakesExternalAborts(core);
}
