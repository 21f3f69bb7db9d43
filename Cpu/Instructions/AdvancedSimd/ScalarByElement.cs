using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeDifferent;
using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSame;
using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSameExtra;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar x indexed element: the integer operations.</summary>
/// <remarks>Source: DDI 0487, C7.2, the "(by element)" pages, the scalar encodings.</remarks>
internal static unsafe class ScalarByElement
{
    internal static readonly InsnRow[] Rows =
    [
        new("SQDMLAL_asisdelem_L",  "01 0 1 111 1 size:2 L:1 M:1 Rm:4 0 0 11 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<DoublingMultiplyAdd>,          &Element),
        new("SQDMLSL_asisdelem_L",  "01 0 1 111 1 size:2 L:1 M:1 Rm:4 0 1 11 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<DoublingMultiplySubtract>,     &Element),
        new("SQDMULL_asisdelem_L",  "01 0 1 111 1 size:2 L:1 M:1 Rm:4 1011 H:1 0 Rn:5 Rd:5",   &ElementWise.LongByElement<DoublingMultiply>,             &Element),
        new("SQDMULH_asisdelem_R",  "01 0 1 111 1 size:2 L:1 M:1 Rm:4 110 0 H:1 0 Rn:5 Rd:5",  &ElementWise.SameByElement<DoublingMultiplyHigh>,         &Element),
        new("SQRDMULH_asisdelem_R", "01 0 1 111 1 size:2 L:1 M:1 Rm:4 110 1 H:1 0 Rn:5 Rd:5",  &ElementWise.SameByElement<RoundingDoublingMultiplyHigh>, &Element),
        new("SQRDMLAH_asisdelem_R", "01 1 1 111 1 size:2 L:1 M:1 Rm:4 11 0 1 H:1 0 Rn:5 Rd:5", &ElementWise.SameByElement<DoublingMultiplyAddHigh>,      &Element) { Feature = "FEAT_RDM" },
        new("SQRDMLSH_asisdelem_R", "01 1 1 111 1 size:2 L:1 M:1 Rm:4 11 1 1 H:1 0 Rn:5 Rd:5", &ElementWise.SameByElement<DoublingMultiplySubtractHigh>, &Element) { Feature = "FEAT_RDM" },
    ];

    private static void Element(ref Operation op)
    {
        Shape.ScalarHalfwordsAndWords(ref op);
        ByElement.Index(ref op);
    }
}
