namespace Conformance.Cpu.FloatingPoint;

/// <summary>Minimum and maximum.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPMax, FPMin, FPMaxNum, FPMinNum.</remarks>
internal static class FpMinMax
{
    internal static ulong Max<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Choose<F>(op1, op2, ref fp, larger: true);

    internal static ulong Min<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Choose<F>(op1, op2, ref fp, larger: false);

    /// <summary>The number, when the other operand is a quiet NaN.</summary>
    internal static ulong MaxNum<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat
    {
        PreferNumber<F>(ref op1, ref op2, Fp<F>.Infinity(negative: true), ref fp);
        return Choose<F>(op1, op2, ref fp, larger: true);
    }

    /// <summary>The number, when the other operand is a quiet NaN.</summary>
    internal static ulong MinNum<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat
    {
        PreferNumber<F>(ref op1, ref op2, Fp<F>.Infinity(negative: false), ref fp);
        return Choose<F>(op1, op2, ref fp, larger: false);
    }

    private static void PreferNumber<F>(ref ulong op1, ref ulong op2, ulong loser, ref FpContext fp)
        where F : struct, IFpFormat
    {
        bool quiet1 = FpNumber.Unpack<F>(op1, ref fp).Kind == FpKind.QNaN;
        bool quiet2 = FpNumber.Unpack<F>(op2, ref fp).Kind == FpKind.QNaN;
        if (quiet1 && !quiet2)
        {
            op1 = loser;
        }
        else if (quiet2 && !quiet1)
        {
            op2 = loser;
        }
    }

    private static ulong Choose<F>(ulong op1, ulong op2, ref FpContext fp, bool larger)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op2, ref fp);
        if (FpNaN.Process<F>(a.Kind, b.Kind, op1, op2, ref fp, out ulong result))
        {
            return result;
        }

        // Subnormals that are flushed have lost their fraction; the zeros differ in sign alone.
        ulong value1 = a.IsZero ? Fp<F>.Zero(a.Negative) : op1;
        ulong value2 = b.IsZero ? Fp<F>.Zero(b.Negative) : op2;
        if (a.IsZero && b.IsZero)
        {
            return Fp<F>.Zero(larger ? a.Negative && b.Negative : a.Negative || b.Negative);
        }

        return FpCompare.Less<F>(value1, value2) == larger ? value2 : value1;
    }
}
