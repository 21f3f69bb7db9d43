using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Software thread IDs and software context numbers.</summary>
/// <remarks>Source: DDI 0601, 2025-03.</remarks>
internal static class ThreadRegisters
{
    private static readonly AccessRule s_context = Together(Needs("FEAT_CSV2_2"), ScrOpens(Scr.EnSCXT));

    internal static readonly Declaration[] All =
    [
        Reg("TPIDR_EL0",   (3, 3, 13, 0, 2), "63:0", Hfg(35)),
        Reg("TPIDRRO_EL0", (3, 3, 13, 0, 3), "63:0", El0ReadOnly, Hfg(34)),
        Reg("TPIDR_EL1",   (3, 0, 13, 0, 4), "63:0", Hfg(33)),
        Reg("TPIDR_EL2",   (3, 4, 13, 0, 2), "63:0", Slots.TPIDR_EL2, Vncr(0x090)),
        Reg("TPIDR_EL3",   (3, 6, 13, 0, 2), "63:0"),
        Reg("SCXTNUM_EL0", (3, 3, 13, 0, 7), "63:0", s_context, El0Needs(Sctlr.TSCXT, set: false), HcrOpens(Hcr.EnSCXT), Hfg(31)),
        Reg("SCXTNUM_EL1", (3, 0, 13, 0, 7), "63:0",
            s_context, Nv1Traps, HcrOpens(Hcr.EnSCXT), Hfg(30), Host("SCXTNUM_EL2"), Vncr(0x188), El12),
        Reg("SCXTNUM_EL2", (3, 4, 13, 0, 7), "63:0", s_context),
        Reg("SCXTNUM_EL3", (3, 6, 13, 0, 7), "63:0", Needs("FEAT_CSV2_2")),
    ];
}
