namespace Conformance.Suites.Access;

/// <summary>Which bits of a register a case may vary, and which it may compare: a table of exceptions, with reasons.</summary>
/// <remarks>
/// A register that is not here varies in all fields that the register facts call present and plain. Entries end in a
/// reason, since each of them is a piece of architecture that this suite does not look at.
/// </remarks>
internal static class SafeBits
{
    /// <summary>Bits that may be varied; bits that hold what was written.</summary>
    internal readonly record struct Entry(ulong Vary, ulong Compare);

    private const ulong All = ulong.MaxValue;

    private static readonly (string Name, ulong Vary, ulong Compare)[] s_exact =
    [
        // Control of the level that runs: only bits that neither the case's own code nor the way back depends on.
        ("HCR_EL2", 0x47F7_6000, ~(1UL << 47)), // trap bits; not TSC, TGE, E2H, VM, DC, nor anything that routes; FIEN may be
                                                // RES0 where no error record is injectable
        ("SCR_EL3", 0x0000_3000, ~(1UL << 21)), // TWI, TWE: nothing waits; FIEN as in HCR_EL2
        ("SCTLR_EL1", 0x0405_C200, All),        // UCI, nTWE, nTWI, UCT, DZE, UMA; MMU, alignment, endianness stay
        ("SCTLR_EL2", 0x0408_D000, All),        // UCI, WXN, UCT, DZE, I (those that the layout has); MMU stays off
        ("MDCR_EL2", 0x0000_0860, 0xFFF),       // TDRA, TPM, TPMCR; not TDE, and not HPMN, which other state depends on
        ("MDSCR_EL1", 0x0000_1000, 0x1000),     // TDCC; SS, KDE and MDE would start debug exceptions
        ("SCTLR_EL3", 0xC800_3004, All),        // EnIA, EnIB, EnDA, EnDB, I, C: the executive's code depends on none of them
        ("CPTR_EL3", 0x8000_0400, All),         // TCPAC, TFP
        ("MDCR_EL3", 0x0000_0640, 0x0000_0E40), // TPM, TDA, TDOSA
        ("VBAR_EL3", 0x0000_7FFF_FFFF_F800, 0x0000_7FFF_FFFF_F800),
        ("TTBR0_EL3", 0x0000_00FF_FFFF_F001, 0x0000_00FF_FFFF_F001),
        ("TCR_EL3", 0x0000_0000_0000_3F00, 0x0000_0000_0000_3F00),
        ("SPSR_EL3", 0xF000_03CF, 0xF000_03CF),
        ("VBAR_EL1", 0x0000_7FFF_FFFF_F800, 0x0000_7FFF_FFFF_F800), // bits above the VA size may be sign extension
        ("VBAR_EL2", 0x0000_7FFF_FFFF_F800, 0x0000_7FFF_FFFF_F800),
        ("VNCR_EL2", 0x0000_00FF_FFFF_F000, 0x0000_00FF_FFFF_F000), // within 40 bits: any PA size holds it
        ("HCRX_EL2", 0xFFFF_FFFF_FFFF_FE5F, ~0x20UL),               // not VINMI and VFNMI, which pend interrupts, nor
                                                // SMPME, which SMIDR_EL1.SMPS can make RES0

        // Fields narrower in practice than in the layout.
        ("PMSELR_EL0", 0x3, 0x3),               // a counter that exists
        ("PMUSERENR_EL0", 0xF, 0xF),
        ("PMCCFILTR_EL0", 0xC000_0000, 0xC000_0000),                // P and U
        ("ICH_HCR_EL2", 0x7C00, 0x7C00),        // TC, TALL0, TALL1, TSEI, TDIR; En stays 0
        ("ICH_VMCR_EL2", 0xF800_0000, 0xF800_0000),                 // five priority bits are always there
        ("FPCR", 0x07C0_0000, 0x07C0_0000),     // RMode, FZ, DN, AHP
        ("FPSR", 0x0800_009F, 0x0800_009F),
        ("CSSELR_EL1", 1, 1),                   // InD; levels that do not exist may read back differently
        ("HPFAR_EL2", 0x0000_00FF_FFFF_FFF0, 0x0000_00FF_FFFF_FFF0),
        ("CONTEXTIDR_EL1", 0xFFFF_FFFF, 0xFFFF_FFFF),
        ("CONTEXTIDR_EL2", 0xFFFF_FFFF, 0xFFFF_FFFF),
        ("PAR_EL1", 0x0000_0000_FFFF_F000, 0x0000_0000_FFFF_F000),  // PA of a successful translation
        ("VTTBR_EL2", 0x00FF_00FF_FFFF_F001, 0x00FF_00FF_FFFF_F001), // eight bits of VMID, 40 of BADDR, CnP
        ("TTBR0_EL1", 0x00FF_00FF_FFFF_F001, 0x00FF_00FF_FFFF_F001), // eight bits of ASID
        ("TTBR1_EL1", 0x00FF_00FF_FFFF_F001, 0x00FF_00FF_FFFF_F001),
        ("TTBR0_EL2", 0x0000_00FF_FFFF_F001, 0x0000_00FF_FFFF_F001), // no ASID unless E2H = 1
        ("TTBR1_EL2", 0x0000_00FF_FFFF_F001, 0x0000_00FF_FFFF_F001),
        ("TCR_EL1", 0x0000_0007_0000_3F00, 0x0000_0007_0000_3F00),  // IPS, IRGN0, ORGN0, SH0: no reserved value changes T0SZ or TG0
        ("TCR_EL2", 0x0000_0000_0000_3F00, 0x0000_0000_0000_3F00),
        ("VTCR_EL2", 0x0000_0000_0000_3F00, 0x0000_0000_0000_3F00),
        ("SPSR_EL1", 0xF000_03CF, 0xF000_03CF), // NZCV, DAIF, M[3:0]; the rest comes with features
        ("SPSR_EL2", 0xF000_03CF, 0xF000_03CF),

        // Not kept as written.
        ("SVCR", 0, 0),                         // changes the vector mode of the PE
        ("OSLAR_EL1", 1, 0),                    // write-only; seen through OSLSR_EL1
        ("OSECCR_EL1", 0, 0),
        ("OSDLR_EL1", 0, 0),
        ("DBGPRCR_EL1", 0, 0),
        ("MDCCINT_EL1", 0, 0),
        ("DBGVCR32_EL2", 0, 0),
        ("PMCR_EL0", 0x20, 0x20),               // DP; E stays 0, P and C are self-clearing
        ("CNTFRQ_EL0", 0xFFFF_FFFF, 0xFFFF_FFFF),
        ("DISR_EL1", 0, 0),                     // changed by error synchronization
        ("VSESR_EL2", 0x01FF_FFFF, 0x01FF_FFFF), // IDS, ISS
        ("VDISR_EL2", 0x81FF_FFFF, 0x81FF_FFFF),
        ("ICC_PMR_EL1", 0xF8, 0xF8),            // five priority bits are always there
        ("ICC_IGRPEN0_EL1", 1, 1),
        ("CNTKCTL_EL1", 0x0000_0303, 0x0000_0303),
        ("CNTHCTL_EL2", 0x0000_0003, 0x0000_0003),
        ("RNDR", 0, 0),
        ("RNDRRS", 0, 0),
    ];

