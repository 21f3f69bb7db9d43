namespace Conformance.Cpu.SystemRegisters;

// A bit of a control register has a name here once some rule of the model reads it. Source: DDI 0601, the register's page.

/// <summary>HCR_EL2.</summary>
internal static class Hcr
{
    internal const ulong VM = 1UL << 0;
    internal const ulong PTW = 1UL << 2;
    internal const ulong FMO = 1UL << 3;
    internal const ulong IMO = 1UL << 4;
    internal const ulong AMO = 1UL << 5;
    internal const ulong VF = 1UL << 6;
    internal const ulong VI = 1UL << 7;
    internal const ulong VSE = 1UL << 8;
    internal const ulong FB = 1UL << 9;
    internal const ulong DC = 1UL << 12;
    internal const ulong TWI = 1UL << 13;
    internal const ulong TWE = 1UL << 14;
    internal const ulong TID1 = 1UL << 16;
    internal const ulong TID2 = 1UL << 17;
    internal const ulong TID3 = 1UL << 18;
    internal const ulong TSC = 1UL << 19;
    internal const ulong TIDCP = 1UL << 20;
    internal const ulong TACR = 1UL << 21;
    internal const ulong TSW = 1UL << 22;
    internal const ulong TPCP = 1UL << 23;
    internal const ulong TPU = 1UL << 24;
    internal const ulong TTLB = 1UL << 25;
    internal const ulong TVM = 1UL << 26;
    internal const ulong TGE = 1UL << 27;
    internal const ulong TDZ = 1UL << 28;
    internal const ulong HCD = 1UL << 29;
    internal const ulong TRVM = 1UL << 30;
    internal const ulong RW = 1UL << 31;
    internal const ulong CD = 1UL << 32;
    internal const ulong E2H = 1UL << 34;
    internal const ulong TLOR = 1UL << 35;
    internal const ulong TERR = 1UL << 36;
    internal const ulong TEA = 1UL << 37;
    internal const ulong APK = 1UL << 40;
    internal const ulong API = 1UL << 41;
    internal const ulong NV = 1UL << 42;
    internal const ulong NV1 = 1UL << 43;
    internal const ulong AT = 1UL << 44;
    internal const ulong NV2 = 1UL << 45;
    internal const ulong FWB = 1UL << 46;
    internal const ulong FIEN = 1UL << 47;
    internal const ulong TID4 = 1UL << 49;
    internal const ulong TICAB = 1UL << 50;
    internal const ulong TOCU = 1UL << 52;
    internal const ulong EnSCXT = 1UL << 53;
    internal const ulong TTLBIS = 1UL << 54;
    internal const ulong TTLBOS = 1UL << 55;
}

/// <summary>HCRX_EL2.</summary>
internal static class Hcrx
{
    internal const ulong TALLINT = 1UL << 6;
    internal const ulong VINMI = 1UL << 7;
    internal const ulong VFNMI = 1UL << 8;
}

/// <summary>SCR_EL3.</summary>
internal static class Scr
{
    internal const ulong NS = 1UL << 0;
    internal const ulong IRQ = 1UL << 1;
    internal const ulong FIQ = 1UL << 2;
    internal const ulong EA = 1UL << 3;
    internal const ulong SMD = 1UL << 7;
    internal const ulong HCE = 1UL << 8;
    internal const ulong SIF = 1UL << 9;
    internal const ulong ST = 1UL << 11;
    internal const ulong TWI = 1UL << 12;
    internal const ulong TWE = 1UL << 13;
    internal const ulong TLOR = 1UL << 14;
    internal const ulong TERR = 1UL << 15;
    internal const ulong APK = 1UL << 16;
    internal const ulong API = 1UL << 17;
    internal const ulong EEL2 = 1UL << 18;
    internal const ulong EASE = 1UL << 19;
    internal const ulong NMEA = 1UL << 20;
    internal const ulong FIEN = 1UL << 21;
    internal const ulong EnSCXT = 1UL << 25;
    internal const ulong FGTEn = 1UL << 27;
    internal const ulong ECVEn = 1UL << 28;
    internal const ulong HXEn = 1UL << 38;
    internal const ulong TWERR = 1UL << 52;
}

