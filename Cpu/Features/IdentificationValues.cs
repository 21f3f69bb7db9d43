namespace Conformance.Cpu.Features;

/// <summary>The values of the ID registers, worked out from the features.</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03, the page of each register. A field is (lowest bit, the values it takes with the feature that
/// gives each); the last feature that is implemented decides, and 0 stands when none is.
/// </remarks>
internal static class IdentificationValues
{
    /// <summary>Not a part of any maker: implementer 0 (software), architecture by ID registers.</summary>
    internal const ulong Midr = 0x000f_0000;

    /// <summary>One PE, affinity 0.0.0.0, not a uniprocessor in the sense of U: bit 31 is RES1.</summary>
    internal const ulong Mpidr = 0x8000_0000;

    /// <summary>64-byte lines everywhere, PIPT instruction cache, no IDC, no DIC: bit 31 is RES1.</summary>
    internal const ulong Ctr = 0x8444_c004;

    /// <summary>DC ZVA clears 64 bytes.</summary>
    internal const ulong Dczid = 4;

    /// <summary>Level 1 separate caches, level 2 unified, LoC 2, LoUU and LoUIS 1.</summary>
    internal const ulong Clidr = 0x0a20_0023;

    /// <summary>Breakpoints, watchpoints, event counters.</summary>
    internal const int Breakpoints = 6;
    internal const int Watchpoints = 4;
    internal const int EventCounters = 6;

    private const string Always = "FEAT_AA64";

    internal static ulong Pfr0(FeatureSet f) => Sum(
        f,
        (0, [(Always, 1)]), (4, [(Always, 1)]), (8, [("FEAT_AA64EL2", 1)]), (12, [("FEAT_AA64EL3", 1)]),
        (24, [("FEAT_GICv3", 1), ("FEAT_GICv4p1", 3)]), (28, [("FEAT_RAS", 1), ("FEAT_RASv1p1", 2), ("FEAT_RASv2", 3)]),
        (36, [("FEAT_SEL2", 1)]), (48, [("FEAT_DIT", 1)]), (56, [("FEAT_CSV2", 1), ("FEAT_CSV2_2", 2)]), (60, [("FEAT_CSV3", 1)]))
        | (Half(f, "FEAT_FP") << 16) | (Half(f, "FEAT_AdvSIMD") << 20);

    internal static ulong Pfr1(FeatureSet f) => Sum(
        f, (0, [("FEAT_BTI", 1)]), (4, [("FEAT_SSBS", 1), ("FEAT_SSBS2", 2)]), (8, [("FEAT_MTE", 1)]), (36, [("FEAT_NMI", 1)]));

    internal static ulong Dfr0(FeatureSet f) => Sum(
        f,
        (0, [(Always, 6), ("FEAT_VHE", 7), ("FEAT_Debugv8p1", 7), ("FEAT_Debugv8p2", 8), ("FEAT_Debugv8p4", 9)]),
        (8, [("FEAT_PMUv3", 1), ("FEAT_PMUv3p1", 4), ("FEAT_PMUv3p4", 5), ("FEAT_PMUv3p5", 6)]),
        (12, [(Always, Breakpoints - 1)]), (20, [(Always, Watchpoints - 1)]), (28, [(Always, 1)]))
        | (f.Has("FEAT_DoubleLock") ? 0 : 0xfUL << 36);

    internal static ulong Isar0(FeatureSet f) => Sum(
        f,
        (4, [("FEAT_AES", 1), ("FEAT_PMULL", 2)]), (8, [("FEAT_SHA1", 1)]), (12, [("FEAT_SHA256", 1), ("FEAT_SHA512", 2)]),
        (16, [("FEAT_CRC32", 1)]), (20, [("FEAT_LSE", 2)]), (28, [("FEAT_RDM", 1)]),
        (32, [("FEAT_SHA3", 1)]), (36, [("FEAT_SM3", 1)]), (40, [("FEAT_SM4", 1)]), (44, [("FEAT_DotProd", 1)]),
        (48, [("FEAT_FHM", 1)]), (52, [("FEAT_FlagM", 1), ("FEAT_FlagM2", 2)]), (56, [("FEAT_TLBIOS", 1), ("FEAT_TLBIRANGE", 2)]));

