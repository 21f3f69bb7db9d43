namespace Conformance.Cpu.SystemRegisters;

/// <summary>Fixed places in <see cref="Core.System"/> of the registers that the machine itself reads while it runs.</summary>
/// <remarks>Every other register gets the next free place when it is declared.</remarks>
internal static class Slots
{
    // What the run loop and memory accesses remember between instructions; a write makes them look again.
    internal const int HCR_EL2 = 0;
    internal const int SCR_EL3 = 1;
    internal const int SCTLR_EL1 = 2;
    internal const int SCTLR_EL2 = 3;
    internal const int SCTLR_EL3 = 4;
    internal const int TCR_EL1 = 5;
    internal const int TCR_EL2 = 6;
    internal const int TCR_EL3 = 7;
    internal const int TTBR0_EL1 = 8;
    internal const int TTBR1_EL1 = 9;
    internal const int TTBR0_EL2 = 10;
    internal const int TTBR1_EL2 = 11;
    internal const int TTBR0_EL3 = 12;
    internal const int VTCR_EL2 = 13;
    internal const int VTTBR_EL2 = 14;
    internal const int MDSCR_EL1 = 15;
    internal const int MAIR_EL1 = 16;
    internal const int MAIR_EL2 = 17;
    internal const int MAIR_EL3 = 18;

    /// <summary>The last of the registers whose writes call <see cref="Core.ContextChanged"/>.</summary>
    internal const int LastOfContext = MAIR_EL3;

    // What is looked up each time. Registers with one instance at each of EL1, EL2, EL3 stand in that order.
    internal const int CPACR_EL1 = 19;
    internal const int CPTR_EL2 = 20;
    internal const int CPTR_EL3 = 21;
    internal const int MDCR_EL2 = 22;
    internal const int MDCR_EL3 = 23;
    internal const int VBAR_EL1 = 24;
    internal const int VBAR_EL2 = 25;
    internal const int VBAR_EL3 = 26;
    internal const int SPSR_EL1 = 27;
    internal const int SPSR_EL2 = 28;
    internal const int SPSR_EL3 = 29;
    internal const int ELR_EL1 = 30;
    internal const int ELR_EL2 = 31;
    internal const int ELR_EL3 = 32;
    internal const int ESR_EL1 = 33;
    internal const int ESR_EL2 = 34;
    internal const int ESR_EL3 = 35;
    internal const int FAR_EL1 = 36;
    internal const int FAR_EL2 = 37;
    internal const int FAR_EL3 = 38;
    internal const int HFGRTR_EL2 = 39;
    internal const int HFGWTR_EL2 = 40;
    internal const int HFGITR_EL2 = 41;
    internal const int HDFGRTR_EL2 = 42;
    internal const int HDFGWTR_EL2 = 43;
    internal const int VNCR_EL2 = 44;
    internal const int CNTHCTL_EL2 = 45;
    internal const int CNTKCTL_EL1 = 46;
    internal const int CNTVOFF_EL2 = 47;
    internal const int CNTPOFF_EL2 = 48;
    internal const int OSLSR_EL1 = 49;
    internal const int PMUSERENR_EL0 = 50;
    internal const int PMSELR_EL0 = 51;
    internal const int ICC_SRE_EL1 = 52;
    internal const int ICC_SRE_EL2 = 53;
    internal const int ICC_SRE_EL3 = 54;
    internal const int ICH_HCR_EL2 = 55;
    internal const int HPFAR_EL2 = 56;
    internal const int PAR_EL1 = 57;
    internal const int DISR_EL1 = 58;
    internal const int VDISR_EL2 = 59;
    internal const int VSESR_EL2 = 60;
    internal const int FPCR = 61;
    internal const int FPSR = 62;
    internal const int CONTEXTIDR_EL2 = 63;
    internal const int TPIDR_EL2 = 64;
    internal const int APIAKeyLo_EL1 = 65; // the ten halves follow in the order IA, IB, DA, DB, GA, low half first

    // The state of the GIC's CPU interfaces; arrays take the places behind their first register.
    internal const int ICH_VMCR_EL2 = 75;
    internal const int ICH_AP0R0_EL2 = 76;
    internal const int ICH_AP1R0_EL2 = 80;
    internal const int ICH_LR0_EL2 = 84;
    internal const int ICC_AP0R0_EL1 = 100;
    internal const int ICC_AP1R0_EL1 = 104;
    internal const int ICC_PMR_EL1 = 108;
    internal const int ICC_BPR0_EL1 = 109;
    internal const int ICC_BPR1_EL1 = 110;
    internal const int ICC_CTLR_EL1 = 111;
    internal const int ICC_IGRPEN0_EL1 = 112;
    internal const int ICC_IGRPEN1_EL1 = 113;

    internal const int ICC_CTLR_EL3 = 114;

    internal const int HCRX_EL2 = 115;

    /// <summary>The first place that is handed out in turn.</summary>
    internal const int FirstFree = 116;
}
