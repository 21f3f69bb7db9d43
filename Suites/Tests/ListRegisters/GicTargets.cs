using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>Devices as the list-register suite sees them.</summary>
internal static class GicTargets
{
    private static readonly string[] s_nv2 =
    [
        "FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_AA64EL2", "FEAT_AA64EL3", "FEAT_VHE", "FEAT_E2H0", "FEAT_NV", "FEAT_NV2", "FEAT_FGT",
        "FEAT_GICv3", "FEAT_GICv3_TDIR",
    ];

    /// <summary>The profile nv2: 4 list registers, 5 bits.</summary>
    internal static SuiteTarget Nv2 { get; } = Of(s_nv2, 3, 4, 5, 5);

    /// <summary>A device with all that the suite asks for.</summary>
    internal static SuiteTarget Everything { get; } = Of([.. s_nv2, "FEAT_SEL2", "FEAT_NMI", "FEAT_GICv3_NMI"], 3, 4, 5, 5);

    internal static SuiteTarget Of(string name) => name switch
    {
        "nv2" => Nv2,
        "everything" => Everything,
        "one" => Of(s_nv2, 3, 1, 5, 5),
        "sixteen" => Of(s_nv2, 3, 16, 7, 6),
        "seven bits" => Of(s_nv2, 3, 16, 7, 7),
        "16-bit INTIDs" => Of(s_nv2, 3, 4, 6, 6, intIdBits: 16),
        "no EL3" => Of(s_nv2.Where(f => f != "FEAT_AA64EL3"), 2, 4, 5, 5),
        _ => Of(["FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_GICv3"], 1, 4, 5, 5),
    };

    private static SuiteTarget Of(IEnumerable<string> features, int highest, int listRegisters, int priority, int preemption, int intIdBits = 24) => new(
        new FeatureSet(features, new Dictionary<string, long>
        {
            ["$NUM_GIC_LIST_REGS"] = listRegisters,
            ["$NUM_GIC_PRIORITY_BITS"] = priority,
            ["$NUM_GIC_PREEMPTION_BITS"] = preemption,
            ["$NUM_GIC_INTID_BITS"] = intIdBits,
        }),
        highest);
}
