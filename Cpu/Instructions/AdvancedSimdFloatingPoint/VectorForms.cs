using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Handlers that apply an operation to the elements of vectors of 64 or 128 bits, each in its place.</summary>
/// <remarks>
/// The element size of single and double precision is the field sz. A row names the handler for single precision, and the
/// method ...BySize, called when the instruction is decoded, replaces it for double precision.
/// </remarks>
internal static unsafe class VectorForms
{
    /// <summary>Words of 64 bits in the operands: the field Q.</summary>
    internal static int Words(in Operation op) => op.Bit(30) ? 2 : 1;

    internal static void UnaryBySize<TOp>(ref Operation op)
        where TOp : struct, IFpUnary => Choose(ref op, &Unary<TOp, Binary32>, &Unary<TOp, Binary64>);

    internal static void BinaryBySize<TOp>(ref Operation op)
        where TOp : struct, IFpBinary => Choose(ref op, &Binary<TOp, Binary32>, &Binary<TOp, Binary64>);

    internal static void AccumulateBySize<TOp>(ref Operation op)
        where TOp : struct, IFpTernary => Choose(ref op, &Accumulate<TOp, Binary32>, &Accumulate<TOp, Binary64>);

    internal static void PairwiseBySize<TOp>(ref Operation op)
        where TOp : struct, IFpBinary => Choose(ref op, &Pairwise<TOp, Binary32>, &Pairwise<TOp, Binary64>);

    internal static void Unary<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpUnary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        int words = Words(op);
        for (int w = 0; w < words; w++)
        {
            ulong n = core.V[2 * op.Rn + w];
            ulong result = 0;
            for (int at = 0; at < 64; at += F.Bits)
            {
                result |= TOp.Apply<F>(n >> at & Fp<F>.Mask, ref fp) << at;
            }

            core.V[2 * op.Rd + w] = result;
        }

        Finish(core, op, words, fp);
    }

    internal static void Binary<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        int words = Words(op);
        for (int w = 0; w < words; w++)
        {
            ulong n = core.V[2 * op.Rn + w];
            ulong m = core.V[2 * op.Rm + w];
            ulong result = 0;
            for (int at = 0; at < 64; at += F.Bits)
            {
                result |= TOp.Apply<F>(n >> at & Fp<F>.Mask, m >> at & Fp<F>.Mask, ref fp) << at;
            }

            core.V[2 * op.Rd + w] = result;
        }

        Finish(core, op, words, fp);
    }

    /// <summary>The addend is Vd.</summary>
    internal static void Accumulate<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpTernary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        int words = Words(op);
        for (int w = 0; w < words; w++)
        {
            ulong d = core.V[2 * op.Rd + w];
            ulong n = core.V[2 * op.Rn + w];
            ulong m = core.V[2 * op.Rm + w];
            ulong result = 0;
            for (int at = 0; at < 64; at += F.Bits)
            {
                result |= TOp.Apply<F>(d >> at & Fp<F>.Mask, n >> at & Fp<F>.Mask, m >> at & Fp<F>.Mask, ref fp) << at;
            }

            core.V[2 * op.Rd + w] = result;
        }

        Finish(core, op, words, fp);
    }

    /// <summary>The pairs of Vn give the lower half of the result, those of Vm the upper one.</summary>
    internal static void Pairwise<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var n = Lanes.Of(core, op.Rn);
        var m = Lanes.Of(core, op.Rm);
        int half = Words(op) * 32 / F.Bits;
        var result = default(Lanes);
        for (int e = 0; e < half; e++)
        {
            result.Set<F>(e, TOp.Apply<F>(n.Get<F>(2 * e), n.Get<F>(2 * e + 1), ref fp));
        }

        for (int e = 0; e < half; e++)
        {
            result.Set<F>(half + e, TOp.Apply<F>(m.Get<F>(2 * e), m.Get<F>(2 * e + 1), ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    /// <summary>For predecoding: takes the handler of the field sz; one double in 64 bits is UNDEFINED.</summary>
    internal static void Choose(
        ref Operation op, delegate*<Core, in Operation, void> single, delegate*<Core, in Operation, void> isDouble)
    {
        op.Execute = op.Bit(22) ? isDouble : single;
        if (op.Bit(22) && !op.Bit(30))
        {
            op.MakeUndefined();
        }
    }

    private static void Finish(Core core, in Operation op, int words, in FpContext fp)
    {
        if (words == 1)
        {
            core.V[2 * op.Rd + 1] = 0;
        }

        fp.Leave(core);
    }
}
