namespace Conformance.Suites;

/// <summary>Single-bit fields of the control registers that suites set, named as the architecture names them.</summary>
/// <remarks>
/// Source: Arm Architecture Registers, the page of each register. A test compares every constant with
/// <c>Fixtures/spec/registers.jsonl</c>.
/// </remarks>
public static class ControlBits
{
    /// <summary>HCR_EL2.</summary>
    public static class Hcr
    {
        public const ulong FMO = 1UL << 3;
        public const ulong IMO = 1UL << 4;
        public const ulong AMO = 1UL << 5;
        public const ulong VF = 1UL << 6;
        public const ulong VI = 1UL << 7;
        public const ulong VSE = 1UL << 8;
        public const ulong TWI = 1UL << 13;
        public const ulong TWE = 1UL << 14;
        public const ulong TID1 = 1UL << 16;
        public const ulong TID2 = 1UL << 17;
        public const ulong TID3 = 1UL << 18;
        public const ulong TSC = 1UL << 19;
        public const ulong TIDCP = 1UL << 20;
        public const ulong TACR = 1UL << 21;
        public const ulong TSW = 1UL << 22;
        public const ulong TPCP = 1UL << 23;
        public const ulong TPU = 1UL << 24;
        public const ulong TTLB = 1UL << 25;
        public const ulong TVM = 1UL << 26;
        public const ulong TGE = 1UL << 27;
        public const ulong TDZ = 1UL << 28;
        public const ulong HCD = 1UL << 29;
        public const ulong TRVM = 1UL << 30;
        public const ulong RW = 1UL << 31;
        public const ulong E2H = 1UL << 34;
        public const ulong TLOR = 1UL << 35;
        public const ulong TERR = 1UL << 36;
        public const ulong TEA = 1UL << 37;
        public const ulong APK = 1UL << 40;
        public const ulong API = 1UL << 41;
        public const ulong NV = 1UL << 42;
        public const ulong NV1 = 1UL << 43;
        public const ulong AT = 1UL << 44;
        public const ulong NV2 = 1UL << 45;
    }

    /// <summary>SCR_EL3.</summary>
    public static class Scr
    {
        public const ulong NS = 1UL << 0;
        public const ulong IRQ = 1UL << 1;
        public const ulong FIQ = 1UL << 2;
        public const ulong EA = 1UL << 3;
        public const ulong SMD = 1UL << 7;
        public const ulong HCE = 1UL << 8;
        public const ulong RW = 1UL << 10;
        public const ulong ST = 1UL << 11;
        public const ulong TWI = 1UL << 12;
        public const ulong TWE = 1UL << 13;
        public const ulong APK = 1UL << 16;
        public const ulong API = 1UL << 17;
        public const ulong EEL2 = 1UL << 18;
        public const ulong EASE = 1UL << 19;
        public const ulong FGTEn = 1UL << 27;
        public const ulong ECVEn = 1UL << 28;
    }

    /// <summary>SCTLR_EL1, SCTLR_EL2, SCTLR_EL3 (a field may exist in some of them only).</summary>
    public static class Sctlr
    {
        public const ulong SA = 1UL << 3;
        public const ulong SA0 = 1UL << 4;
        public const ulong UMA = 1UL << 9;
        public const ulong EnDB = 1UL << 13;
        public const ulong DZE = 1UL << 14;
        public const ulong UCT = 1UL << 15;
        public const ulong nTWI = 1UL << 16;
        public const ulong nTWE = 1UL << 18;
        public const ulong SPAN = 1UL << 23;
        public const ulong E0E = 1UL << 24;
        public const ulong EE = 1UL << 25;
        public const ulong UCI = 1UL << 26;
        public const ulong EnDA = 1UL << 27;
        public const ulong EnIB = 1UL << 30;
        public const ulong EnIA = 1UL << 31;
        public const ulong DSSBS = 1UL << 44;
        public const ulong NMI = 1UL << 61;
        public const ulong SPINTMASK = 1UL << 62;
    }

    /// <summary>HCRX_EL2.</summary>
    public static class Hcrx
    {
        public const ulong VINMI = 1UL << 7;
        public const ulong VFNMI = 1UL << 8;
    }

    /// <summary>HFGITR_EL2.</summary>
    public static class Hfgitr
    {
        public const ulong ERET = 1UL << 51;
        public const ulong SVC_EL0 = 1UL << 52;
        public const ulong SVC_EL1 = 1UL << 53;
    }

    /// <summary>MDCR_EL2.</summary>
    public static class MdcrEl2
    {
        public const ulong TDE = 1UL << 8;
        public const ulong TDA = 1UL << 9;
        public const ulong TDOSA = 1UL << 10;
        public const ulong TDRA = 1UL << 11;
    }

    /// <summary>MDSCR_EL1.</summary>
    public static class Mdscr
    {
        public const ulong SS = 1UL << 0;
        public const ulong KDE = 1UL << 13;
        public const ulong MDE = 1UL << 15;
    }

    /// <summary>MDCR_EL3.</summary>
    public static class MdcrEl3
    {
        public const ulong TDA = 1UL << 9;
        public const ulong TDOSA = 1UL << 10;
    }

    /// <summary>CPTR_EL2 while HCR_EL2.E2H is 0.</summary>
    public static class CptrEl2
    {
        public const ulong TFP = 1UL << 10;
        public const ulong TCPAC = 1UL << 31;
    }

    /// <summary>CPTR_EL3.</summary>
    public static class CptrEl3
    {
        public const ulong TFP = 1UL << 10;
        public const ulong TCPAC = 1UL << 31;
    }

    /// <summary>CNTHCTL_EL2; the two layouts have no bit in common that means two things here but bits 0 and 1.</summary>
    public static class Cnthctl
    {
        public const ulong EL0PCTEN = 1UL << 0;
        public const ulong EL0VCTEN = 1UL << 1;
        public const ulong EVNTEN = 1UL << 2;
        public const ulong EVNTDIR = 1UL << 3;
        public const ulong EL0VTEN = 1UL << 8;
        public const ulong EL0PTEN = 1UL << 9;
        public const ulong EL1PCTEN = 1UL << 10;
        public const ulong EL1PTEN = 1UL << 11;
        public const ulong ECV = 1UL << 12;
        public const ulong EL1TVT = 1UL << 13;
        public const ulong EL1TVCT = 1UL << 14;
        public const ulong EL1NVPCT = 1UL << 15;
        public const ulong EL1NVVCT = 1UL << 16;
        public const ulong EVNTIS = 1UL << 17;
    }

    /// <summary>CNTHCTL_EL2 while HCR_EL2.E2H is 0, where it differs.</summary>
    public static class CnthctlGuest
    {
        public const ulong EL1PCTEN = 1UL << 0;
        public const ulong EL1PCEN = 1UL << 1;
    }

    /// <summary>CNTKCTL_EL1.</summary>
    public static class Cntkctl
    {
        public const ulong EL0PCTEN = 1UL << 0;
        public const ulong EL0VCTEN = 1UL << 1;
        public const ulong EVNTEN = 1UL << 2;
        public const ulong EVNTDIR = 1UL << 3;
        public const ulong EL0VTEN = 1UL << 8;
        public const ulong EL0PTEN = 1UL << 9;
        public const ulong EVNTIS = 1UL << 17;
    }
}
