namespace Conformance.Suites.Nv2;

/// <summary>A slot of the page at VNCR_EL2.BADDR.</summary>
/// <param name="Offset">Bytes from the base.</param>
/// <param name="Register">The register whose accesses it takes; <c>&lt;n&gt;</c> for an array with 8 bytes per element.</param>
/// <param name="Kind">Which names, and under which NV1.</param>
/// <param name="Needs">Features of the register.</param>
/// <param name="Opens">Controls that must be open.</param>
/// <param name="Count">Elements of an array.</param>
internal sealed record VncrSlot(
    int Offset, string Register, NameKind Kind, IReadOnlyList<string>? Needs = null, IReadOnlyList<Opening>? Opens = null, int Count = 1)
{
    /// <summary>Another EL1 name of the register with the same encoding rules (FEAT_SRMASK), or empty.</summary>
    internal string Alias { get; init; } = "";

    internal IReadOnlyList<Opening> AliasOpens { get; init; } = [];

    /// <summary>The register has an EL12 name besides a name that NV1 does not matter for.</summary>
    internal bool HasGuestName { get; init; }

    /// <summary>Features of the EL12 name beyond those of the register.</summary>
    internal IReadOnlyList<string> GuestNeeds { get; init; } = [];
}

/// <summary>Which register is where in the page.</summary>
/// <remarks>
/// Source: Arm ARM, "Enhanced support for nested virtualization", table of offsets; the access pseudocode of each register.
/// A test compares the rows with <c>Fixtures/spec/tables.json</c>. The 128-bit accesses (MRRS, MSRR) are not here: they need
/// FEAT_SYSREG128, and take two slots.
/// </remarks>
internal static class VncrTable
{
    private const NameKind El2 = NameKind.El2;
    private const NameKind El1 = NameKind.El1;
    private const NameKind Common = NameKind.Common;

