using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeDifferent;
using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSame;
using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSameExtra;
using static Conformance.Cpu.Instructions.AdvancedSimd.VectorOperations;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD vector x indexed element: the integer operations.</summary>
/// <remarks>Source: DDI 0487, C7.2, the "(by element)" pages.</remarks>
internal static unsafe class ByElement
{
    internal static readonly InsnRow[] Rows =
    [
        new("MLA_asimdelem_R",      "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 0 0 00 H:1 0 Rn:5 Rd:5", &WholeVector.ByElement<MultiplyAdd>,                      &Same),
        new("MLS_asimdelem_R",      "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 0 1 00 H:1 0 Rn:5 Rd:5", &WholeVector.ByElement<MultiplySubtract>,                 &Same),
        new("MUL_asimdelem_R",      "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 1000 H:1 0 Rn:5 Rd:5",   &WholeVector.ByElement<Multiply>,                         &Same),
        new("SMLAL_asimdelem_L",    "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 0 0 10 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<ElementMultiplyAdd>,           &Long),
        new("UMLAL_asimdelem_L",    "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 0 0 10 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<ElementMultiplyAdd>,           &Long),
        new("SQDMLAL_asimdelem_L",  "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 0 0 11 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<DoublingMultiplyAdd>,          &Long),
        new("SMLSL_asimdelem_L",    "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 0 1 10 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<ElementMultiplySubtract>,      &Long),
        new("UMLSL_asimdelem_L",    "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 0 1 10 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<ElementMultiplySubtract>,      &Long),
        new("SQDMLSL_asimdelem_L",  "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 0 1 11 H:1 0 Rn:5 Rd:5", &ElementWise.LongByElement<DoublingMultiplySubtract>,     &Long),
        new("SMULL_asimdelem_L",    "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 1010 H:1 0 Rn:5 Rd:5",   &ElementWise.LongByElement<ElementMultiply>,              &Long),
        new("UMULL_asimdelem_L",    "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 1010 H:1 0 Rn:5 Rd:5",   &ElementWise.LongByElement<ElementMultiply>,              &Long),
        new("SQDMULL_asimdelem_L",  "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 1011 H:1 0 Rn:5 Rd:5",   &ElementWise.LongByElement<DoublingMultiply>,             &Long),
        new("SQDMULH_asimdelem_R",  "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 110 0 H:1 0 Rn:5 Rd:5",  &ElementWise.SameByElement<DoublingMultiplyHigh>,         &Same),
        new("SQRDMULH_asimdelem_R", "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 110 1 H:1 0 Rn:5 Rd:5",  &ElementWise.SameByElement<RoundingDoublingMultiplyHigh>, &Same),
        new("SQRDMLAH_asimdelem_R", "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 11 0 1 H:1 0 Rn:5 Rd:5", &ElementWise.SameByElement<DoublingMultiplyAddHigh>,      &Same) { Feature = "FEAT_RDM" },
        new("SQRDMLSH_asimdelem_R", "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 11 1 1 H:1 0 Rn:5 Rd:5", &ElementWise.SameByElement<DoublingMultiplySubtractHigh>, &Same) { Feature = "FEAT_RDM" },
        new("SDOT_asimdelem_D",     "0 Q:1 0 0 111 1 size:2 L:1 M:1 Rm:4 1110 H:1 0 Rn:5 Rd:5",   &DotProduct,                                              &FourBytes) { Feature = "FEAT_DotProd" },
        new("UDOT_asimdelem_D",     "0 Q:1 1 0 111 1 size:2 L:1 M:1 Rm:4 1110 H:1 0 Rn:5 Rd:5",   &DotProduct,                                              &FourBytes) { Feature = "FEAT_DotProd" },
    ];

    private static void Same(ref Operation op)
    {
        Shape.HalfwordsAndWords(ref op);
        Index(ref op);
    }

    private static void Long(ref Operation op)
    {
        Shape.HalfHalfwordsAndWords(ref op);
        Index(ref op);
    }

    private static void FourBytes(ref Operation op)
    {
        Shape.Words(ref op);
        Index(ref op);
    }

    /// <summary>Imm: H:L:M for halfwords, whose Rm has 4 bits, or H:L.</summary>
    internal static void Index(ref Operation op)
    {
        uint hl = op.Bits(11, 1) << 1 | op.Bits(21, 1);
        bool halfwords = op.Size == 1;
        op.Imm = halfwords ? hl << 1 | op.Bits(20, 1) : hl;
        op.Rm = (byte)op.Bits(16, halfwords ? 4 : 5);
    }

    private static void DotProduct(Core core, in Operation op) => ThreeSameExtra.DotProduct(core, op, (int)op.Imm);
}
