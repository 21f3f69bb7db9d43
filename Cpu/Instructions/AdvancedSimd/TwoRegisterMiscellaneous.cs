using System.Numerics;
using Conformance.Cpu.Exceptions;
using static Conformance.Cpu.Instructions.AdvancedSimd.VectorOperations;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD two-register miscellaneous: the integer operations.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, ABS, CLS, CLZ, CM.. (zero), CNT, NEG, NOT, RBIT, REV.., S..ADDLP, SHLL, SQ.., XTN and neighbours.
/// </remarks>
internal static unsafe class TwoRegisterMiscellaneous
{
    internal static readonly InsnRow[] Rows =
    [
        new("REV64_asimdmisc_R",  "0 Q:1 0 0 111 0 size:2 10000 0000 0 10 Rn:5 Rd:5",  &Reverse,                                       &WithinDoublewords),
        new("REV32_asimdmisc_R",  "0 Q:1 1 0 111 0 size:2 10000 0000 0 10 Rn:5 Rd:5",  &Reverse,                                       &WithinWords),
        new("REV16_asimdmisc_R",  "0 Q:1 0 0 111 0 size:2 10000 0000 1 10 Rn:5 Rd:5",  &Reverse,                                       &WithinHalfwords),
        new("SADDLP_asimdmisc_P", "0 Q:1 0 0 111 0 size:2 10000 00 0 10 10 Rn:5 Rd:5", &Pairwise.Long<PairAdd>,                        &Shape.BytesToWords),
        new("UADDLP_asimdmisc_P", "0 Q:1 1 0 111 0 size:2 10000 00 0 10 10 Rn:5 Rd:5", &Pairwise.Long<PairAdd>,                        &Shape.BytesToWords),
        new("SUQADD_asimdmisc_R", "0 Q:1 0 0 111 0 size:2 10000 00011 10 Rn:5 Rd:5",   &ElementWise.Same<SaturatingMixedAdd>,          &Shape.Any),
        new("USQADD_asimdmisc_R", "0 Q:1 1 0 111 0 size:2 10000 00011 10 Rn:5 Rd:5",   &ElementWise.Same<SaturatingMixedAdd>,          &Shape.Any),
        new("CLS_asimdmisc_R",    "0 Q:1 0 0 111 0 size:2 10000 00100 10 Rn:5 Rd:5",   &ElementWise.Same<LeadingSigns>,                &Shape.BytesToWords),
        new("CLZ_asimdmisc_R",    "0 Q:1 1 0 111 0 size:2 10000 00100 10 Rn:5 Rd:5",   &ElementWise.Same<LeadingZeros>,                &Shape.BytesToWords),
        new("CNT_asimdmisc_R",    "0 Q:1 0 0 111 0 size:2 10000 00101 10 Rn:5 Rd:5",   &ElementWise.Same<BitCount>,                    &Shape.Bytes),
        new("SADALP_asimdmisc_P", "0 Q:1 0 0 111 0 size:2 10000 00 1 10 10 Rn:5 Rd:5", &Pairwise.Long<PairAddAccumulate>,              &Shape.BytesToWords),
        new("UADALP_asimdmisc_P", "0 Q:1 1 0 111 0 size:2 10000 00 1 10 10 Rn:5 Rd:5", &Pairwise.Long<PairAddAccumulate>,              &Shape.BytesToWords),
        new("SQABS_asimdmisc_R",  "0 Q:1 0 0 111 0 size:2 10000 00111 10 Rn:5 Rd:5",   &ElementWise.Same<SaturatingAbsolute>,          &Shape.Any),
        new("SQNEG_asimdmisc_R",  "0 Q:1 1 0 111 0 size:2 10000 00111 10 Rn:5 Rd:5",   &ElementWise.Same<SaturatingNegate>,            &Shape.Any),
        new("CMGT_asimdmisc_Z",   "0 Q:1 0 0 111 0 size:2 10000 0100 0 10 Rn:5 Rd:5",  &WholeVector.Same<GreaterThanZero>,             &Shape.Any),
        new("CMGE_asimdmisc_Z",   "0 Q:1 1 0 111 0 size:2 10000 0100 0 10 Rn:5 Rd:5",  &WholeVector.Same<GreaterOrEqualZero>,          &Shape.Any),
        new("CMEQ_asimdmisc_Z",   "0 Q:1 0 0 111 0 size:2 10000 0100 1 10 Rn:5 Rd:5",  &WholeVector.Same<EqualZero>,                   &Shape.Any),
        new("CMLE_asimdmisc_Z",   "0 Q:1 1 0 111 0 size:2 10000 0100 1 10 Rn:5 Rd:5",  &WholeVector.Same<LessOrEqualZero>,             &Shape.Any),
        new("CMLT_asimdmisc_Z",   "0 Q:1 0 0 111 0 size:2 10000 01010 10 Rn:5 Rd:5",   &WholeVector.Same<LessThanZero>,                &Shape.Any),
        new("ABS_asimdmisc_R",    "0 Q:1 0 0 111 0 size:2 10000 01011 10 Rn:5 Rd:5",   &WholeVector.Same<Absolute>,                    &Shape.Any),
        new("NEG_asimdmisc_R",    "0 Q:1 1 0 111 0 size:2 10000 01011 10 Rn:5 Rd:5",   &WholeVector.Same<Negate>,                      &Shape.Any),
        new("XTN_asimdmisc_N",    "0 Q:1 0 0 111 0 size:2 10000 10010 10 Rn:5 Rd:5",   &ElementWise.Narrow<Extract>,                   &Shape.Half),
        new("SQXTN_asimdmisc_N",  "0 Q:1 0 0 111 0 size:2 10000 10100 10 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingExtract>,         &Shape.Half),
        new("UQXTN_asimdmisc_N",  "0 Q:1 1 0 111 0 size:2 10000 10100 10 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingExtract>,         &Shape.Half),
        new("SQXTUN_asimdmisc_N", "0 Q:1 1 0 111 0 size:2 10000 10010 10 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingExtractUnsigned>, &Shape.Half),
        new("SHLL_asimdmisc_S",   "0 Q:1 1 0 111 0 size:2 10000 10011 10 Rn:5 Rd:5",   &ElementWise.Long<ShiftLeftLong>,               &Shape.Half),
        new("NOT_asimdmisc_R",    "0 Q:1 1 0 111 0 00 10000 00101 10 Rn:5 Rd:5",       &WholeVector.Same<Not>,                         &Shape.Bits),
        new("RBIT_asimdmisc_R",   "0 Q:1 1 0 111 0 01 10000 00101 10 Rn:5 Rd:5",       &ElementWise.Same<ReverseBits>,                 &Shape.ImpliedBytes),
    ];

    /// <summary>The accumulator has the sign that U says, the source the other one.</summary>
    internal readonly struct SaturatingMixedAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(d + Other(n, e));
    }

    internal readonly struct LeadingSigns : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => BitOperations.LeadingZeroCount((ulong)(n ^ n >> 1)) - (64 - e.Bits) - 1;
    }

    internal readonly struct LeadingZeros : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => BitOperations.LeadingZeroCount((ulong)n) - (64 - e.Bits);
    }