    private static readonly (string Prefix, ulong Vary, ulong Compare)[] s_families =
    [
        ("ICC_", 0, 0),                         // banked, virtualised and limited by the priority bits: a suite of its own
        ("ICV_", 0, 0),
        ("ICH_AP", 0, 0),                       // active priorities: not every value may be written
        ("ICH_LR", 0x0000_0000_0000_03FF, 0x0000_0000_0000_03FF),   // vINTID; State stays inactive
        ("PMEVCNTR", 0xFFFF_FFFF, 0xFFFF_FFFF), // PMCR_EL0.E is 0: nothing counts
        ("PMEVTYPER", 0xC000_0000, 0xC000_0000), // P and U; events that are not implemented may read as others
        ("PMXEV", 0, 0),
        ("PMCNTEN", 0, 0),                      // set and clear views
        ("PMINTEN", 0, 0),
        ("PMOVS", 0, 0),
        ("PMSWINC", 0, 0),
        ("DBGBVR", 0x0000_7FFF_FFFF_FFFC, 0x0000_7FFF_FFFF_FFFC),   // the comparator is disabled
        ("DBGWVR", 0x0000_7FFF_FFFF_FFFC, 0x0000_7FFF_FFFF_FFFC),
        ("DBGBCR", 0x6, 0x6),                   // PMC; reserved combinations of BT, SSC and HMC; disabled
        ("DBGWCR", 0x1E, 0x1E),                 // LSC, PAC
        ("DBGCLAIM", 0, 0),
        ("DBGDTR", 0, 0),                       // a FIFO to the external debugger
        ("OSDTR", 0, 0),
        ("ERX", 0, 0),                          // only as many error records as there are
        ("ERRSELR", 0, 0),
        ("LOR", 0, 0),                          // only as many LORegions as there are
        ("RMR_", 0, 0),
        ("SMPRI", 0, 0),                        // RES0 where SMIDR_EL1.SMPS is 0
        ("ZCR_", 0, 0),                         // vector lengths that are not there read back as the next one
        ("SMCR_", 0, 0),
        ("TRC", 0, 0),
        ("AM", 0, 0),
        ("BRB", 0, 0),
        ("SPM", 0, 0),
        ("PMS", 0, 0),
        ("TRB", 0, 0),
        ("MPAM", 0, 0),
        ("GCS", 0, 0),
        ("SDER32", 0, 0),                       // AArch32 state
        ("DACR32", 0, 0),
        ("IFSR32", 0, 0),
        ("FPEXC32", 0, 0),
        ("SPSR_", 0, 0),                        // SPSR_abt and its kin; the SPSR_ELx are above
        ("RGSR", 0, 0),                         // advances with IRG
        ("VSESR", 0, 0),
        ("VDISR", 0, 0),
    ];