    internal static IReadOnlyList<VncrSlot> Slots { get; } =
    [
        new(0x020, "VTTBR_EL2", El2),
        new(0x030, "VSTTBR_EL2", El2, ["FEAT_SEL2"]),
        new(0x040, "VTCR_EL2", El2),
        new(0x048, "VSTCR_EL2", El2, ["FEAT_SEL2"]),
        new(0x050, "VMPIDR_EL2", El2),
        new(0x060, "CNTVOFF_EL2", El2),
        new(0x078, "HCR_EL2", El2),
        new(0x080, "HSTR_EL2", El2),
        new(0x088, "VPIDR_EL2", El2),
        new(0x090, "TPIDR_EL2", El2),
        new(0x0A0, "HCRX_EL2", El2, ["FEAT_HCX"]),
        new(0x0B0, "VNCR_EL2", El2),

        new(0x100, "CPACR_EL1", El1) { Alias = "CPACRALIAS_EL1", AliasOpens = FineGrained2(8) },
        new(0x108, "CONTEXTIDR_EL1", El1),
        new(0x110, "SCTLR_EL1", El1) { Alias = "SCTLRALIAS_EL1", AliasOpens = FineGrained2(9) },
        new(0x118, "ACTLR_EL1", Common) { Alias = "ACTLRALIAS_EL1", AliasOpens = FineGrained2(14), HasGuestName = true },
        new(0x120, "TCR_EL1", El1) { Alias = "TCRALIAS_EL1", AliasOpens = FineGrained2(11) },
        new(0x128, "AFSR0_EL1", El1),
        new(0x130, "AFSR1_EL1", El1),
        new(0x138, "ESR_EL1", El1),
        new(0x140, "MAIR_EL1", El1),
        new(0x148, "AMAIR_EL1", El1),
        new(0x158, "MDSCR_EL1", Common),
        new(0x160, "SPSR_EL1", El1),
        new(0x168, "CNTV_CVAL_EL0", El1),
        new(0x170, "CNTV_CTL_EL0", El1),
        new(0x178, "CNTP_CVAL_EL0", El1),
        new(0x180, "CNTP_CTL_EL0", El1),
        new(0x188, "SCXTNUM_EL1", El1, ["FEAT_CSV2_2"]),
        new(0x190, "TFSR_EL1", El1, ["FEAT_MTE2"]),
        new(0x1A0, "HDFGRTR2_EL2", El2, ["FEAT_FGT2"]),
        new(0x1A8, "CNTPOFF_EL2", El2, ["FEAT_ECV_POFF"]),
        new(0x1B0, "HDFGWTR2_EL2", El2, ["FEAT_FGT2"]),
        new(0x1B8, "HFGRTR_EL2", El2, ["FEAT_FGT"]),
        new(0x1C0, "HFGWTR_EL2", El2, ["FEAT_FGT"]),
        new(0x1C8, "HFGITR_EL2", El2, ["FEAT_FGT"]),
        new(0x1D0, "HDFGRTR_EL2", El2, ["FEAT_FGT"]),
        new(0x1D8, "HDFGWTR_EL2", El2, ["FEAT_FGT"]),
        new(0x1E0, "ZCR_EL1", El1, ["FEAT_SVE"]),
        new(0x1E8, "HAFGRTR_EL2", El2, ["FEAT_FGT", "FEAT_AMUv1"]),
        new(0x1F0, "SMCR_EL1", El1, ["FEAT_SME"]),
        new(0x1F8, "SMPRIMAP_EL2", El2, ["FEAT_SME"]),

        new(0x200, "TTBR0_EL1", El1),
        new(0x210, "TTBR1_EL1", El1),
        new(0x220, "FAR_EL1", El1),
        new(0x230, "ELR_EL1", El1),
        new(0x240, "SP_EL1", El2),
        new(0x250, "VBAR_EL1", El1),
        new(0x270, "TCR2_EL1", El1, ["FEAT_TCR2"], [Hcrx(14)]) { Alias = "TCR2ALIAS_EL1", AliasOpens = FineGrained2(12) },
        new(0x278, "SCTLR2_EL1", El1, ["FEAT_SCTLR2"], [Hcrx(15)]) { Alias = "SCTLR2ALIAS_EL1", AliasOpens = FineGrained2(10) },
        new(0x280, "MAIR2_EL1", El1, ["FEAT_AIE"], FineGrained(62)),
        new(0x288, "AMAIR2_EL1", El1, ["FEAT_AIE"], FineGrained(63)),
        new(0x290, "PIRE0_EL1", El1, ["FEAT_S1PIE"], FineGrained(57)),
        new(0x2A0, "PIR_EL1", El1, ["FEAT_S1PIE"], FineGrained(58)),
        new(0x2A8, "POR_EL1", El1, ["FEAT_S1POE"], FineGrained(60)),
        new(0x2B0, "S2PIR_EL2", El2, ["FEAT_S2PIE"]),
        new(0x2B8, "S2POR_EL1", Common, ["FEAT_S2POE"], FineGrained(61)),
        new(0x2C0, "HFGRTR2_EL2", El2, ["FEAT_FGT2"]),
        new(0x2C8, "HFGWTR2_EL2", El2, ["FEAT_FGT2"]),
        new(0x2D0, "PFAR_EL1", El1, ["FEAT_PFAR"], FineGrained2(0)),
        new(0x2E0, "HDBSSBR_EL2", El2, ["FEAT_HDBSS"]),
        new(0x2F0, "HACDBSBR_EL2", El2, ["FEAT_HACDBS"]),
        new(0x300, "HDBSSPROD_EL2", El2, ["FEAT_HDBSS"]),
        new(0x308, "HACDBSCONS_EL2", El2, ["FEAT_HACDBS"]),
        new(0x310, "HFGITR2_EL2", El2, ["FEAT_FGT2"]),
        new(0x318, "SCTLRMASK_EL1", El1, ["FEAT_SRMASK"], Mask(4)),
        new(0x320, "CPACRMASK_EL1", El1, ["FEAT_SRMASK"], Mask(3)),
        new(0x328, "SCTLR2MASK_EL1", El1, ["FEAT_SRMASK", "FEAT_SCTLR2"], Mask(5)),
        new(0x330, "TCRMASK_EL1", El1, ["FEAT_SRMASK"], Mask(6)),
        new(0x338, "TCR2MASK_EL1", El1, ["FEAT_SRMASK", "FEAT_TCR2"], Mask(7)),
        new(0x340, "ACTLRMASK_EL1", Common, ["FEAT_SRMASK"], Mask(13)) { HasGuestName = true },

        new(0x400, "ICH_LR<n>_EL2", El2, ["FEAT_GICv3"], Count: 16),
        new(0x480, "ICH_AP0R<n>_EL2", El2, ["FEAT_GICv3"], Count: 4),
        new(0x4A0, "ICH_AP1R<n>_EL2", El2, ["FEAT_GICv3"], Count: 4),
        new(0x4C0, "ICH_HCR_EL2", El2, ["FEAT_GICv3"]),
        new(0x4C8, "ICH_VMCR_EL2", El2, ["FEAT_GICv3"]),
        new(0x500, "VDISR_EL2", El2, ["FEAT_RAS"]),
        new(0x508, "VSESR_EL2", El2, ["FEAT_RAS"]),

        new(0x800, "PMBLIMITR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer),
        new(0x810, "PMBPTR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer),
        new(0x820, "PMBSR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer) { HasGuestName = true, GuestNeeds = ["FEAT_SPE_EXC"] },
        new(0x828, "PMSCR_EL1", El1, ["FEAT_SPE"], ProfilingBuffer),
        new(0x830, "PMSEVFR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer),
        new(0x838, "PMSICR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer),
        new(0x840, "PMSIRR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer),
        new(0x848, "PMSLATFR_EL1", Common, ["FEAT_SPE"], ProfilingBuffer),
        new(0x850, "PMSNEVFR_EL1", Common, ["FEAT_SPE", "FEAT_SPE_FnE"], [.. ProfilingBuffer, new("MDCR_EL3", 1UL << 36), .. DebugFineGrained(62)]),
        new(0x858, "PMSDSFR_EL1", Common, ["FEAT_SPE", "FEAT_SPE_FDS"], [.. ProfilingBuffer, new("MDCR_EL3", 1UL << 42), .. DebugFineGrained2(19)]),
        new(0x860, "TRBSR_EL1", El1, ["FEAT_TRBE", "FEAT_TRBE_EXC"], [new("MDCR_EL3", 3UL << 24), new("MDCR_EL2", 3UL << 24), new("TRFCR_EL2", 1UL << 8), new("TRFCR_EL1", 1UL << 8)]),
        new(0x880, "TRFCR_EL1", El1, ["FEAT_TRF"]),
        new(0x888, "TRCITECR_EL1", El1, ["FEAT_ITE", "FEAT_TRC_SR"], [new("MDCR_EL3", 1UL << 47), .. DebugFineGrained2(20)]),
        new(0x8C0, "GCSPR_EL1", El1, ["FEAT_GCS"], FineGrained(53)),
        new(0x8D0, "GCSCR_EL1", El1, ["FEAT_GCS"], FineGrained(53)),
        new(0x8E0, "BRBCR_EL1", El1, ["FEAT_BRBE"], [new("MDCR_EL3", 3UL << 32), .. DebugFineGrained(60)]),
        new(0x8E8, "SPMACCESSR_EL1", El1, ["FEAT_SPMU"], [new("MDCR_EL3", 1UL << 7), new("MDCR_EL2", 1UL << 15), .. DebugFineGrained2(15)]),
        new(0x900, "MPAM1_EL1", El1, ["FEAT_MPAM"]),
        new(0x908, "MPAMBW1_EL1", El1, ["FEAT_MPAM_PE_BW_CTRL"], [new("MPAMBW3_EL3", 1UL << 49), new("MPAMBW2_EL2", 1UL << 50)]),
        new(0x910, "MPAMBWCAP_EL2", El2, ["FEAT_MPAM_PE_BW_CTRL"], [new("MPAMBW3_EL3", 1UL << 49)]),
        new(0x930, "MPAMHCR_EL2", El2, ["FEAT_MPAM"]),
        new(0x938, "MPAMVPMV_EL2", El2, ["FEAT_MPAM"]),
        new(0x940, "MPAMVPM0_EL2", El2, ["FEAT_MPAM"]),
        new(0x948, "MPAMVPM1_EL2", El2, ["FEAT_MPAM"]),
        new(0x950, "MPAMVPM2_EL2", El2, ["FEAT_MPAM"]),
        new(0x958, "MPAMVPM3_EL2", El2, ["FEAT_MPAM"]),
        new(0x960, "MPAMVPM4_EL2", El2, ["FEAT_MPAM"]),
        new(0x968, "MPAMVPM5_EL2", El2, ["FEAT_MPAM"]),
        new(0x970, "MPAMVPM6_EL2", El2, ["FEAT_MPAM"]),
        new(0x978, "MPAMVPM7_EL2", El2, ["FEAT_MPAM"]),
        new(0xA00, "AMEVCNTVOFF0<n>_EL2", El2, ["FEAT_AMUv1p1"], Count: 16),
        new(0xA80, "AMEVCNTVOFF1<n>_EL2", El2, ["FEAT_AMUv1p1"], Count: 16),
    ];

    /// <summary>Slots that an implementation may leave out although it has the features, without an ID field known to the suite.</summary>
    internal static bool MayBeAbsent(string register) =>
        register is not ("ICH_LR0_EL2" or "ICH_AP0R0_EL2" or "ICH_AP1R0_EL2")
        && (register.StartsWith("ICH_LR", StringComparison.Ordinal)
            || register.StartsWith("ICH_AP", StringComparison.Ordinal)
            || register.StartsWith("AMEVCNTVOFF", StringComparison.Ordinal)
            || register.StartsWith("MPAMVPM", StringComparison.Ordinal)
            || register is "MPAMHCR_EL2" or "MPAMBWCAP_EL2");

    // The n-prefixed fine-grained bits trap while they are 0.
    private static Opening[] FineGrained(int bit) => [new("HFGRTR_EL2", 1UL << bit), new("HFGWTR_EL2", 1UL << bit)];

    private static Opening[] FineGrained2(int bit) => [new("HFGRTR2_EL2", 1UL << bit), new("HFGWTR2_EL2", 1UL << bit)];

    private static Opening[] DebugFineGrained(int bit) => [new("HDFGRTR_EL2", 1UL << bit), new("HDFGWTR_EL2", 1UL << bit)];

    private static Opening[] DebugFineGrained2(int bit) => [new("HDFGRTR2_EL2", 1UL << bit), new("HDFGWTR2_EL2", 1UL << bit)];

    private static Opening Hcrx(int bit) => new("HCRX_EL2", 1UL << bit);

    private static Opening[] Mask(int bit) => [new("SCR_EL3", 1UL << 54), Hcrx(26), .. FineGrained2(bit)];

    /// <summary>MDCR_EL3.NSPB and MDCR_EL2.E2PB give the buffer to Non-secure EL1.</summary>
    private static Opening[] ProfilingBuffer => [new("MDCR_EL3", 3UL << 12), new("MDCR_EL2", 3UL << 12)];
}
