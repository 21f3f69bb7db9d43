using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Registers of the translation regimes, of stage 2, and of limited ordering regions.</summary>
/// <remarks>Source: DDI 0601, 2025-03.</remarks>
internal static class TranslationRegisters
{
    private const string Ttbr = "63:1 0@FEAT_TTCNP";

    private const string TwoRangeTcr =
        "59 52:51@FEAT_PAuth 50:43@FEAT_HPDS2 42:41@FEAT_HPDS 40:39@FEAT_HAFDBS 38:36 34:7 5:0";

    private const string OneRangeTcr =
        "32 31=1 29@FEAT_PAuth 28:25@FEAT_HPDS2 24@FEAT_HPDS 23=1 22:21@FEAT_HAFDBS 20 18:8 5:0";

    private const string Vtcr = "31=1 28:25@FEAT_HPDS2 22:21@FEAT_HAFDBS 19@FEAT_VMID16 18:8 7:6 5:0";

    private static readonly AccessRule s_lor = Together(
        Needs("FEAT_LOR"), HcrTrap(Hcr.TLOR), ScrTrap(Scr.TLOR));

    private static readonly AccessRule s_lorConfiguration = Together(s_lor, Undefined(Situation.Secure));

    internal static readonly Declaration[] All =
    [
        Reg("TTBR0_EL1", (3, 0, 2, 0, 0), Ttbr, Slots.TTBR0_EL1, Vm, Hfg(36), Host("TTBR0_EL2"), Vncr(0x200), El12),
        Reg("TTBR1_EL1", (3, 0, 2, 0, 1), Ttbr, Slots.TTBR1_EL1, Vm, Hfg(37), Host("TTBR1_EL2"), Vncr(0x210), El12),
        Reg("TTBR0_EL2", (3, 4, 2, 0, 0), "63:48@FEAT_VHE 47:1 0@FEAT_TTCNP", Slots.TTBR0_EL2),
        Reg("TTBR1_EL2", (3, 4, 2, 0, 1), Ttbr, Slots.TTBR1_EL2, Needs("FEAT_VHE")),
        Reg("TTBR0_EL3", (3, 6, 2, 0, 0), "47:1 0@FEAT_TTCNP", Slots.TTBR0_EL3),
        Reg("TCR_EL1",   (3, 0, 2, 0, 2), TwoRangeTcr, Slots.TCR_EL1, Vm, Hfg(32), Host("TCR_EL2"), Vncr(0x120), El12),
        Reg("TCR_EL2",   (3, 4, 2, 0, 2), TwoRangeTcr, Slots.TCR_EL2),
        Reg("TCR_EL3",   (3, 6, 2, 0, 2), OneRangeTcr, Slots.TCR_EL3),
        Reg("MAIR_EL1",  (3, 0, 10, 2, 0), "63:0", Slots.MAIR_EL1, Vm, Hfg(24), Host("MAIR_EL2"), Vncr(0x140), El12),
        Reg("MAIR_EL2",  (3, 4, 10, 2, 0), "63:0", Slots.MAIR_EL2),
        Reg("MAIR_EL3",  (3, 6, 10, 2, 0), "63:0", Slots.MAIR_EL3),
        Reg("AMAIR_EL1", (3, 0, 10, 3, 0), "63:0", Vm, Hfg(3), Host("AMAIR_EL2"), Vncr(0x148), El12),
        Reg("AMAIR_EL2", (3, 4, 10, 3, 0), "63:0"),
        Reg("AMAIR_EL3", (3, 6, 10, 3, 0), "63:0"),
        Reg("CONTEXTIDR_EL1", (3, 0, 13, 0, 1), "31:0", Vm, Hfg(11), Host("CONTEXTIDR_EL2"), Vncr(0x108), El12),
        Reg("CONTEXTIDR_EL2", (3, 4, 13, 0, 1), "31:0", Slots.CONTEXTIDR_EL2, Needs("FEAT_VHE")),
        Reg("VTTBR_EL2", (3, 4, 2, 1, 0), Ttbr, Slots.VTTBR_EL2, Vncr(0x020)),
        Reg("VTCR_EL2",  (3, 4, 2, 1, 2), Vtcr, Slots.VTCR_EL2, Vncr(0x040)),
        Reg("PAR_EL1",   (3, 0, 7, 4, 0), "63:0", Slots.PAR_EL1, Hfg(27)),
        // LORID_EL1 says that there are no LORegions, so that the others are RES0.
        Reg("LORSA_EL1", (3, 0, 10, 4, 0), "", s_lorConfiguration, Hfg(23)),
        Reg("LOREA_EL1", (3, 0, 10, 4, 1), "", s_lorConfiguration, Hfg(20)),
        Reg("LORN_EL1",  (3, 0, 10, 4, 2), "", s_lorConfiguration, Hfg(22)),
        Reg("LORC_EL1",  (3, 0, 10, 4, 3), "", s_lorConfiguration, Hfg(19)),
        Reg("LORID_EL1", (3, 0, 10, 4, 7), "", ReadOnly, s_lor, Hfg(21)),
    ];
}
