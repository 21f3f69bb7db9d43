using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Tests.Translation;

/// <summary>Devices as the translation suite sees them.</summary>
internal static class TranslationTargets
{
    private static readonly string[] s_nv2 =
    [
        "FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_AA64EL2", "FEAT_AA64EL3", "FEAT_VHE", "FEAT_E2H0", "FEAT_NV", "FEAT_NV2",
        "FEAT_PAN", "FEAT_PAN2", "FEAT_UAO", "FEAT_PAuth", "FEAT_LSE", "FEAT_LPA", "FEAT_HAFDBS", "FEAT_HPDS", "FEAT_TTST", "FEAT_XNX",
        "FEAT_S2FWB", "FEAT_VMID16", "FEAT_TLBIOS", "FEAT_TLBIRANGE", "FEAT_TTL", "FEAT_FP", "FEAT_RAS",
    ];

    /// <summary>The profile nv2.</summary>
    internal static SuiteTarget Nv2 { get; } = new(new FeatureSet(s_nv2), 3);

    /// <summary>A device with 52-bit virtual addresses as well.</summary>
    internal static SuiteTarget Lva { get; } = new(new FeatureSet([.. s_nv2, "FEAT_LVA"]), 3);

    /// <summary>Armv8.0 with a 40-bit bus and no 16 KiB pages.</summary>
    internal static SuiteTarget V80 { get; } = new(
        new FeatureSet(["FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_AA64EL2", "FEAT_AA64EL3", "FEAT_E2H0", "FEAT_FP"],
            new Dictionary<string, long> { ["$PA_BITS"] = 40, ["$GRANULE_16K"] = 0, ["$GRANULE_16K_2"] = 0 }),
        3);

    /// <summary>The profile nv2 entered at EL2.</summary>
    internal static SuiteTarget NoEl3 { get; } = new(new FeatureSet(s_nv2.Where(f => f != "FEAT_AA64EL3")), 2);

    /// <summary>A guest at EL1.</summary>
    internal static SuiteTarget El1 { get; } = new(new FeatureSet(["FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_PAN", "FEAT_FP"]), 1);

    internal static SuiteTarget Of(string name) => name switch
    {
        "nv2" => Nv2,
        "lva" => Lva,
        "v8.0" => V80,
        "no EL3" => NoEl3,
        _ => El1,
    };
}
