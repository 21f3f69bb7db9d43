using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Registers that configure the PE and route or trap what lower levels do.</summary>
/// <remarks>Source: DDI 0601, 2025-03: encodings, fields, traps; tables.json vncr: offsets.</remarks>
internal static class ControlRegisters
{
    private const string SctlrBits =
        "62:61@FEAT_NMI 49:45@FEAT_TWED 44@FEAT_SSBS 36:35@FEAT_BTI 31:30@FEAT_PAuth 29:28=1 27@FEAT_PAuth 26:24 23@FEAT_PAN 23=1@!FEAT_PAN 22=1 20@FEAT_CSV2_2 20=1@!FEAT_CSV2_2 19:18 16:14"
        + " 13@FEAT_PAuth 12 11=1 10@FEAT_SPECRES 9 8:7=1 6@FEAT_LSE2 4:0";

    // The E2H = 0 and E2H = 1 layouts together: what is RES0 or RES1 in one of them keeps what is written.
    private const string SctlrEl2Bits =
        "62:61@FEAT_NMI 49:45@FEAT_TWED 44@FEAT_SSBS 36:35@FEAT_BTI 31:30@FEAT_PAuth 29:28=1 27@FEAT_PAuth 26:24 23@FEAT_PAN 23=1@!FEAT_PAN 22=1 20:18 16:14 13@FEAT_PAuth"
        + " 12 11=1 10@FEAT_SPECRES 8:7 6@FEAT_LSE2 5:0";

    private const string SctlrEl3Bits =
        "62:61@FEAT_NMI 44@FEAT_SSBS 36@FEAT_BTI 31:30@FEAT_PAuth 29:28=1 27@FEAT_PAuth 25 23:22=1 19 18=1 16=1 13@FEAT_PAuth 12 11=1 6@FEAT_LSE2 5:4=1 3:0";

    private const string HcrBits =
        "63:59@FEAT_TWED 55:54@FEAT_EVT 53@FEAT_CSV2_2 52@FEAT_EVT 50:49@FEAT_EVT 47@FEAT_RASv1p1 46@FEAT_S2FWB 45@FEAT_NV2"
        + " 44:42@FEAT_NV|FEAT_NV2 41:40@FEAT_PAuth 37:36@FEAT_RAS 35@FEAT_LOR 34@FEAT_VHE 33:32 31=1 30 29@!FEAT_AA64EL3 28:16 14:0";

    private const string ScrBits =
        "52@FEAT_RASv2 38@FEAT_HCX 33:29@FEAT_TWED 28@FEAT_ECV_POFF 27@FEAT_FGT 25@FEAT_CSV2_2 21@FEAT_RASv1p1 20:19@FEAT_DoubleFault 18@FEAT_SEL2"
        + " 17:16@FEAT_PAuth 15@FEAT_RAS 14@FEAT_LOR 13:11 10=1 9:7 5:4=1 3:0";

    private const string HfgrBits =
        "49@FEAT_RAS 48:46@FEAT_RASv1p1 45:40@FEAT_RAS 39@FEAT_GICv3 38:32 31:30@FEAT_CSV2_2 29:24 23:19@FEAT_LOR 18:9"
        + " 8:4@FEAT_PAuth 3:0";

    private const string HfgwBits =
        "49@FEAT_RAS 48:47@FEAT_RASv1p1 45:43@FEAT_RAS 41@FEAT_RAS 39@FEAT_GICv3 38:32 31:30@FEAT_CSV2_2 29 27 24 23:22@FEAT_LOR"
        + " 20:19@FEAT_LOR 17:16 13:11 8:4@FEAT_PAuth 3 1:0";

    private const string HfgiBits =
        "54:51 50:48@FEAT_SPECRES 47:42 41:34@FEAT_TLBIRANGE 33:28 27:18@FEAT_TLBIOS 17:16@FEAT_PAN2 15:10 9@FEAT_DPB2 8:0";

    private const string HdfgrBits = "58:57@FEAT_PMUv3 22@FEAT_PMUv3 19:12@FEAT_PMUv3 11@FEAT_DoubleLock 10:9 7:0";
    private const string HdfgwBits = "57@FEAT_PMUv3 21:12@FEAT_PMUv3 11@FEAT_DoubleLock 10 8:7 5:0";

