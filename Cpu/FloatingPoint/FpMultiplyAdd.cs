using System.Runtime.CompilerServices;

namespace Conformance.Cpu.FloatingPoint;

/// <summary>Multiplication and addition with one rounding.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPMulAdd, FPMulAddH, FPProcessNaNs3, FPProcessNaNs3H.</remarks>
internal static class FpMultiplyAdd
{
    /// <summary>addend + op1 × op2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MulAdd<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TryMulAdd<F>(addend, op1, op2, fp, out ulong fast) ? fast : Fused<F>(addend, op1, op2, ref fp);

    /// <summary>addend + op1 × op2, the product of half-precision numbers.</summary>
    internal static ulong MulAddH(ulong addend, ulong op1, ulong op2, ref FpContext fp)
    {
        FpNumber a = FpNumber.Unpack<Binary32>(addend, ref fp);
        FpNumber b = FpNumber.Unpack<Binary16>(op1, ref fp);
        FpNumber c = FpNumber.Unpack<Binary16>(op2, ref fp);
        return a.IsNaN || b.IsNaN || c.IsNaN
            ? NaN<Binary32>(a, b, c, addend, Widened(b, op1), Widened(c, op2), ref fp)
            : OfNumbers<Binary32>(a, b, c, ref fp);
    }

    /// <summary>The sum of a number and a product, divided by 2^halvings and rounded once. None is a NaN.</summary>
    internal static ulong OfNumbers<F>(in FpNumber a, in FpNumber b, in FpNumber c, ref FpContext fp, int halvings = 0)
        where F : struct, IFpFormat
    {
        bool negative = b.Negative != c.Negative;
        bool infinite = b.IsInfinity || c.IsInfinity;
        bool zero = b.IsZero || c.IsZero;
        if ((infinite && zero) || (a.IsInfinity && infinite && a.Negative != negative))
        {
            return FpNaN.Invalid<F>(ref fp);
        }

        if (a.IsInfinity || infinite)
        {
            return Fp<F>.Infinity(a.IsInfinity ? a.Negative : negative);
        }

        if (zero)
        {
            if (a.IsZero)
            {
                return Fp<F>.Zero(a.Negative == negative ? negative : fp.Rounding == FpRounding.NegInf);
            }

            return FpRound.Round<F>(a.Negative, a.Exponent - halvings, a.Significand, ref fp);
        }

        ulong high = Math.BigMul(b.Significand, c.Significand, out ulong low);
        var product = new UInt128(high, low);
        int exponent = b.Exponent + c.Exponent + 1;
        if ((long)high >= 0)
        {
            product <<= 1;
            exponent--;
        }

        return a.IsZero
            ? FpRound.Round<F>(negative, exponent - halvings, product, ref fp)
            : AddProduct<F>(a, negative, exponent, product, ref fp, halvings);
    }

    private static ulong Fused<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(addend, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber c = FpNumber.Unpack<F>(op2, ref fp);
        return a.IsNaN || b.IsNaN || c.IsNaN
            ? NaN<F>(a, b, c, addend, op1, op2, ref fp)
            : OfNumbers<F>(a, b, c, ref fp);
    }

    /// <summary>Bit 127 of the product is set and stands for 2^exponent. At most 106 bits are in use.</summary>
    private static ulong AddProduct<F>(
        in FpNumber a, bool negative, int exponent, UInt128 product, ref FpContext fp, int halvings)
        where F : struct, IFpFormat
    {
        UInt128 addend = (UInt128)a.Significand << 63;
        product >>= 1;
        int distance = a.Exponent - exponent;
        if (distance > 0)
        {
            product = FpRound.ShiftRightSticky(product, distance);
            exponent = a.Exponent;
        }
        else
        {
            addend = FpRound.ShiftRightSticky(addend, -distance);
        }

        UInt128 sum;
        if (a.Negative == negative)
        {
            sum = addend + product;
        }
        else if (addend == product)
        {
            return Fp<F>.Zero(fp.Rounding == FpRounding.NegInf);
        }
        else
        {
            negative = addend > product ? a.Negative : negative;
            sum = addend > product ? addend - product : product - addend;
        }

        return FpRound.Round<F>(negative, exponent + 1 - halvings, sum, ref fp);
    }

    /// <summary>A quiet NaN as addend does not hide that infinity times zero is invalid.</summary>
    private static ulong NaN<F>(
        in FpNumber a, in FpNumber b, in FpNumber c, ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat
    {
        if (a.Kind == FpKind.QNaN && ((b.IsInfinity && c.IsZero) || (b.IsZero && c.IsInfinity)))
        {
            return FpNaN.Invalid<F>(ref fp);
        }

        if (a.Kind != FpKind.SNaN && (b.Kind == FpKind.SNaN || c.Kind == FpKind.SNaN || !a.IsNaN))
        {
            _ = FpNaN.Process<F>(b.Kind, c.Kind, op1, op2, ref fp, out ulong result);
            return result;
        }

        return FpNaN.Process<F>(a.Kind, addend, ref fp);
    }

    /// <summary>A half-precision NaN as single precision, still signalling if it was.</summary>
    private static ulong Widened(in FpNumber number, ulong bits) =>
        number.IsNaN
            ? Fp<Binary32>.Infinity(number.Negative) | (bits & Fp<Binary16>.FractionMask) << (23 - 10)
            : 0;
}
