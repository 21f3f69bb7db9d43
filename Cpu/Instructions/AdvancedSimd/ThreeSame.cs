using static Conformance.Cpu.Instructions.AdvancedSimd.VectorOperations;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD three same: the integer and logical operations.</summary>
/// <remarks>Source: DDI 0487, C7.2, ADD (vector) to USHL, UABA, BIF, BIT, BSL.</remarks>
internal static unsafe class ThreeSame
{
    internal static readonly InsnRow[] Rows =
    [
        new("SHADD_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 00000 1 Rn:5 Rd:5",   &ElementWise.Same<HalvingAdd>,                        &Shape.BytesToWords),
        new("UHADD_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 00000 1 Rn:5 Rd:5",   &ElementWise.Same<HalvingAdd>,                        &Shape.BytesToWords),
        new("SQADD_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 00001 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingAdd>,                     &Shape.Any),
        new("UQADD_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 00001 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingAdd>,                     &Shape.Any),
        new("SRHADD_asimdsame_only",   "0 Q:1 0 0 111 0 size:2 1 Rm:5 00010 1 Rn:5 Rd:5",   &ElementWise.Same<RoundingHalvingAdd>,                &Shape.BytesToWords),
        new("URHADD_asimdsame_only",   "0 Q:1 1 0 111 0 size:2 1 Rm:5 00010 1 Rn:5 Rd:5",   &ElementWise.Same<RoundingHalvingAdd>,                &Shape.BytesToWords),
        new("AND_asimdsame_only",      "0 Q:1 0 0 111 0 00 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<And>,                               &Shape.Bits),
        new("BIC_asimdsame_only",      "0 Q:1 0 0 111 0 01 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<BitClear>,                          &Shape.Bits),
        new("ORR_asimdsame_only",      "0 Q:1 0 0 111 0 10 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<Or>,                                &Shape.Bits),
        new("ORN_asimdsame_only",      "0 Q:1 0 0 111 0 11 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<OrNot>,                             &Shape.Bits),
        new("EOR_asimdsame_only",      "0 Q:1 1 0 111 0 00 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<ExclusiveOr>,                       &Shape.Bits),
        new("BSL_asimdsame_only",      "0 Q:1 1 0 111 0 01 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<BitSelect>,                         &Shape.Bits),
        new("BIT_asimdsame_only",      "0 Q:1 1 0 111 0 10 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<InsertIfTrue>,                      &Shape.Bits),
        new("BIF_asimdsame_only",      "0 Q:1 1 0 111 0 11 1 Rm:5 00011 1 Rn:5 Rd:5",       &WholeVector.Same<InsertIfFalse>,                     &Shape.Bits),
        new("SHSUB_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 00100 1 Rn:5 Rd:5",   &ElementWise.Same<HalvingSubtract>,                   &Shape.BytesToWords),
        new("UHSUB_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 00100 1 Rn:5 Rd:5",   &ElementWise.Same<HalvingSubtract>,                   &Shape.BytesToWords),
        new("SQSUB_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 00101 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingSubtract>,                &Shape.Any),
        new("UQSUB_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 00101 1 Rn:5 Rd:5",   &ElementWise.Same<SaturatingSubtract>,                &Shape.Any),
        new("CMGT_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 0011 0 1 Rn:5 Rd:5",  &WholeVector.Same<Greater>,                           &Shape.Any),
        new("CMHI_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 0011 0 1 Rn:5 Rd:5",  &WholeVector.Same<Greater>,                           &Shape.Any),
        new("CMGE_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 0011 1 1 Rn:5 Rd:5",  &WholeVector.Same<GreaterOrEqual>,                    &Shape.Any),
        new("CMHS_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 0011 1 1 Rn:5 Rd:5",  &WholeVector.Same<GreaterOrEqual>,                    &Shape.Any),
        new("SSHL_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 010 0 0 1 Rn:5 Rd:5", &ElementWise.Same<ShiftByRegister>,                   &Shape.Any),
        new("USHL_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 010 0 0 1 Rn:5 Rd:5", &ElementWise.Same<ShiftByRegister>,                   &Shape.Any),
        new("SQSHL_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 010 0 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftByRegister>,         &Shape.Any),
        new("UQSHL_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 010 0 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftByRegister>,         &Shape.Any),
        new("SRSHL_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 010 1 0 1 Rn:5 Rd:5", &ElementWise.Same<RoundingShiftByRegister>,           &Shape.Any),
        new("URSHL_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 010 1 0 1 Rn:5 Rd:5", &ElementWise.Same<RoundingShiftByRegister>,           &Shape.Any),
        new("SQRSHL_asimdsame_only",   "0 Q:1 0 0 111 0 size:2 1 Rm:5 010 1 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingRoundingShiftByRegister>, &Shape.Any),
        new("UQRSHL_asimdsame_only",   "0 Q:1 1 0 111 0 size:2 1 Rm:5 010 1 1 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingRoundingShiftByRegister>, &Shape.Any),
        new("SMAX_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 0110 0 1 Rn:5 Rd:5",  &WholeVector.Same<Maximum>,                           &Shape.BytesToWords),
        new("UMAX_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 0110 0 1 Rn:5 Rd:5",  &WholeVector.Same<Maximum>,                           &Shape.BytesToWords),
        new("SMIN_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 0110 1 1 Rn:5 Rd:5",  &WholeVector.Same<Minimum>,                           &Shape.BytesToWords),
        new("UMIN_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 0110 1 1 Rn:5 Rd:5",  &WholeVector.Same<Minimum>,                           &Shape.BytesToWords),
        new("SABD_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 0111 0 1 Rn:5 Rd:5",  &WholeVector.Same<AbsoluteDifference>,                &Shape.BytesToWords),
        new("UABD_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 0111 0 1 Rn:5 Rd:5",  &WholeVector.Same<AbsoluteDifference>,                &Shape.BytesToWords),
        new("SABA_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 0111 1 1 Rn:5 Rd:5",  &WholeVector.Same<AbsoluteDifferenceAccumulate>,      &Shape.BytesToWords),
        new("UABA_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 0111 1 1 Rn:5 Rd:5",  &WholeVector.Same<AbsoluteDifferenceAccumulate>,      &Shape.BytesToWords),
        new("ADD_asimdsame_only",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 10000 1 Rn:5 Rd:5",   &WholeVector.Same<Add>,                               &Shape.Any),
        new("SUB_asimdsame_only",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 10000 1 Rn:5 Rd:5",   &WholeVector.Same<Subtract>,                          &Shape.Any),
        new("CMTST_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 10001 1 Rn:5 Rd:5",   &WholeVector.Same<Test>,                              &Shape.Any),
        new("CMEQ_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 10001 1 Rn:5 Rd:5",   &WholeVector.Same<Equal>,                             &Shape.Any),
        new("MLA_asimdsame_only",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 10010 1 Rn:5 Rd:5",   &WholeVector.Same<MultiplyAdd>,                       &Shape.BytesToWords),
        new("MLS_asimdsame_only",      "0 Q:1 1 0 111 0 size:2 1 Rm:5 10010 1 Rn:5 Rd:5",   &WholeVector.Same<MultiplySubtract>,                  &Shape.BytesToWords),
        new("MUL_asimdsame_only",      "0 Q:1 0 0 111 0 size:2 1 Rm:5 10011 1 Rn:5 Rd:5",   &WholeVector.Same<Multiply>,                          &Shape.BytesToWords),
        new("PMUL_asimdsame_only",     "0 Q:1 1 0 111 0 size:2 1 Rm:5 10011 1 Rn:5 Rd:5",   &ElementWise.Same<PolynomialMultiply>,                &Shape.Bytes),
        new("SMAXP_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 1010 0 1 Rn:5 Rd:5",  &Pairwise.Same<ElementMaximum>,                       &Shape.BytesToWords),
        new("UMAXP_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 1010 0 1 Rn:5 Rd:5",  &Pairwise.Same<ElementMaximum>,                       &Shape.BytesToWords),
        new("SMINP_asimdsame_only",    "0 Q:1 0 0 111 0 size:2 1 Rm:5 1010 1 1 Rn:5 Rd:5",  &Pairwise.Same<ElementMinimum>,                       &Shape.BytesToWords),
        new("UMINP_asimdsame_only",    "0 Q:1 1 0 111 0 size:2 1 Rm:5 1010 1 1 Rn:5 Rd:5",  &Pairwise.Same<ElementMinimum>,                       &Shape.BytesToWords),
        new("SQDMULH_asimdsame_only",  "0 Q:1 0 0 111 0 size:2 1 Rm:5 10110 1 Rn:5 Rd:5",   &ElementWise.Same<DoublingMultiplyHigh>,              &Shape.HalfwordsAndWords),
        new("SQRDMULH_asimdsame_only", "0 Q:1 1 0 111 0 size:2 1 Rm:5 10110 1 Rn:5 Rd:5",   &ElementWise.Same<RoundingDoublingMultiplyHigh>,      &Shape.HalfwordsAndWords),
        new("ADDP_asimdsame_only",     "0 Q:1 0 0 111 0 size:2 1 Rm:5 10111 1 Rn:5 Rd:5",   &Pairwise.Same<ElementAdd>,                           &Shape.Any),
    ];

    /// <summary>No 64-bit element has anything left behind this shift, rounded or not, and 128 bits hold the rounding.</summary>
    private const int FurthestRight = -66;

    internal readonly struct HalvingAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n + m) >> 1;
    }

    internal readonly struct RoundingHalvingAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n + m + 1) >> 1;
    }

    internal readonly struct HalvingSubtract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n - m) >> 1;
    }

    internal readonly struct SaturatingAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(n + m);
    }

    internal readonly struct SaturatingSubtract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(n - m);
    }

    internal readonly struct ElementAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n + m;
    }

    internal readonly struct ElementMaximum : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => Int128.Max(n, m);
    }

    internal readonly struct ElementMinimum : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => Int128.Min(n, m);
    }

    internal readonly struct ShiftByRegister : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => Shifted(n, (sbyte)m);
    }

    internal readonly struct RoundingShiftByRegister : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => ShiftedRounding(n, (sbyte)m);
    }

    internal readonly struct SaturatingShiftByRegister : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(Bounded(n, (sbyte)m, e.Bits) ?? Shifted(n, (sbyte)m));
    }

    internal readonly struct SaturatingRoundingShiftByRegister : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(Bounded(n, (sbyte)m, e.Bits) ?? ShiftedRounding(n, (sbyte)m));
    }

    internal readonly struct PolynomialMultiply : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (Int128)PolynomialProduct((ulong)n, (ulong)m);
    }

    internal readonly struct DoublingMultiplyHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(2 * n * m >> e.Bits);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct RoundingDoublingMultiplyHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned((2 * n * m + Element.Half(e.Bits)) >> e.Bits);

        public static bool IsUnsigned(bool u) => false;
    }

    /// <summary>The product of two polynomials over {0, 1}; addition of coefficients is exclusive OR.</summary>
    internal static UInt128 PolynomialProduct(ulong n, ulong m)
    {
        UInt128 product = 0;
        for (UInt128 shifted = n; m != 0; m >>= 1, shifted <<= 1)
        {
            product ^= (m & 1) != 0 ? shifted : 0;
        }

        return product;
    }

    /// <summary>Left by a positive amount, right by a negative one.</summary>
    private static Int128 Shifted(Int128 n, int amount) => amount >= 0 ? n << amount : n >> -Math.Max(amount, FurthestRight);

    private static Int128 ShiftedRounding(Int128 n, int amount)
    {
        int right = -Math.Max(amount, FurthestRight);
        return amount >= 0 ? n << amount : (n + Element.Half(right)) >> right;
    }

    /// <summary>A left shift that moves everything out, as a value that saturates alike; null when 128 bits can hold it.</summary>
    private static Int128? Bounded(Int128 n, int amount, int bits) =>
        amount < bits ? null : Int128.Sign(n) * (Int128.One << bits);
}