    internal static ulong Isar1(FeatureSet f) => Sum(
        f,
        (0, [("FEAT_DPB", 1), ("FEAT_DPB2", 2)]),
        (4, [("FEAT_PAuth", 1), ("FEAT_EPAC", 2), ("FEAT_PAuth2", 3), ("FEAT_FPAC", 4), ("FEAT_FPACCOMBINE", 5)]),
        (12, [("FEAT_JSCVT", 1)]), (16, [("FEAT_FCMA", 1)]), (20, [("FEAT_LRCPC", 1), ("FEAT_LRCPC2", 2)]),
        (24, [("FEAT_PAuth", 1)]), (32, [("FEAT_FRINTTS", 1)]), (36, [("FEAT_SB", 1)]), (40, [("FEAT_SPECRES", 1)]));

    internal static ulong Isar2(FeatureSet f) => Sum(f, (0, [("FEAT_WFxT", 2)]));

    internal static ulong Mmfr0(FeatureSet f) => Sum(
        f,
        (0, [(Always, 5), ("FEAT_LPA", 6)]), (4, [(Always, 2)]), (8, [(Always, 1)]), (12, [(Always, 1)]), (20, [(Always, 1)]),
        (32, [(Always, 2)]), (36, [(Always, 2)]), (40, [(Always, 2)]),
        (56, [("FEAT_FGT", 1)]), (60, [("FEAT_ECV", 1), ("FEAT_ECV_POFF", 2)]));

    internal static ulong Mmfr1(FeatureSet f) => Sum(
        f,
        (0, [("FEAT_HAFDBS", 2)]), (4, [("FEAT_VMID16", 2)]), (8, [("FEAT_VHE", 1)]), (12, [("FEAT_HPDS", 1), ("FEAT_HPDS2", 2)]),
        (16, [("FEAT_LOR", 1)]), (20, [("FEAT_PAN", 1), ("FEAT_PAN2", 2)]), (28, [("FEAT_XNX", 1)]), (32, [("FEAT_TWED", 1)]),
        (40, [("FEAT_HCX", 1)]));

    internal static ulong Mmfr2(FeatureSet f) => Sum(
        f,
        (0, [("FEAT_TTCNP", 1)]), (4, [("FEAT_UAO", 1)]), (24, [("FEAT_NV", 1), ("FEAT_NV2", 2)]), (28, [("FEAT_TTST", 1)]), (32, [("FEAT_LSE2", 1)]),
        (36, [("FEAT_IDST", 1)]), (40, [("FEAT_S2FWB", 1)]), (48, [("FEAT_TTL", 1)]), (52, [("FEAT_BBM", 2)]),
        (56, [("FEAT_EVT", 2)]));

    internal static ulong Mmfr3(FeatureSet f) => 0;

    /// <summary>E2H0 is negative: 0 says that E2H can be 0, 0xF that it cannot, 0xE that NV1 is RES0 too.</summary>
    internal static ulong Mmfr4(FeatureSet f) => !f.Has("FEAT_VHE") || f.Has("FEAT_E2H0") ? 0 : 0xfUL << 24;

    /// <summary>The fields FP and AdvSIMD: 0xF is absent, 0 is single and double precision, 1 is half precision too.</summary>
    private static ulong Half(FeatureSet f, string feature) => !f.Has(feature) ? 0xfUL : f.Has("FEAT_FP16") ? 1UL : 0;

    private static ulong Sum(FeatureSet features, params ReadOnlySpan<(int At, (string Feature, ulong Value)[] Values)> fields)
    {
        ulong sum = 0;
        foreach ((int at, (string Feature, ulong Value)[] values) in fields)
        {
            ulong chosen = 0;
            foreach ((string feature, ulong value) in values)
            {
                chosen = features.Has(feature) ? value : chosen;
            }

            sum |= chosen << at;
        }

        return sum;
    }
}
