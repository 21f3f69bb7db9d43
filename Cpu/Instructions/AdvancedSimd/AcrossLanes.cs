using Conformance.Cpu.Exceptions;
using static Conformance.Cpu.Instructions.AdvancedSimd.ThreeSame;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD across lanes: ADDV, SADDLV, UADDLV and the maxima and minima.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these.</remarks>
internal static unsafe class AcrossLanes
{
    internal static readonly InsnRow[] Rows =
    [
        new("SADDLV_asimdall_only", "0 Q:1 0 0 111 0 size:2 11000 00011 10 Rn:5 Rd:5",  &Fold<ElementAdd, Wider>,    &Reducible),
        new("UADDLV_asimdall_only", "0 Q:1 1 0 111 0 size:2 11000 00011 10 Rn:5 Rd:5",  &Fold<ElementAdd, Wider>,    &Reducible),
        new("SMAXV_asimdall_only",  "0 Q:1 0 0 111 0 size:2 11000 0 1010 10 Rn:5 Rd:5", &Fold<ElementMaximum, Same>, &Reducible),
        new("UMAXV_asimdall_only",  "0 Q:1 1 0 111 0 size:2 11000 0 1010 10 Rn:5 Rd:5", &Fold<ElementMaximum, Same>, &Reducible),
        new("SMINV_asimdall_only",  "0 Q:1 0 0 111 0 size:2 11000 1 1010 10 Rn:5 Rd:5", &Fold<ElementMinimum, Same>, &Reducible),
        new("UMINV_asimdall_only",  "0 Q:1 1 0 111 0 size:2 11000 1 1010 10 Rn:5 Rd:5", &Fold<ElementMinimum, Same>, &Reducible),
        new("ADDV_asimdall_only",   "0 Q:1 0 0 111 0 size:2 11000 11011 10 Rn:5 Rd:5",  &Fold<ElementAdd, Same>,     &Reducible),
    ];

    /// <summary>At least four elements, none of 64 bits.</summary>
    private static void Reducible(ref Operation op)
    {
        Shape.BytesToWords(ref op);
        if (op.Elements < 4)
        {
            op.MakeUndefined();
        }
    }

    private interface IGrowth
    {
        static abstract int Of(int size);
    }

    private static void Fold<T, TGrowth>(Core core, in Operation op)
        where T : struct, IElementOperation
        where TGrowth : struct, IGrowth
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue n = VectorElements.Read(core, op.Rn);
        var e = new Element { Bits = 8 << op.Size, Unsigned = T.IsUnsigned(op.U) };
        Int128 folded = ElementWise.Extended(n, 0, op.Size, e.Unsigned);
        for (int i = 1; i < op.Elements; i++)
        {
            folded = T.Of(0, folded, ElementWise.Extended(n, i, op.Size, e.Unsigned), ref e);
        }

        var result = default(VectorValue);
        result.Set(0, TGrowth.Of(op.Size), (ulong)folded);
        VectorElements.Write(core, op.Rd, result);
    }

    private readonly struct Same : IGrowth
    {
        public static int Of(int size) => size;
    }

    private readonly struct Wider : IGrowth
    {
        public static int Of(int size) => size + 1;
    }
}
