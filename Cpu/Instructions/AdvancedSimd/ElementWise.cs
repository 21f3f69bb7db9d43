using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Carries an operation on one element over the elements of registers.</summary>
/// <remarks>What the result does not fill is cleared; only the "2" forms of narrowing keep the lower half.</remarks>
internal static class ElementWise
{
    /// <summary>Sources and result have one size.</summary>
    internal static void Same<T>(Core core, in Operation op)
        where T : struct, IElementOperation =>
        Run<T>(core, op, new Layout(op.Size, op.Size, op.Size));

    /// <summary>Both sources are half as wide as the result.</summary>
    internal static void Long<T>(Core core, in Operation op)
        where T : struct, IElementOperation =>
        Run<T>(core, op, new Layout(op.Size + 1, op.Size, op.Size) { FirstN = op.First, FirstM = op.First });

    /// <summary>The second source is half as wide as the first and the result.</summary>
    internal static void Wide<T>(Core core, in Operation op)
        where T : struct, IElementOperation =>
        Run<T>(core, op, new Layout(op.Size + 1, op.Size + 1, op.Size) { FirstM = op.First });

    /// <summary>The result is half as wide as the sources.</summary>
    internal static void Narrow<T>(Core core, in Operation op)
        where T : struct, IElementOperation =>
        Run<T>(core, op, new Layout(op.Size, op.Size + 1, op.Size + 1) { FirstD = op.First });

    /// <summary>As <see cref="Same"/>, by the one element of Vm that Imm names.</summary>
    internal static void SameByElement<T>(Core core, in Operation op)
        where T : struct, IElementOperation =>
        Run<T>(core, op, new Layout(op.Size, op.Size, op.Size) { FirstM = (int)op.Imm, OneM = true });

    /// <summary>As <see cref="Long"/>, by the one element of Vm that Imm names.</summary>
    internal static void LongByElement<T>(Core core, in Operation op)
        where T : struct, IElementOperation =>
        Run<T>(core, op, new Layout(op.Size + 1, op.Size, op.Size) { FirstN = op.First, FirstM = (int)op.Imm, OneM = true });

    private static void Run<T>(Core core, in Operation op, Layout at)
        where T : struct, IElementOperation
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue d = VectorElements.Read(core, op.Rd);
        VectorValue n = VectorElements.Read(core, op.Rn);
        VectorValue m = VectorElements.Read(core, op.Rm);
        var e = new Element { Bits = 8 << at.SizeD, Unsigned = T.IsUnsigned(op.U), Shift = (int)op.Imm };
        var result = new VectorValue(at.FirstD == 0 ? 0 : d.Low, 0);
        for (int i = 0; i < op.Elements; i++)
        {
            Int128 value = T.Of(
                Extended(d, at.FirstD + i, at.SizeD, e.Unsigned),
                Extended(n, at.FirstN + i, at.SizeN, e.Unsigned),
                Extended(m, at.FirstM + (at.OneM ? 0 : i), at.SizeM, e.Unsigned),
                ref e);
            result.Set(at.FirstD + i, at.SizeD, (ulong)value);
        }

        e.Accumulate(core);
        VectorElements.Write(core, op.Rd, result);
    }

    internal static Int128 Extended(in VectorValue v, int index, int size, bool unsigned) =>
        unsigned ? v.Get(index, size) : v.GetSigned(index, size);

    /// <summary>Where the elements of an operation stand; sizes as powers of 2 in bytes.</summary>
    private readonly record struct Layout(int SizeD, int SizeN, int SizeM)
    {
        internal int FirstD { get; init; }

        internal int FirstN { get; init; }

        internal int FirstM { get; init; }

        internal bool OneM { get; init; }
    }
}