    private const string Mdcr2Bits =
        "27@FEAT_FGT 26@FEAT_PMUv3p5 23@FEAT_PMUv3p5 17@FEAT_PMUv3p1 11:8 7:0@FEAT_PMUv3";

    private const string Mdcr3Bits = "27@FEAT_FGT 23@FEAT_PMUv3p5 21:20 18:14 10:9 6@FEAT_PMUv3";

    internal static readonly Declaration[] All =
    [
        Reg("SCTLR_EL1",   (3, 0, 1, 0, 0), SctlrBits, Slots.SCTLR_EL1, Vm, Hfg(29), Host("SCTLR_EL2"), Vncr(0x110), El12),
        Reg("SCTLR_EL2",   (3, 4, 1, 0, 0), SctlrEl2Bits, Slots.SCTLR_EL2),
        Reg("SCTLR_EL3",   (3, 6, 1, 0, 0), SctlrEl3Bits, Slots.SCTLR_EL3),
        Reg("ACTLR_EL1",   (3, 0, 1, 0, 1), "63:0", HcrTrap(Hcr.TACR), VncrWhateverNv1(0x118)),
        Reg("ACTLR_EL2",   (3, 4, 1, 0, 1), "63:0"),
        Reg("ACTLR_EL3",   (3, 6, 1, 0, 1), "63:0"),
        Reg("CPACR_EL1",   (3, 0, 1, 0, 2), "21:20", Slots.CPACR_EL1,
            Tcpac2, Hfg(12), Tcpac3, Host("CPTR_EL2"), Vncr(0x100), El12),
        Reg("CPTR_EL2",    (3, 4, 1, 1, 2), "31 21:20 13:12 10:0", Slots.CPTR_EL2, Tcpac3),
        Reg("CPTR_EL3",    (3, 6, 1, 1, 2), "31 10", Slots.CPTR_EL3),
        Reg("HCR_EL2",     (3, 4, 1, 1, 0), HcrBits, Slots.HCR_EL2, Vncr(0x078)),
        Of(new LineControl("HCRX_EL2", Slots.HCRX_EL2, static (c, v) => c.Model.Legal(Slots.HCRX_EL2, v), "8:6@FEAT_NMI"),
            (3, 4, 1, 2, 2), Needs("FEAT_HCX"), ScrOpens(Scr.HXEn), Vncr(0x0a0)),
        Reg("SCR_EL3",     (3, 6, 1, 1, 0), ScrBits, Slots.SCR_EL3),
        Reg("MDCR_EL2",    (3, 4, 1, 1, 1), Mdcr2Bits, Slots.MDCR_EL2, Mdcr3Trap(Mdcr3.TDA)),
        Reg("MDCR_EL3",    (3, 6, 1, 3, 1), Mdcr3Bits, Slots.MDCR_EL3),
        Reg("HSTR_EL2",    (3, 4, 1, 1, 3), "", Vncr(0x080)),
        Reg("HACR_EL2",    (3, 4, 1, 1, 7), "63:0"),
        Reg("HFGRTR_EL2",  (3, 4, 1, 1, 4), HfgrBits, Slots.HFGRTR_EL2, Needs("FEAT_FGT"), ScrOpens(Scr.FGTEn), Vncr(0x1b8)),
        Reg("HFGWTR_EL2",  (3, 4, 1, 1, 5), HfgwBits, Slots.HFGWTR_EL2, Needs("FEAT_FGT"), ScrOpens(Scr.FGTEn), Vncr(0x1c0)),
        Reg("HFGITR_EL2",  (3, 4, 1, 1, 6), HfgiBits, Slots.HFGITR_EL2, Needs("FEAT_FGT"), ScrOpens(Scr.FGTEn), Vncr(0x1c8)),
        Reg("HDFGRTR_EL2", (3, 4, 3, 1, 4), HdfgrBits, Slots.HDFGRTR_EL2, Needs("FEAT_FGT"), ScrOpens(Scr.FGTEn), Vncr(0x1d0)),
        Reg("HDFGWTR_EL2", (3, 4, 3, 1, 5), HdfgwBits, Slots.HDFGWTR_EL2, Needs("FEAT_FGT"), ScrOpens(Scr.FGTEn), Vncr(0x1d8)),
        Reg("VNCR_EL2",    (3, 4, 2, 2, 0), "63:12", Slots.VNCR_EL2, Needs("FEAT_NV2"), Vncr(0x0b0)),
    ];
}
