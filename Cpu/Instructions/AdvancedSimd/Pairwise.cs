using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Carries an operation over pairs of neighbours.</summary>
internal static class Pairwise
{
    /// <summary>The pairs of Vn fill the lower half of the result, those of Vm the upper half.</summary>
    internal static void Same<T>(Core core, in Operation op)
        where T : struct, IElementOperation
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue n = VectorElements.Read(core, op.Rn);
        VectorValue m = VectorElements.Read(core, op.Rm);
        var result = default(VectorValue);
        int half = op.Elements / 2;
        for (int i = 0; i < half; i++)
        {
            result.Set(i, op.Size, Pair<T>(op, 0, n, i, op.Size));
            result.Set(half + i, op.Size, Pair<T>(op, 0, m, i, op.Size));
        }

        VectorElements.Write(core, op.Rd, result);
    }

    /// <summary>Each pair of Vn makes an element of twice the width.</summary>
    internal static void Long<T>(Core core, in Operation op)
        where T : struct, IElementOperation
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue d = VectorElements.Read(core, op.Rd);
        VectorValue n = VectorElements.Read(core, op.Rn);
        var result = default(VectorValue);
        for (int i = 0; i < op.Elements / 2; i++)
        {
            result.Set(i, op.Size + 1, Pair<T>(op, d.Get(i, op.Size + 1), n, i, op.Size));
        }

        VectorElements.Write(core, op.Rd, result);
    }

    private static ulong Pair<T>(in Operation op, ulong d, in VectorValue v, int pair, int size)
        where T : struct, IElementOperation
    {
        var e = new Element { Bits = 8 << size, Unsigned = T.IsUnsigned(op.U) };
        return (ulong)T.Of(
            d,
            ElementWise.Extended(v, 2 * pair, size, e.Unsigned),
            ElementWise.Extended(v, 2 * pair + 1, size, e.Unsigned),
            ref e);
    }
}