    private static readonly Dictionary<string, Entry> s_byName =
        s_exact.ToDictionary(e => e.Name, e => new Entry(e.Vary, e.Compare), StringComparer.Ordinal);

    /// <summary>False for registers that the way through a vector depends on, and for those of the executive.</summary>
    internal static bool MayPreset(string register, int home) =>
        register is not ("VBAR_EL1" or "VBAR_EL2" or "VNCR_EL2") && !IsExecutives(register, home);

    /// <summary>False for registers that the executive changes before it can read them.</summary>
    internal static bool MaySee(string register, int home) => !IsExecutives(register, home) || register.StartsWith("VBAR", StringComparison.Ordinal);

    /// <summary>True for the two registers through which the executive enters a case.</summary>
    internal static bool IsEntry(string register, int home) =>
        register.Length > 4 && register[^1] == (char)('0' + home) && (register[..^4] is "ELR" or "SPSR");

    /// <summary>What the executive uses at its home level: the registers of exceptions, and HCR_EL2 at EL2.</summary>
    internal static bool IsExecutives(string register, int home) =>
        register.EndsWith(home switch { 3 => "_EL3", 2 => "_EL2", _ => "_EL1" }, StringComparison.Ordinal)
        && register[..^4] is "ELR" or "SPSR" or "ESR" or "FAR" or "HPFAR" or "TPIDR" or "SP" or "VBAR" or "HCR";

    internal static Entry Of(string register)
    {
        if (s_byName.TryGetValue(register, out Entry entry))
        {
            return entry;
        }

        // A timer may be enabled but stays masked, and ISTATUS is the timer's own.
        if (register.StartsWith("CNT", StringComparison.Ordinal) && register.Contains("_CTL_", StringComparison.Ordinal))
        {
            return new Entry(1, 3);
        }

        foreach ((string prefix, ulong vary, ulong compare) in s_families)
        {
            if (register.StartsWith(prefix, StringComparison.Ordinal))
            {
                return new Entry(vary, compare);
            }
        }

        return new Entry(All, All);
    }
}
