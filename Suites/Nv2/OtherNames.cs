using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2;

/// <summary>Names without a slot in the page: those that reach another register, those that trap, those left alone.</summary>
/// <remarks>Source: Arm Architecture Registers, HCR_EL2.NV and NV1; the access pseudocode of each register.</remarks>
internal static class OtherNames
{
    /// <summary>Under NV2 these reach the EL1 register (F070, EX-291).</summary>
    internal static IReadOnlyList<NestedName> Swapped { get; } =
    [
        new("SPSR_EL2", NameKind.Swapped, "SPSR_EL1"),
        new("ELR_EL2", NameKind.Swapped, "ELR_EL1"),
        new("ESR_EL2", NameKind.Swapped, "ESR_EL1"),
        new("FAR_EL2", NameKind.Swapped, "FAR_EL1"),
        new("TFSR_EL2", NameKind.Swapped, "TFSR_EL1", Needs: ["FEAT_MTE2"]),
    ];

    /// <summary>With NV these trap, NV2 or not: no slot is theirs.</summary>
    internal static IReadOnlyList<NestedName> Trapped { get; } =
    [
        .. Trap("", "ACTLR_EL2", "AFSR0_EL2", "AFSR1_EL2", "AMAIR_EL2", "CNTHCTL_EL2", "CNTHP_CTL_EL2", "CNTHP_CVAL_EL2",
            "CNTHP_TVAL_EL2", "CPTR_EL2", "HACR_EL2", "HPFAR_EL2", "MAIR_EL2", "MDCR_EL2", "SCTLR_EL2", "TCR_EL2", "TTBR0_EL2",
            "VBAR_EL2", "SPSR_irq", "SPSR_abt", "SPSR_und", "SPSR_fiq"),
        .. Trap("FEAT_VHE", "CNTHV_CTL_EL2", "CNTHV_CVAL_EL2", "CNTHV_TVAL_EL2", "CONTEXTIDR_EL2", "TTBR1_EL2",
            "CNTKCTL_EL12", "CNTP_TVAL_EL02", "CNTV_TVAL_EL02"),
        .. Trap("FEAT_GICv3", "ICC_SRE_EL2"),
        .. Trap("FEAT_GICv3", readOnly: true, "ICH_VTR_EL2", "ICH_MISR_EL2", "ICH_EISR_EL2", "ICH_ELRSR_EL2"),
        .. Trap("FEAT_CSV2_2", "SCXTNUM_EL2"),
        .. Trap("FEAT_SVE", "ZCR_EL2"),
        .. Trap("FEAT_SME", "SMCR_EL2"),
        .. Trap("FEAT_AA32EL1", "DACR32_EL2", "IFSR32_EL2", "FPEXC32_EL2", "DBGVCR32_EL2"),
        .. Trap("FEAT_TCR2", "TCR2_EL2"),
        .. Trap("FEAT_SCTLR2", "SCTLR2_EL2"),
        .. Trap("FEAT_AIE", "MAIR2_EL2", "AMAIR2_EL2"),
        .. Trap("FEAT_S1PIE", "PIR_EL2", "PIRE0_EL2"),
        .. Trap("FEAT_S1POE", "POR_EL2"),
        .. Trap("FEAT_PFAR", "PFAR_EL2"),
        .. Trap("FEAT_GCS", "GCSCR_EL2", "GCSPR_EL2"),
        .. Trap("FEAT_BRBE", "BRBCR_EL2"),
        .. Trap("FEAT_SPE", "PMSCR_EL2"),
        .. Trap("FEAT_TRF", "TRFCR_EL2"),
    ];

    /// <summary>EL1 and EL0 registers that EL1 reaches whatever the NV bits are.</summary>
    internal static IReadOnlyList<NestedName> Plain { get; } =
    [
        new("TPIDR_EL1", NameKind.Plain, "TPIDR_EL1"),
        new("TPIDR_EL0", NameKind.Plain, "TPIDR_EL0"),
        new("TPIDRRO_EL0", NameKind.Plain, "TPIDRRO_EL0"),
        new("PAR_EL1", NameKind.Plain, "PAR_EL1"),
        new("CNTKCTL_EL1", NameKind.Plain, "CNTKCTL_EL1"),
    ];

    /// <summary>Names of higher levels that NV does not lend to EL1 (EX-151, EX-289): the first ends in _EL2 all the same.</summary>
    internal static IReadOnlyList<NestedName> Higher { get; } =
    [
        new("SP_EL2", NameKind.Higher, "SP_EL2"),
        .. Level3("SCR_EL3", "SCTLR_EL3", "SPSR_EL3", "ELR_EL3", "ESR_EL3", "FAR_EL3", "VBAR_EL3", "CPTR_EL3", "MDCR_EL3", "TPIDR_EL3"),
    ];

    /// <summary>Those of a list that a device has.</summary>
    internal static IEnumerable<NestedName> For(SuiteTarget target, IReadOnlyList<NestedName> names) =>
        names.Where(n => target.Features.FirstUnmet(n.Required) is null);

    private static IEnumerable<NestedName> Trap(string needs, params string[] names) => Trap(needs, readOnly: false, names);

    private static IEnumerable<NestedName> Trap(string needs, bool readOnly, params string[] names) =>
        names.Select(n => new NestedName(n, NameKind.Trapped, n, Needs: needs.Length > 0 ? [needs] : [], ReadOnly: readOnly));

    private static IEnumerable<NestedName> Level3(params string[] names) =>
        names.Select(n => new NestedName(n, NameKind.Higher, n, Needs: ["FEAT_AA64EL3"]));
}
