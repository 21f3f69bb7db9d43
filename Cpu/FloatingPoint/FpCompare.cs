namespace Conformance.Cpu.FloatingPoint;

/// <summary>Comparisons.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPCompare, FPCompareEQ, FPCompareGE, FPCompareGT.</remarks>
internal static class FpCompare
{
    private const byte Less4 = 0b1000;
    private const byte Equal4 = 0b0110;
    private const byte Greater4 = 0b0010;
    private const byte Unordered4 = 0b0011;

    /// <summary>NZCV of a comparison.</summary>
    /// <param name="op1">The first operand.</param>
    /// <param name="op2">The second operand.</param>
    /// <param name="signal">Quiet NaNs are invalid too.</param>
    /// <param name="fp">Control and flags.</param>
    internal static byte Flags<F>(ulong op1, ulong op2, bool signal, ref FpContext fp)
        where F : struct, IFpFormat
    {
        if (!Ordered<F>(ref op1, ref op2, signal, ref fp))
        {
            return Unordered4;
        }

        return op1 == op2 ? Equal4 : Less<F>(op1, op2) ? Less4 : Greater4;
    }

    internal static bool EQ<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Ordered<F>(ref op1, ref op2, signal: false, ref fp) && op1 == op2;

    internal static bool GE<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Ordered<F>(ref op1, ref op2, signal: true, ref fp) && !Less<F>(op1, op2);

    internal static bool GT<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Ordered<F>(ref op1, ref op2, signal: true, ref fp) && Less<F>(op2, op1);

    /// <summary>Order of two encodings that are no NaNs; -0 comes before +0.</summary>
    internal static bool Less<F>(ulong op1, ulong op2)
        where F : struct, IFpFormat => Key<F>(op1) < Key<F>(op2);

    /// <summary>Sign and magnitude as two's complement.</summary>
    private static long Key<F>(ulong op)
        where F : struct, IFpFormat => (op & Fp<F>.SignBit) != 0 ? ~(long)Fp<F>.Abs(op) : (long)op;

    /// <summary>Makes every zero +0, and says whether neither operand is a NaN.</summary>
    private static bool Ordered<F>(ref ulong op1, ref ulong op2, bool signal, ref FpContext fp)
        where F : struct, IFpFormat
    {
        ulong infinity = Fp<F>.Infinity(negative: false);
        if (!fp.FlushToZero<F>() && Fp<F>.Abs(op1) <= infinity && Fp<F>.Abs(op2) <= infinity)
        {
            // Neither NaNs nor flushing: the encodings say it all.
            op1 = Fp<F>.Abs(op1) == 0 ? 0 : op1;
            op2 = Fp<F>.Abs(op2) == 0 ? 0 : op2;
            return true;
        }

        FpNumber a = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op2, ref fp);
        if (a.IsNaN || b.IsNaN)
        {
            if (signal || a.Kind == FpKind.SNaN || b.Kind == FpKind.SNaN)
            {
                fp.Raise(FpFlag.IOC);
            }

            return false;
        }

        op1 = a.IsZero ? 0 : op1;
        op2 = b.IsZero ? 0 : op2;
        return true;
    }
}
