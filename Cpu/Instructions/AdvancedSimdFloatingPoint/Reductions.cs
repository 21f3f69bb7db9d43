using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD scalar pairwise and across lanes: floating-point.</summary>
/// <remarks>Source: DDI 0487, C7.2, "FADDP (scalar)" to "FMINP (scalar)", FMAXNMV, FMAXV, FMINNMV, FMINV.</remarks>
internal static unsafe class Reductions
{
    internal static readonly InsnRow[] Rows =
    [
        new("FADDP_asisdpair_only_H",    "01 0 1 111 0 0 0 11000 01101 10 Rn:5 Rd:5",    &ReductionForms.Pair<Add, Binary16>) { Feature = "FEAT_FP16" },
        new("FADDP_asisdpair_only_SD",   "01 1 1 111 0 0 sz:1 11000 01101 10 Rn:5 Rd:5", &ReductionForms.Pair<Add, Binary32>,                  &ReductionForms.PairBySize<Add>),
        new("FMAXP_asisdpair_only_H",    "01 0 1 111 0 0 0 11000 01111 10 Rn:5 Rd:5",    &ReductionForms.Pair<Maximum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXP_asisdpair_only_SD",   "01 1 1 111 0 0 sz:1 11000 01111 10 Rn:5 Rd:5", &ReductionForms.Pair<Maximum, Binary32>,              &ReductionForms.PairBySize<Maximum>),
        new("FMINP_asisdpair_only_H",    "01 0 1 111 0 1 0 11000 01111 10 Rn:5 Rd:5",    &ReductionForms.Pair<Minimum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINP_asisdpair_only_SD",   "01 1 1 111 0 1 sz:1 11000 01111 10 Rn:5 Rd:5", &ReductionForms.Pair<Minimum, Binary32>,              &ReductionForms.PairBySize<Minimum>),
        new("FMAXNMP_asisdpair_only_H",  "01 0 1 111 0 0 0 11000 01100 10 Rn:5 Rd:5",    &ReductionForms.Pair<MaximumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXNMP_asisdpair_only_SD", "01 1 1 111 0 0 sz:1 11000 01100 10 Rn:5 Rd:5", &ReductionForms.Pair<MaximumNumber, Binary32>,        &ReductionForms.PairBySize<MaximumNumber>),
        new("FMINNMP_asisdpair_only_H",  "01 0 1 111 0 1 0 11000 01100 10 Rn:5 Rd:5",    &ReductionForms.Pair<MinimumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINNMP_asisdpair_only_SD", "01 1 1 111 0 1 sz:1 11000 01100 10 Rn:5 Rd:5", &ReductionForms.Pair<MinimumNumber, Binary32>,        &ReductionForms.PairBySize<MinimumNumber>),
        new("FMAXV_asimdall_only_H",     "0 Q:1 0 0 111 0 0 0 11000 01111 10 Rn:5 Rd:5", &ReductionForms.AcrossLanes<Maximum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXV_asimdall_only_SD",    "0 1 1 0 111 0 0 0 11000 01111 10 Rn:5 Rd:5",   &ReductionForms.AcrossLanes<Maximum, Binary32>),
        new("FMINV_asimdall_only_H",     "0 Q:1 0 0 111 0 1 0 11000 01111 10 Rn:5 Rd:5", &ReductionForms.AcrossLanes<Minimum, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINV_asimdall_only_SD",    "0 1 1 0 111 0 1 0 11000 01111 10 Rn:5 Rd:5",   &ReductionForms.AcrossLanes<Minimum, Binary32>),
        new("FMAXNMV_asimdall_only_H",   "0 Q:1 0 0 111 0 0 0 11000 01100 10 Rn:5 Rd:5", &ReductionForms.AcrossLanes<MaximumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMAXNMV_asimdall_only_SD",  "0 1 1 0 111 0 0 0 11000 01100 10 Rn:5 Rd:5",   &ReductionForms.AcrossLanes<MaximumNumber, Binary32>),
        new("FMINNMV_asimdall_only_H",   "0 Q:1 0 0 111 0 1 0 11000 01100 10 Rn:5 Rd:5", &ReductionForms.AcrossLanes<MinimumNumber, Binary16>) { Feature = "FEAT_FP16" },
        new("FMINNMV_asimdall_only_SD",  "0 1 1 0 111 0 1 0 11000 01100 10 Rn:5 Rd:5",   &ReductionForms.AcrossLanes<MinimumNumber, Binary32>),
    ];
}
