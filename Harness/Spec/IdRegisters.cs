namespace Conformance.Harness.Spec;

/// <summary>Which features a PE has, read from its ID registers.</summary>
/// <remarks>Source: DDI 0601, the ID_AA64*_EL1 registers: each row is "field at or above this value means this feature".</remarks>
public static class IdRegisters
{
    /// <summary>The ID registers to read, by architectural name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "ID_AA64PFR0_EL1", "ID_AA64PFR1_EL1", "ID_AA64PFR2_EL1",
        "ID_AA64ISAR0_EL1", "ID_AA64ISAR1_EL1", "ID_AA64ISAR2_EL1", "ID_AA64ISAR3_EL1",
        "ID_AA64MMFR0_EL1", "ID_AA64MMFR1_EL1", "ID_AA64MMFR2_EL1", "ID_AA64MMFR3_EL1", "ID_AA64MMFR4_EL1",
        "ID_AA64DFR0_EL1", "ID_AA64DFR1_EL1", "ID_AA64DFR2_EL1",
        "ID_AA64ZFR0_EL1", "ID_AA64SMFR0_EL1", "ID_AA64FPFR0_EL1",
        "MIDR_EL1", "MPIDR_EL1", "CTR_EL0", "PMCR_EL0", "ICH_VTR_EL2",
    ];

    /// <summary>
    /// <paramref name="read"/> gives the value of an ID register, or null when it cannot be read (it then counts as 0).
    /// </summary>
    public static FeatureSet Features(Func<string, ulong?> read)
    {
        List<string> features = [];
        foreach (Row row in s_rows)
        {
            int field = (int)((read(row.Register) ?? 0) >> row.Lsb) & 0xF;
            bool absent = row.AbsentIs15 && field == 15;
            if (!absent && field >= row.AtLeast)
            {
                features.Add(row.Feature);
            }
        }

        features.AddRange(Derived(read, features));
        return new FeatureSet(features.Distinct(StringComparer.Ordinal));
    }

    /// <param name="Register">ID register.</param>
    /// <param name="Lsb">Lowest bit of the 4-bit field.</param>
    /// <param name="AtLeast">Smallest value that announces the feature.</param>
    /// <param name="Feature">Name of the feature.</param>
    /// <param name="AbsentIs15">The field's value 15 means "not implemented".</param>
    private sealed record Row(string Register, int Lsb, int AtLeast, string Feature, bool AbsentIs15 = false);

    private static readonly Row[] s_rows =
    [
        // ID_AA64PFR0_EL1: exception levels first
        new("ID_AA64PFR0_EL1", 0, 1, "FEAT_AA64EL0"),      new("ID_AA64PFR0_EL1", 0, 2, "FEAT_AA32EL0"),
        new("ID_AA64PFR0_EL1", 4, 1, "FEAT_AA64EL1"),      new("ID_AA64PFR0_EL1", 4, 2, "FEAT_AA32EL1"),
        new("ID_AA64PFR0_EL1", 8, 1, "FEAT_AA64EL2"),      new("ID_AA64PFR0_EL1", 8, 2, "FEAT_AA32EL2"),
        new("ID_AA64PFR0_EL1", 12, 1, "FEAT_AA64EL3"),     new("ID_AA64PFR0_EL1", 12, 2, "FEAT_AA32EL3"),
        new("ID_AA64PFR0_EL1", 16, 0, "FEAT_FP", true),    new("ID_AA64PFR0_EL1", 16, 1, "FEAT_FP16", true),
        new("ID_AA64PFR0_EL1", 20, 0, "FEAT_AdvSIMD", true),
        new("ID_AA64PFR0_EL1", 24, 1, "FEAT_GICv3"),       new("ID_AA64PFR0_EL1", 24, 3, "FEAT_GICv4p1"),
        new("ID_AA64PFR0_EL1", 28, 1, "FEAT_RAS"),         new("ID_AA64PFR0_EL1", 28, 2, "FEAT_RASv1p1"),
        new("ID_AA64PFR0_EL1", 28, 2, "FEAT_DoubleFault"), new("ID_AA64PFR0_EL1", 28, 3, "FEAT_RASv2"),
        new("ID_AA64PFR0_EL1", 32, 1, "FEAT_SVE"),         new("ID_AA64PFR0_EL1", 36, 1, "FEAT_SEL2"),
        new("ID_AA64PFR0_EL1", 40, 1, "FEAT_MPAM"),        new("ID_AA64PFR0_EL1", 44, 1, "FEAT_AMUv1"),
        new("ID_AA64PFR0_EL1", 44, 2, "FEAT_AMUv1p1"),     new("ID_AA64PFR0_EL1", 48, 1, "FEAT_DIT"),
        new("ID_AA64PFR0_EL1", 52, 1, "FEAT_RME"),         new("ID_AA64PFR0_EL1", 56, 1, "FEAT_CSV2"),
        new("ID_AA64PFR0_EL1", 56, 2, "FEAT_CSV2_2"),      new("ID_AA64PFR0_EL1", 56, 3, "FEAT_CSV2_3"),
        new("ID_AA64PFR0_EL1", 60, 1, "FEAT_CSV3"),

        new("ID_AA64PFR1_EL1", 0, 1, "FEAT_BTI"),          new("ID_AA64PFR1_EL1", 4, 1, "FEAT_SSBS"),
        new("ID_AA64PFR1_EL1", 4, 2, "FEAT_SSBS2"),        new("ID_AA64PFR1_EL1", 8, 1, "FEAT_MTE"),
        new("ID_AA64PFR1_EL1", 8, 2, "FEAT_MTE2"),         new("ID_AA64PFR1_EL1", 8, 3, "FEAT_MTE3"),
        new("ID_AA64PFR1_EL1", 24, 1, "FEAT_SME"),         new("ID_AA64PFR1_EL1", 24, 2, "FEAT_SME2"),
        new("ID_AA64PFR1_EL1", 28, 1, "FEAT_RNG_TRAP"),    new("ID_AA64PFR1_EL1", 36, 1, "FEAT_NMI"),
        new("ID_AA64PFR1_EL1", 44, 1, "FEAT_GCS"),         new("ID_AA64PFR1_EL1", 48, 1, "FEAT_THE"),
        new("ID_AA64PFR1_EL1", 56, 1, "FEAT_DoubleFault2"), new("ID_AA64PFR1_EL1", 60, 1, "FEAT_PFAR"),
        new("ID_AA64PFR2_EL1", 32, 1, "FEAT_FPMR"),

        new("ID_AA64ISAR0_EL1", 4, 1, "FEAT_AES"),         new("ID_AA64ISAR0_EL1", 4, 2, "FEAT_PMULL"),
        new("ID_AA64ISAR0_EL1", 8, 1, "FEAT_SHA1"),        new("ID_AA64ISAR0_EL1", 12, 1, "FEAT_SHA256"),
        new("ID_AA64ISAR0_EL1", 12, 2, "FEAT_SHA512"),     new("ID_AA64ISAR0_EL1", 16, 1, "FEAT_CRC32"),
        new("ID_AA64ISAR0_EL1", 20, 2, "FEAT_LSE"),        new("ID_AA64ISAR0_EL1", 24, 1, "FEAT_TME"),
        new("ID_AA64ISAR0_EL1", 28, 1, "FEAT_RDM"),        new("ID_AA64ISAR0_EL1", 32, 1, "FEAT_SHA3"),
        new("ID_AA64ISAR0_EL1", 44, 1, "FEAT_DotProd"),    new("ID_AA64ISAR0_EL1", 48, 1, "FEAT_FHM"),
        new("ID_AA64ISAR0_EL1", 52, 1, "FEAT_FlagM"),      new("ID_AA64ISAR0_EL1", 52, 2, "FEAT_FlagM2"),
        new("ID_AA64ISAR0_EL1", 56, 1, "FEAT_TLBIOS"),     new("ID_AA64ISAR0_EL1", 56, 2, "FEAT_TLBIRANGE"),
        new("ID_AA64ISAR0_EL1", 60, 1, "FEAT_RNG"),

        new("ID_AA64ISAR1_EL1", 0, 1, "FEAT_DPB"),         new("ID_AA64ISAR1_EL1", 0, 2, "FEAT_DPB2"),
        new("ID_AA64ISAR1_EL1", 4, 1, "FEAT_PAuth"),       new("ID_AA64ISAR1_EL1", 8, 1, "FEAT_PAuth"),
        new("ID_AA64ISAR2_EL1", 12, 1, "FEAT_PAuth"),
        new("ID_AA64ISAR1_EL1", 4, 3, "FEAT_PAuth2"),      new("ID_AA64ISAR1_EL1", 8, 3, "FEAT_PAuth2"),
        new("ID_AA64ISAR2_EL1", 12, 3, "FEAT_PAuth2"),
        new("ID_AA64ISAR1_EL1", 4, 4, "FEAT_FPAC"),        new("ID_AA64ISAR1_EL1", 8, 4, "FEAT_FPAC"),
        new("ID_AA64ISAR2_EL1", 12, 4, "FEAT_FPAC"),
        new("ID_AA64ISAR1_EL1", 4, 5, "FEAT_FPACCOMBINE"), new("ID_AA64ISAR1_EL1", 8, 5, "FEAT_FPACCOMBINE"),
        new("ID_AA64ISAR2_EL1", 12, 5, "FEAT_FPACCOMBINE"),
        new("ID_AA64ISAR1_EL1", 12, 1, "FEAT_JSCVT"),      new("ID_AA64ISAR1_EL1", 16, 1, "FEAT_FCMA"),
        new("ID_AA64ISAR1_EL1", 20, 1, "FEAT_LRCPC"),      new("ID_AA64ISAR1_EL1", 20, 2, "FEAT_LRCPC2"),
        new("ID_AA64ISAR1_EL1", 32, 1, "FEAT_FRINTTS"),    new("ID_AA64ISAR1_EL1", 36, 1, "FEAT_SB"),
        new("ID_AA64ISAR1_EL1", 40, 1, "FEAT_SPECRES"),    new("ID_AA64ISAR1_EL1", 40, 2, "FEAT_SPECRES2"),
        new("ID_AA64ISAR1_EL1", 44, 1, "FEAT_BF16"),       new("ID_AA64ISAR1_EL1", 52, 1, "FEAT_I8MM"),
        new("ID_AA64ISAR1_EL1", 56, 1, "FEAT_XS"),         new("ID_AA64ISAR1_EL1", 60, 1, "FEAT_LS64"),
        new("ID_AA64ISAR1_EL1", 60, 2, "FEAT_LS64_V"),     new("ID_AA64ISAR1_EL1", 60, 3, "FEAT_LS64_ACCDATA"),

        new("ID_AA64ISAR2_EL1", 0, 2, "FEAT_WFxT"),        new("ID_AA64ISAR2_EL1", 16, 1, "FEAT_MOPS"),
        new("ID_AA64ISAR2_EL1", 20, 1, "FEAT_HBC"),        new("ID_AA64ISAR2_EL1", 28, 1, "FEAT_CLRBHB"),
        new("ID_AA64ISAR2_EL1", 32, 1, "FEAT_SYSREG128"),  new("ID_AA64ISAR2_EL1", 36, 1, "FEAT_SYSINSTR128"),
        new("ID_AA64ISAR2_EL1", 48, 1, "FEAT_RPRFM"),      new("ID_AA64ISAR2_EL1", 52, 1, "FEAT_CSSC"),
        new("ID_AA64ISAR3_EL1", 0, 1, "FEAT_CPA"),         new("ID_AA64ISAR3_EL1", 8, 1, "FEAT_TLBIW"),
        new("ID_AA64ISAR3_EL1", 12, 1, "FEAT_PACM"),       new("ID_AA64ISAR3_EL1", 16, 1, "FEAT_LSUI"),
        new("ID_AA64ISAR3_EL1", 20, 1, "FEAT_OCCMO"),

        new("ID_AA64MMFR0_EL1", 0, 6, "FEAT_LPA"),         new("ID_AA64MMFR0_EL1", 44, 1, "FEAT_ExS"),
        new("ID_AA64MMFR0_EL1", 56, 1, "FEAT_FGT"),        new("ID_AA64MMFR0_EL1", 56, 2, "FEAT_FGT2"),
        new("ID_AA64MMFR0_EL1", 60, 1, "FEAT_ECV"),        new("ID_AA64MMFR0_EL1", 60, 2, "FEAT_ECV_POFF"),

        new("ID_AA64MMFR1_EL1", 0, 1, "FEAT_HAFDBS"),      new("ID_AA64MMFR1_EL1", 0, 3, "FEAT_HAFT"),
        new("ID_AA64MMFR1_EL1", 0, 4, "FEAT_HDBSS"),       new("ID_AA64MMFR1_EL1", 4, 2, "FEAT_VMID16"),
        new("ID_AA64MMFR1_EL1", 8, 1, "FEAT_VHE"),         new("ID_AA64MMFR1_EL1", 12, 1, "FEAT_HPDS"),
        new("ID_AA64MMFR1_EL1", 12, 2, "FEAT_HPDS2"),      new("ID_AA64MMFR1_EL1", 16, 1, "FEAT_LOR"),
        new("ID_AA64MMFR1_EL1", 20, 1, "FEAT_PAN"),        new("ID_AA64MMFR1_EL1", 20, 2, "FEAT_PAN2"),
        new("ID_AA64MMFR1_EL1", 20, 3, "FEAT_PAN3"),       new("ID_AA64MMFR1_EL1", 28, 1, "FEAT_XNX"),
        new("ID_AA64MMFR1_EL1", 32, 1, "FEAT_TWED"),       new("ID_AA64MMFR1_EL1", 36, 1, "FEAT_ETS2"),
        new("ID_AA64MMFR1_EL1", 40, 1, "FEAT_HCX"),        new("ID_AA64MMFR1_EL1", 44, 1, "FEAT_AFP"),
        new("ID_AA64MMFR1_EL1", 52, 1, "FEAT_TIDCP1"),     new("ID_AA64MMFR1_EL1", 56, 1, "FEAT_CMOW"),
        new("ID_AA64MMFR1_EL1", 60, 1, "FEAT_ECBHB"),

        new("ID_AA64MMFR2_EL1", 0, 1, "FEAT_TTCNP"),       new("ID_AA64MMFR2_EL1", 4, 1, "FEAT_UAO"),
        new("ID_AA64MMFR2_EL1", 8, 1, "FEAT_LSMAOC"),      new("ID_AA64MMFR2_EL1", 12, 1, "FEAT_IESB"),
        new("ID_AA64MMFR2_EL1", 16, 1, "FEAT_LVA"),        new("ID_AA64MMFR2_EL1", 20, 1, "FEAT_CCIDX"),
        new("ID_AA64MMFR2_EL1", 24, 1, "FEAT_NV"),         new("ID_AA64MMFR2_EL1", 24, 2, "FEAT_NV2"),
        new("ID_AA64MMFR2_EL1", 28, 1, "FEAT_TTST"),       new("ID_AA64MMFR2_EL1", 32, 1, "FEAT_LSE2"),
        new("ID_AA64MMFR2_EL1", 36, 1, "FEAT_IDST"),       new("ID_AA64MMFR2_EL1", 40, 1, "FEAT_S2FWB"),
        new("ID_AA64MMFR2_EL1", 48, 1, "FEAT_TTL"),        new("ID_AA64MMFR2_EL1", 52, 1, "FEAT_BBM"),
        new("ID_AA64MMFR2_EL1", 56, 1, "FEAT_EVT"),        new("ID_AA64MMFR2_EL1", 60, 1, "FEAT_E0PD"),

        new("ID_AA64MMFR3_EL1", 0, 1, "FEAT_TCR2"),        new("ID_AA64MMFR3_EL1", 4, 1, "FEAT_SCTLR2"),
        new("ID_AA64MMFR3_EL1", 8, 1, "FEAT_S1PIE"),       new("ID_AA64MMFR3_EL1", 12, 1, "FEAT_S2PIE"),
        new("ID_AA64MMFR3_EL1", 16, 1, "FEAT_S1POE"),      new("ID_AA64MMFR3_EL1", 20, 1, "FEAT_S2POE"),
        new("ID_AA64MMFR3_EL1", 24, 1, "FEAT_AIE"),        new("ID_AA64MMFR3_EL1", 28, 1, "FEAT_MEC"),
        new("ID_AA64MMFR3_EL1", 32, 1, "FEAT_D128"),       new("ID_AA64MMFR4_EL1", 4, 1, "FEAT_ASID2"),
        new("ID_AA64MMFR4_EL1", 8, 1, "FEAT_HACDBS"),      new("ID_AA64MMFR4_EL1", 16, 1, "FEAT_FGWTE3"),
        new("ID_AA64MMFR4_EL1", 36, 1, "FEAT_E3DSE"),      new("ID_AA64MMFR4_EL1", 40, 1, "FEAT_SRMASK"),

        new("ID_AA64DFR0_EL1", 0, 6, "FEAT_Debugv8"),      new("ID_AA64DFR0_EL1", 0, 7, "FEAT_Debugv8p1"),
        new("ID_AA64DFR0_EL1", 0, 8, "FEAT_Debugv8p2"),    new("ID_AA64DFR0_EL1", 0, 9, "FEAT_Debugv8p4"),
        new("ID_AA64DFR0_EL1", 0, 10, "FEAT_Debugv8p8"),   new("ID_AA64DFR0_EL1", 0, 11, "FEAT_Debugv8p9"),
        new("ID_AA64DFR0_EL1", 4, 1, "FEAT_TRC_SR"),
        new("ID_AA64DFR0_EL1", 8, 1, "FEAT_PMUv3", true),  new("ID_AA64DFR0_EL1", 8, 4, "FEAT_PMUv3p1", true),
        new("ID_AA64DFR0_EL1", 8, 5, "FEAT_PMUv3p4", true), new("ID_AA64DFR0_EL1", 8, 6, "FEAT_PMUv3p5", true),
        new("ID_AA64DFR0_EL1", 8, 7, "FEAT_PMUv3p7", true), new("ID_AA64DFR0_EL1", 8, 8, "FEAT_PMUv3p8", true),
        new("ID_AA64DFR0_EL1", 8, 9, "FEAT_PMUv3p9", true),
        new("ID_AA64DFR0_EL1", 32, 1, "FEAT_SPE"),         new("ID_AA64DFR0_EL1", 40, 1, "FEAT_TRF"),
        new("ID_AA64DFR0_EL1", 44, 1, "FEAT_TRBE"),        new("ID_AA64DFR0_EL1", 48, 1, "FEAT_MTPMU", true),
        new("ID_AA64DFR0_EL1", 52, 1, "FEAT_BRBE"),        new("ID_AA64DFR0_EL1", 52, 2, "FEAT_BRBEv1p1"),
        new("ID_AA64DFR1_EL1", 32, 1, "FEAT_SPMU"),        new("ID_AA64DFR1_EL1", 32, 2, "FEAT_SPMU2"),
        new("ID_AA64DFR1_EL1", 36, 1, "FEAT_PMUv3_ICNTR"), new("ID_AA64DFR1_EL1", 40, 1, "FEAT_ITE"),
        new("ID_AA64DFR1_EL1", 48, 1, "FEAT_EBEP"),        new("ID_AA64DFR2_EL1", 0, 1, "FEAT_STEP2"),
        new("ID_AA64DFR2_EL1", 4, 1, "FEAT_BWE2"),
    ];

    /// <summary>What follows from several fields, or from the absence of one.</summary>
    private static IEnumerable<string> Derived(Func<string, ulong?> read, IReadOnlyCollection<string> found)
    {
        yield return "FEAT_AA64";
        if (Field(read("ID_AA64MMFR4_EL1"), 24) < 8)
        {
            yield return "FEAT_E2H0"; // MMFR4.E2H0 is negative where HCR_EL2.E2H cannot be 0
        }

        // A PE whose NV works only together with NV2 leaves MMFR2.NV at 0 and announces itself in NV_frac.
        int nvFrac = Field(read("ID_AA64MMFR4_EL1"), 20);
        if (nvFrac >= 1)
        {
            yield return "FEAT_NV";
            yield return "FEAT_NV2";
        }

        if (nvFrac >= 2)
        {
            yield return "FEAT_NV2p1";
        }

        if (Field(read("ID_AA64DFR0_EL1"), 36) != 15)
        {
            yield return "FEAT_DoubleLock";
        }

        if (Field(read("ID_AA64PFR0_EL1"), 56) == 1 && Field(read("ID_AA64PFR1_EL1"), 32) >= 2)
        {
            yield return "FEAT_CSV2_1p2";
        }

        if (found.Contains("FEAT_GICv3") && (Word(read("ICH_VTR_EL2")) >> 19 & 1) != 0)
        {
            yield return "FEAT_GICv3_TDIR";
        }

        if (found.Contains("FEAT_GICv3") && found.Contains("FEAT_NMI"))
        {
            yield return "FEAT_GICv3_NMI";
        }
    }

    private static int Field(ulong? value, int lsb) => (int)(Word(value) >> lsb) & 0xF;

    private static ulong Word(ulong? value) => value ?? 0;
}
