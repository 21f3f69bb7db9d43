using Conformance.Cpu.Exceptions;
using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSame;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD three different: long, wide and narrowing operations.</summary>
/// <remarks>Source: DDI 0487, C7.2, ADDHN, PMULL, RADDHN, RSUBHN, SABAL to USUBW.</remarks>
internal static unsafe class ThreeDifferent
{
    internal static readonly InsnRow[] Rows =
    [
        new("SADDL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 00 0 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementAdd>,                &Shape.Half),
        new("UADDL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 00 0 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementAdd>,                &Shape.Half),
        new("SADDW_asimddiff_W",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 00 0 1 00 Rn:5 Rd:5", &ElementWise.Wide<ElementAdd>,                &Shape.Half),
        new("UADDW_asimddiff_W",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 00 0 1 00 Rn:5 Rd:5", &ElementWise.Wide<ElementAdd>,                &Shape.Half),
        new("SSUBL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 00 1 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementSubtract>,           &Shape.Half),
        new("USUBL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 00 1 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementSubtract>,           &Shape.Half),
        new("SSUBW_asimddiff_W",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 00 1 1 00 Rn:5 Rd:5", &ElementWise.Wide<ElementSubtract>,           &Shape.Half),
        new("USUBW_asimddiff_W",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 00 1 1 00 Rn:5 Rd:5", &ElementWise.Wide<ElementSubtract>,           &Shape.Half),
        new("ADDHN_asimddiff_N",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 01 0 0 00 Rn:5 Rd:5", &ElementWise.Narrow<AddHigh>,                 &Shape.Half),
        new("RADDHN_asimddiff_N",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 01 0 0 00 Rn:5 Rd:5", &ElementWise.Narrow<RoundingAddHigh>,         &Shape.Half),
        new("SABAL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 01 0 1 00 Rn:5 Rd:5", &ElementWise.Long<AbsoluteDifferenceAdd>,     &Shape.Half),
        new("UABAL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 01 0 1 00 Rn:5 Rd:5", &ElementWise.Long<AbsoluteDifferenceAdd>,     &Shape.Half),
        new("SUBHN_asimddiff_N",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 01 1 0 00 Rn:5 Rd:5", &ElementWise.Narrow<SubtractHigh>,            &Shape.Half),
        new("RSUBHN_asimddiff_N",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 01 1 0 00 Rn:5 Rd:5", &ElementWise.Narrow<RoundingSubtractHigh>,    &Shape.Half),
        new("SABDL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 01 1 1 00 Rn:5 Rd:5", &ElementWise.Long<ElementAbsoluteDifference>, &Shape.Half),
        new("UABDL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 01 1 1 00 Rn:5 Rd:5", &ElementWise.Long<ElementAbsoluteDifference>, &Shape.Half),
        new("SMLAL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 10 0 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementMultiplyAdd>,        &Shape.Half),
        new("UMLAL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 10 0 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementMultiplyAdd>,        &Shape.Half),
        new("SQDMLAL_asimddiff_L",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 10 0 1 00 Rn:5 Rd:5", &ElementWise.Long<DoublingMultiplyAdd>,       &Shape.HalfHalfwordsAndWords),
        new("SMLSL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 10 1 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementMultiplySubtract>,   &Shape.Half),
        new("UMLSL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 10 1 0 00 Rn:5 Rd:5", &ElementWise.Long<ElementMultiplySubtract>,   &Shape.Half),
        new("SQDMLSL_asimddiff_L",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 10 1 1 00 Rn:5 Rd:5", &ElementWise.Long<DoublingMultiplySubtract>,  &Shape.HalfHalfwordsAndWords),
        new("SMULL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 1100 00 Rn:5 Rd:5",   &ElementWise.Long<ElementMultiply>,           &Shape.Half),
        new("UMULL_asimddiff_L",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 1100 00 Rn:5 Rd:5",   &ElementWise.Long<ElementMultiply>,           &Shape.Half),
        new("SQDMULL_asimddiff_L",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 1101 00 Rn:5 Rd:5",   &ElementWise.Long<DoublingMultiply>,          &Shape.HalfHalfwordsAndWords),
        new("PMULL_asimddiff_L",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 1110 00 Rn:5 Rd:5",   &ElementWise.Long<PolynomialMultiplyLong>,    &Shape.HalfBytes),
        new("PMULL_asimddiff_L (1Q)", "0 Q:1 0 0 111 0 11 1 Rm:5 1110 00 Rn:5 Rd:5",       &PolynomialMultiplyDoubleword) { Feature = "FEAT_PMULL" },
    ];

    internal readonly struct ElementSubtract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n - m;
    }

    internal readonly struct AddHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n + m) >> e.Bits;
    }

    internal readonly struct RoundingAddHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n + m + Element.Half(e.Bits)) >> e.Bits;
    }

    internal readonly struct SubtractHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n - m) >> e.Bits;
    }

    internal readonly struct RoundingSubtractHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n - m + Element.Half(e.Bits)) >> e.Bits;
    }

    internal readonly struct ElementAbsoluteDifference : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => Int128.Abs(n - m);
    }

    internal readonly struct AbsoluteDifferenceAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d + Int128.Abs(n - m);
    }

    internal readonly struct ElementMultiply : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n * m;
    }

    internal readonly struct ElementMultiplyAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d + n * m;
    }

    internal readonly struct ElementMultiplySubtract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d - n * m;
    }

    internal readonly struct DoublingMultiply : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(2 * n * m);
    }

    /// <summary>The product saturates before the sum does.</summary>
    internal readonly struct DoublingMultiplyAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(d + e.SaturateSigned(2 * n * m));
    }

    internal readonly struct DoublingMultiplySubtract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(d - e.SaturateSigned(2 * n * m));
    }

    internal readonly struct PolynomialMultiplyLong : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (Int128)ThreeSame.PolynomialProduct((byte)n, (byte)m);
    }

    private static void PolynomialMultiplyDoubleword(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            int upper = op.Bit(30) ? 1 : 0;
            UInt128 product = ThreeSame.PolynomialProduct(core.V[2 * op.Rn + upper], core.V[2 * op.Rm + upper]);
            VectorElements.Write(core, op.Rd, new VectorValue((ulong)product, (ulong)(product >> 64)));
        }
    }
}
