using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Tests.Exceptions;

/// <summary>Devices as the suite sees them.</summary>
internal static class Targets
{
    private static readonly string[] s_nv2 =
    [
        "FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_AA64EL2", "FEAT_AA64EL3", "FEAT_VHE", "FEAT_E2H0", "FEAT_NV", "FEAT_NV2",
        "FEAT_FGT", "FEAT_PAN", "FEAT_UAO", "FEAT_PAuth", "FEAT_RAS", "FEAT_GICv3", "FEAT_IDST", "FEAT_SSBS", "FEAT_SSBS2", "FEAT_DIT",
        "FEAT_FP", "FEAT_AdvSIMD", "FEAT_CSV2_2", "FEAT_EVT",
    ];

    /// <summary>The profile nv2: EL3, nested virtualization, AArch64 only.</summary>
    internal static SuiteTarget Nv2 { get; } = new(new FeatureSet(s_nv2), 3);

    /// <summary>A device with more PSTATE fields and Secure EL2.</summary>
    internal static SuiteTarget Max { get; } = new(new FeatureSet([.. s_nv2, "FEAT_MTE", "FEAT_MTE2", "FEAT_BTI", "FEAT_NMI", "FEAT_SEL2", "FEAT_WFxT", "FEAT_AA32EL0"]), 3);

    /// <summary>Armv8.0: EL1 and EL0 with EL2 and EL3, and hardly a feature.</summary>
    internal static SuiteTarget V80 { get; } = new(new FeatureSet(["FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_AA64EL2", "FEAT_AA64EL3", "FEAT_E2H0", "FEAT_FP"]), 3);

    /// <summary>The profile nv2 entered at EL2, without EL3.</summary>
    internal static SuiteTarget NoEl3 { get; } = new(new FeatureSet(s_nv2.Where(f => f != "FEAT_AA64EL3")), 2);

    /// <summary>A guest at EL1 that knows nothing above itself.</summary>
    internal static SuiteTarget El1 { get; } = new(new FeatureSet(["FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_PAN", "FEAT_FP"]), 1);
}