    internal readonly struct BitCount : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => BitOperations.PopCount((byte)n);
    }

    internal readonly struct ReverseBits : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => Reversed((byte)n);
    }

    internal readonly struct SaturatingAbsolute : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(Int128.Abs(n));

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct SaturatingNegate : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(-n);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct PairAdd : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n + m;
    }

    internal readonly struct PairAddAccumulate : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d + n + m;
    }

    internal readonly struct Extract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n;
    }

    internal readonly struct SaturatingExtract : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(n);
    }

    internal readonly struct SaturatingExtractUnsigned : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateUnsigned(n);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct ShiftLeftLong : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n << (e.Bits / 2);
    }

    private static Int128 Other(Int128 n, in Element e)
    {
        int spare = 64 - e.Bits;
        ulong bits = (ulong)n << spare;
        return e.Unsigned ? (long)bits >> spare : bits >> spare;
    }

    private static int Reversed(byte b)
    {
        int reversed = 0;
        for (int i = 0; i < 8; i++)
        {
            reversed |= (b >> i & 1) << 7 - i;
        }

        return reversed;
    }

    private static void WithinDoublewords(ref Operation op) => Containers(ref op, 3);

    private static void WithinWords(ref Operation op) => Containers(ref op, 2);

    private static void WithinHalfwords(ref Operation op) => Containers(ref op, 1);

    /// <summary>Imm: elements of a container less 1, which turns an index into the one it changes places with.</summary>
    private static void Containers(ref Operation op, int container)
    {
        Shape.Any(ref op);
        op.Imm = (1u << (container - op.Size)) - 1;
        if (op.Size >= container)
        {
            op.MakeUndefined();
        }
    }

    private static void Reverse(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue n = VectorElements.Read(core, op.Rn);
        var result = default(VectorValue);
        for (int i = 0; i < op.Elements; i++)
        {
            result.Set(i ^ (int)op.Imm, op.Size, n.Get(i, op.Size));
        }

        VectorElements.Write(core, op.Rd, result);
    }
}