/// <summary>SCTLR_ELx; a bit has the same place at every level that has it.</summary>
internal static class Sctlr
{
    internal const ulong M = 1UL << 0;
    internal const ulong A = 1UL << 1;
    internal const ulong C = 1UL << 2;
    internal const ulong SA = 1UL << 3;
    internal const ulong SA0 = 1UL << 4;
    internal const ulong nAA = 1UL << 6;
    internal const ulong UMA = 1UL << 9;
    internal const ulong EnRCTX = 1UL << 10;
    internal const ulong EnDB = 1UL << 13;
    internal const ulong DZE = 1UL << 14;
    internal const ulong UCT = 1UL << 15;
    internal const ulong nTWI = 1UL << 16;
    internal const ulong nTWE = 1UL << 18;
    internal const ulong WXN = 1UL << 19;
    internal const ulong TSCXT = 1UL << 20;
    internal const ulong SPAN = 1UL << 23;
    internal const ulong E0E = 1UL << 24;
    internal const ulong EE = 1UL << 25;
    internal const ulong UCI = 1UL << 26;
    internal const ulong EnDA = 1UL << 27;
    internal const ulong EnIB = 1UL << 30;
    internal const ulong EnIA = 1UL << 31;
    internal const ulong BT0 = 1UL << 35;
    internal const ulong BT1 = 1UL << 36;
    internal const ulong DSSBS = 1UL << 44;
    internal const ulong NMI = 1UL << 61;
    internal const ulong SPINTMASK = 1UL << 62;
}

/// <summary>CPTR_EL2, CPTR_EL3 and CPACR_EL1.</summary>
internal static class Cptr
{
    /// <summary>CPTR_EL2 with E2H = 0, CPTR_EL3.</summary>
    internal const ulong TFP = 1UL << 10;

    /// <summary>CPACR_EL1, CPTR_EL2 with E2H = 1: two bits.</summary>
    internal const int FPEN = 20;

    internal const ulong TCPAC = 1UL << 31;
}

/// <summary>MDCR_EL2.</summary>
internal static class Mdcr2
{
    internal const ulong HPMN = 0x1f;
    internal const ulong TPMCR = 1UL << 5;
    internal const ulong TPM = 1UL << 6;
    internal const ulong TDE = 1UL << 8;
    internal const ulong TDA = 1UL << 9;
    internal const ulong TDOSA = 1UL << 10;
    internal const ulong TDRA = 1UL << 11;
    internal const ulong TDCC = 1UL << 27;
}

/// <summary>MDCR_EL3.</summary>
internal static class Mdcr3
{
    internal const ulong TPM = 1UL << 6;
    internal const ulong TDA = 1UL << 9;
    internal const ulong TDOSA = 1UL << 10;
    internal const ulong SDD = 1UL << 16;
    internal const ulong TDCC = 1UL << 27;
}

/// <summary>MDSCR_EL1.</summary>
internal static class Mdscr
{
    internal const ulong SS = 1UL << 0;
    internal const ulong TDCC = 1UL << 12;
    internal const ulong KDE = 1UL << 13;
    internal const ulong MDE = 1UL << 15;
}

/// <summary>CNTHCTL_EL2 and CNTKCTL_EL1. Bits 0, 1, 8 and 9 mean other things in CNTHCTL_EL2 when E2H is 0.</summary>
internal static class Cnthctl
{
    /// <summary>CNTHCTL_EL2 with E2H = 0.</summary>
    internal const ulong EL1PCTEN_E2H0 = 1UL << 0;

    /// <summary>CNTHCTL_EL2 with E2H = 0.</summary>
    internal const ulong EL1PCEN_E2H0 = 1UL << 1;

    internal const ulong EL0PCTEN = 1UL << 0;
    internal const ulong EL0VCTEN = 1UL << 1;
    internal const ulong EVNTEN = 1UL << 2;
    internal const ulong EVNTDIR = 1UL << 3;
    internal const ulong EL0VTEN = 1UL << 8;
    internal const ulong EL0PTEN = 1UL << 9;
    internal const ulong EL1PCTEN = 1UL << 10;
    internal const ulong EL1PTEN = 1UL << 11;
    internal const ulong ECV = 1UL << 12;
    internal const ulong EL1TVT = 1UL << 13;
    internal const ulong EL1TVCT = 1UL << 14;
    internal const ulong EL1NVPCT = 1UL << 15;
    internal const ulong EL1NVVCT = 1UL << 16;
    internal const ulong EVNTIS = 1UL << 17;
}

/// <summary>HFGITR_EL2: the bits that instructions other than system instructions look at.</summary>
internal static class Hfgitr
{
    internal const ulong ERET = 1UL << 51;
    internal const ulong SVC_EL0 = 1UL << 52;
    internal const ulong SVC_EL1 = 1UL << 53;
}
