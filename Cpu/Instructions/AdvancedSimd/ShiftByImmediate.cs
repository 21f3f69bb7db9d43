using System.Numerics;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD shift by immediate.</summary>
/// <remarks>Source: DDI 0487, C7.2, SHL, SLI, SRI, SSHR and the other shifts with an immediate.</remarks>
internal static unsafe class ShiftByImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("SSHR_asimdshf_R",     "0 Q:1 0 0 111 10 immh:4!=0 immb:3 00 0 0 0 1 Rn:5 Rd:5", &ElementWise.Same<ShiftRight>,                             &Right),
        new("USHR_asimdshf_R",     "0 Q:1 1 0 111 10 immh:4!=0 immb:3 00 0 0 0 1 Rn:5 Rd:5", &ElementWise.Same<ShiftRight>,                             &Right),
        new("SSRA_asimdshf_R",     "0 Q:1 0 0 111 10 immh:4!=0 immb:3 00 0 1 0 1 Rn:5 Rd:5", &ElementWise.Same<ShiftRightAccumulate>,                   &Right),
        new("USRA_asimdshf_R",     "0 Q:1 1 0 111 10 immh:4!=0 immb:3 00 0 1 0 1 Rn:5 Rd:5", &ElementWise.Same<ShiftRightAccumulate>,                   &Right),
        new("SRSHR_asimdshf_R",    "0 Q:1 0 0 111 10 immh:4!=0 immb:3 00 1 0 0 1 Rn:5 Rd:5", &ElementWise.Same<RoundingShiftRight>,                     &Right),
        new("URSHR_asimdshf_R",    "0 Q:1 1 0 111 10 immh:4!=0 immb:3 00 1 0 0 1 Rn:5 Rd:5", &ElementWise.Same<RoundingShiftRight>,                     &Right),
        new("SRSRA_asimdshf_R",    "0 Q:1 0 0 111 10 immh:4!=0 immb:3 00 1 1 0 1 Rn:5 Rd:5", &ElementWise.Same<RoundingShiftRightAccumulate>,           &Right),
        new("URSRA_asimdshf_R",    "0 Q:1 1 0 111 10 immh:4!=0 immb:3 00 1 1 0 1 Rn:5 Rd:5", &ElementWise.Same<RoundingShiftRightAccumulate>,           &Right),
        new("SRI_asimdshf_R",      "0 Q:1 1 0 111 10 immh:4!=0 immb:3 01000 1 Rn:5 Rd:5",    &ElementWise.Same<ShiftRightInsert>,                       &Right),
        new("SHL_asimdshf_R",      "0 Q:1 0 0 111 10 immh:4!=0 immb:3 01010 1 Rn:5 Rd:5",    &ElementWise.Same<ShiftLeft>,                              &Left),
        new("SLI_asimdshf_R",      "0 Q:1 1 0 111 10 immh:4!=0 immb:3 01010 1 Rn:5 Rd:5",    &ElementWise.Same<ShiftLeftInsert>,                        &Left),
        new("SQSHLU_asimdshf_R",   "0 Q:1 1 0 111 10 immh:4!=0 immb:3 011 0 0 1 Rn:5 Rd:5",  &ElementWise.Same<SaturatingShiftLeftUnsigned>,            &Left),
        new("SQSHL_asimdshf_R",    "0 Q:1 0 0 111 10 immh:4!=0 immb:3 011 1 0 1 Rn:5 Rd:5",  &ElementWise.Same<SaturatingShiftLeft>,                    &Left),
        new("UQSHL_asimdshf_R",    "0 Q:1 1 0 111 10 immh:4!=0 immb:3 011 1 0 1 Rn:5 Rd:5",  &ElementWise.Same<SaturatingShiftLeft>,                    &Left),
        new("SHRN_asimdshf_N",     "0 Q:1 0 0 111 10 immh:4!=0 immb:3 1000 0 1 Rn:5 Rd:5",   &ElementWise.Narrow<ShiftRight>,                           &RightNarrow),
        new("RSHRN_asimdshf_N",    "0 Q:1 0 0 111 10 immh:4!=0 immb:3 1000 1 1 Rn:5 Rd:5",   &ElementWise.Narrow<RoundingShiftRight>,                   &RightNarrow),
        new("SQSHRUN_asimdshf_N",  "0 Q:1 1 0 111 10 immh:4!=0 immb:3 1000 0 1 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingShiftRightUnsigned>,         &RightNarrow),
        new("SQRSHRUN_asimdshf_N", "0 Q:1 1 0 111 10 immh:4!=0 immb:3 1000 1 1 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingRoundingShiftRightUnsigned>, &RightNarrow),
        new("SQSHRN_asimdshf_N",   "0 Q:1 0 0 111 10 immh:4!=0 immb:3 1001 0 1 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingShiftRight>,                 &RightNarrow),
        new("UQSHRN_asimdshf_N",   "0 Q:1 1 0 111 10 immh:4!=0 immb:3 1001 0 1 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingShiftRight>,                 &RightNarrow),
        new("SQRSHRN_asimdshf_N",  "0 Q:1 0 0 111 10 immh:4!=0 immb:3 1001 1 1 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingRoundingShiftRight>,         &RightNarrow),
        new("UQRSHRN_asimdshf_N",  "0 Q:1 1 0 111 10 immh:4!=0 immb:3 1001 1 1 Rn:5 Rd:5",   &ElementWise.Narrow<SaturatingRoundingShiftRight>,         &RightNarrow),
        new("SSHLL_asimdshf_L",    "0 Q:1 0 0 111 10 immh:4!=0 immb:3 10100 1 Rn:5 Rd:5",    &ElementWise.Long<ShiftLeft>,                              &LeftLong),
        new("USHLL_asimdshf_L",    "0 Q:1 1 0 111 10 immh:4!=0 immb:3 10100 1 Rn:5 Rd:5",    &ElementWise.Long<ShiftLeft>,                              &LeftLong),
    ];

    internal readonly struct ShiftRight : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n >> e.Shift;
    }

    internal readonly struct ShiftRightAccumulate : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d + (n >> e.Shift);
    }

    internal readonly struct RoundingShiftRight : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => (n + Element.Half(e.Shift)) >> e.Shift;
    }

    internal readonly struct RoundingShiftRightAccumulate : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d + ((n + Element.Half(e.Shift)) >> e.Shift);
    }

    internal readonly struct ShiftRightInsert : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d & ~((Int128.One << e.Bits) - 1 >> e.Shift) | n >> e.Shift;
    }

    internal readonly struct ShiftLeft : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => n << e.Shift;
    }

    internal readonly struct ShiftLeftInsert : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => d & ((Int128.One << e.Shift) - 1) | n << e.Shift;
    }

    internal readonly struct SaturatingShiftLeft : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(n << e.Shift);
    }

    internal readonly struct SaturatingShiftLeftUnsigned : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateUnsigned(n << e.Shift);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct SaturatingShiftRight : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate(n >> e.Shift);
    }

    internal readonly struct SaturatingRoundingShiftRight : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.Saturate((n + Element.Half(e.Shift)) >> e.Shift);
    }

    internal readonly struct SaturatingShiftRightUnsigned : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateUnsigned(n >> e.Shift);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct SaturatingRoundingShiftRightUnsigned : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateUnsigned((n + Element.Half(e.Shift)) >> e.Shift);

        public static bool IsUnsigned(bool u) => false;
    }

    private static void Right(ref Operation op)
    {
        Shape.Vector(ref op, SizeOf(op), 0b1111);
        RightAmount(ref op);
    }

    private static void Left(ref Operation op)
    {
        Shape.Vector(ref op, SizeOf(op), 0b1111);
        LeftAmount(ref op);
    }

    private static void RightNarrow(ref Operation op)
    {
        Half(ref op);
        RightAmount(ref op);
    }

    private static void LeftLong(ref Operation op)
    {
        Half(ref op);
        LeftAmount(ref op);
    }

    private static void Half(ref Operation op)
    {
        int size = SizeOf(op);
        Shape.SetHalf(ref op, size);
        if (size == 3)
        {
            op.MakeUndefined();
        }
    }

    /// <summary>The highest bit of immh is the width of an element in bytes.</summary>
    internal static int SizeOf(in Operation op) => BitOperations.Log2(op.Bits(19, 4));

    /// <summary>Imm: immh:immb counts down from twice the width.</summary>
    internal static void RightAmount(ref Operation op) => op.Imm = (16u << op.Size) - op.Bits(16, 7);

    /// <summary>Imm: immh:immb counts up from the width.</summary>
    internal static void LeftAmount(ref Operation op) => op.Imm = op.Bits(16, 7) - (8u << op.Size);
}
