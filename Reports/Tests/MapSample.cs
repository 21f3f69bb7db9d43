using Conformance.Harness.Coverage;
using Conformance.Harness.Runs;

namespace Conformance.Reports.Tests;

/// <summary>The sample run with a small coverage map that has a leaf in every state.</summary>
internal static class MapSample
{
    public static CoverageMap Map { get; } = new("nv2",
    [
        Leaf("MRS SCTLR_EL1@EL0#0:U", LeafState.Pass, 2),
        Leaf("MRS SCTLR_EL1@EL1#0:U", LeafState.Unreachable, 0, "needs a device without AArch64"),
        Leaf("MRS SCTLR_EL1@EL1#1:T2:18", LeafState.Pass, 3) with { Controls = ["HCR_EL2.TRVM"] },
        Leaf("MRS SCTLR_EL1@EL1#2:T2:18", LeafState.Waived, 1) with { Controls = ["HFGRTR_EL2.SCTLR_EL1", "SCR_EL3.FGTEn"], Features = ["FEAT_FGT"] },
        Leaf("MRS SCTLR_EL1@EL1#3:N:110", LeafState.Fail, 2) with { Controls = ["HCR_EL2.NV"], Features = ["FEAT_NV", "FEAT_NV2"] },
        Leaf("MRS SCTLR_EL1@EL1#4:R:SCTLR_EL1", LeafState.Pass, 2),
        Leaf("MSR SCTLR_EL1@EL1#1:T2:18", LeafState.Missing, 0, "the executive cannot <set> this & that") with { Controls = ["HCR_EL2.TVM"] },
        Leaf("MSR SCTLR_EL1@EL1#4:W:SCTLR_EL1", LeafState.Skip, 0, "skipped: needs FEAT_SME"),
        Leaf("TLBI VAE2@EL1#2:U", LeafState.Missing, 0, "no case, and no known cause") with { Controls = ["SCR_EL3.NS"] },
        Leaf("TLBI VAE1@EL1#1:T2:18", LeafState.Pass, 1) with { Controls = ["HCR_EL2.TTLB"] },
        Leaf("MRS ZCR_EL1@EL1#0:U", LeafState.Unreachable, 0, "needs FEAT_SVE"),
    ],
    [
        Nv("MRS SCTLR_EL1", "000", "R:SCTLR_EL1", LeafState.Pass), Nv("MRS SCTLR_EL1", "001", "R:SCTLR_EL1", LeafState.Missing),
        Nv("MRS SCTLR_EL1", "111", "N:110", LeafState.Fail), Nv("MSR VBAR_EL12", "000", "U", LeafState.Pass),
        Nv("MSR VBAR_EL12", "001", "T2:18", LeafState.Waived), Nv("MSR VBAR_EL12", "111", "T2:18", LeafState.Pass),
    ]);

    public static RunRecord Record { get; } = Of(Sample.Record, Map);

    private static RunRecord Of(RunRecord record, CoverageMap map) => record with
    {
        Map = map,
        Summary = record.Summary with
        {
            Coverage = [.. record.Summary.Coverage.Select(c => c.Suite != map.Suite ? c : c with { Map = map.Totals() })],
        },
    };

    private static LeafRow Leaf(string rule, LeafState state, int cases, string reason = "") => new()
    {
        Rule = rule,
        Accessor = rule[..rule.IndexOf('@', StringComparison.Ordinal)],
        Level = rule[rule.IndexOf("@EL", StringComparison.Ordinal) + 3] - '0',
        Kind = rule.Split(':')[1],
        State = state,
        Cases = state switch
        {
            LeafState.Fail => new VerdictCounts(0, cases, 0, 0, 0),
            LeafState.Waived => new VerdictCounts(0, 0, 0, cases, 0),
            LeafState.Skip => new VerdictCounts(0, 0, 1, 0, 0),
            _ => new VerdictCounts(cases, 0, 0, 0, 0),
        },
        Reason = reason,
    };

    private static NvRow Nv(string accessor, string pattern, string leaf, LeafState state) =>
        new(accessor, pattern, leaf, state, state == LeafState.Missing ? default : new VerdictCounts(1, 0, 0, 0, 0));
}
