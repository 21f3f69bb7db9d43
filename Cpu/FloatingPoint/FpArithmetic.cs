using System.Numerics;
using System.Runtime.CompilerServices;

namespace Conformance.Cpu.FloatingPoint;

/// <summary>Addition, subtraction, multiplication, division, square root.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode, FPAdd, FPSub, FPMul, FPMulX, FPDiv, FPSqrt.</remarks>
internal static class FpArithmetic
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Add<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TryAdd<F>(op1, op2, fp, out ulong fast) ? fast : AddSigned<F>(op1, op2, flip: false, ref fp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Sub<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TryAdd<F>(op1, Fp<F>.Neg(op2), fp, out ulong fast) ? fast : AddSigned<F>(op1, op2, flip: true, ref fp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mul<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TryMul<F>(op1, op2, fp, out ulong fast) ? fast : Multiply<F>(op1, op2, extended: false, ref fp);

    /// <summary>As multiplication, but infinity times zero is two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MulX<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TryMul<F>(op1, op2, fp, out ulong fast) ? fast : Multiply<F>(op1, op2, extended: true, ref fp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Div<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TryDiv<F>(op1, op2, fp, out ulong fast) ? fast : Divide<F>(op1, op2, ref fp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Sqrt<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpHost.TrySqrt<F>(op, fp, out ulong fast) ? fast : Root<F>(op, ref fp);

    /// <summary>The sum of two numbers, zeros included; an exact zero from different signs is -0 only when rounding down.</summary>
    internal static ulong Sum<F>(in FpNumber a, in FpNumber b, bool negativeB, ref FpContext fp)
        where F : struct, IFpFormat
    {
        if (a.IsZero)
        {
            return b.IsZero
                ? Fp<F>.Zero(a.Negative == negativeB ? a.Negative : fp.Rounding == FpRounding.NegInf)
                : FpRound.Round<F>(negativeB, b.Exponent, b.Significand, ref fp);
        }

        if (b.IsZero)
        {
            return FpRound.Round<F>(a.Negative, a.Exponent, a.Significand, ref fp);
        }

        // At most 53 of the 64 bits are in use: there is room for a carry above and for what is shifted out below.
        bool swap = a.Exponent < b.Exponent;
        int exponent = swap ? b.Exponent : a.Exponent;
        ulong large = (swap ? b.Significand : a.Significand) >> 1;
        ulong small = FpRound.ShiftRightSticky((swap ? a.Significand : b.Significand) >> 1, Math.Abs(a.Exponent - b.Exponent));
        bool negative = swap ? negativeB : a.Negative;
        ulong sum;
        if (a.Negative == negativeB)
        {
            sum = large + small;
        }
        else if (large == small)
        {
            return Fp<F>.Zero(fp.Rounding == FpRounding.NegInf);
        }
        else
        {
            negative ^= large < small;
            sum = large < small ? small - large : large - small;
        }

        int zeros = BitOperations.LeadingZeroCount(sum);
        return FpRound.Round<F>(negative, exponent + 1 - zeros, sum << zeros, ref fp);
    }

    private static ulong Divide<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op2, ref fp);
        if (FpNaN.Process<F>(a.Kind, b.Kind, op1, op2, ref fp, out ulong result))
        {
            return result;
        }

        bool negative = a.Negative != b.Negative;
        if ((a.IsInfinity && b.IsInfinity) || (a.IsZero && b.IsZero))
        {
            return FpNaN.Invalid<F>(ref fp);
        }

        if (a.IsInfinity || b.IsZero)
        {
            if (!a.IsInfinity)
            {
                fp.Raise(FpFlag.DZC);
            }

            return Fp<F>.Infinity(negative);
        }

        if (a.IsZero || b.IsInfinity)
        {
            return Fp<F>.Zero(negative);
        }

        UInt128 dividend = (UInt128)a.Significand << 63;
        ulong quotient = (ulong)(dividend / b.Significand);
        ulong sticky = dividend == (UInt128)quotient * b.Significand ? 0UL : 1;
        int zeros = BitOperations.LeadingZeroCount(quotient);
        return FpRound.Round<F>(negative, a.Exponent - b.Exponent - zeros, quotient << zeros | sticky, ref fp);
    }

    private static ulong Root<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op, ref fp);
        if (a.IsNaN)
        {
            return FpNaN.Process<F>(a.Kind, op, ref fp);
        }

        if (a.IsZero)
        {
            return Fp<F>.Zero(a.Negative);
        }

        if (a.Negative)
        {
            return FpNaN.Invalid<F>(ref fp);
        }

        if (a.IsInfinity)
        {
            return Fp<F>.Infinity(negative: false);
        }

        // The radicand as an integer times an even power of two; its root has 64 bits.
        bool odd = (a.Exponent & 1) != 0;
        UInt128 radicand = (UInt128)a.Significand << (odd ? 64 : 63);
        ulong root = SquareRoot(radicand);
        ulong sticky = (UInt128)root * root == radicand ? 0UL : 1;
        return FpRound.Round<F>(negative: false, a.Exponent >> 1, root | sticky, ref fp);
    }

    private static ulong AddSigned<F>(ulong op1, ulong op2, bool flip, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op2, ref fp);
        if (FpNaN.Process<F>(a.Kind, b.Kind, op1, op2, ref fp, out ulong result))
        {
            return result;
        }

        bool negativeB = b.Negative != flip;
        if (a.IsInfinity)
        {
            return b.IsInfinity && a.Negative != negativeB ? FpNaN.Invalid<F>(ref fp) : Fp<F>.Infinity(a.Negative);
        }

        return b.IsInfinity ? Fp<F>.Infinity(negativeB) : Sum<F>(a, b, negativeB, ref fp);
    }

    private static ulong Multiply<F>(ulong op1, ulong op2, bool extended, ref FpContext fp)
        where F : struct, IFpFormat
    {
        FpNumber a = FpNumber.Unpack<F>(op1, ref fp);
        FpNumber b = FpNumber.Unpack<F>(op2, ref fp);
        if (FpNaN.Process<F>(a.Kind, b.Kind, op1, op2, ref fp, out ulong result))
        {
            return result;
        }

        bool negative = a.Negative != b.Negative;
        if ((a.IsInfinity && b.IsZero) || (a.IsZero && b.IsInfinity))
        {
            return extended ? FpStep.Constant<F>(negative, exponent: 1) : FpNaN.Invalid<F>(ref fp);
        }

        if (a.IsInfinity || b.IsInfinity)
        {
            return Fp<F>.Infinity(negative);
        }

        if (a.IsZero || b.IsZero)
        {
            return Fp<F>.Zero(negative);
        }

        ulong high = Math.BigMul(a.Significand, b.Significand, out ulong low);
        return FpRound.Round<F>(negative, a.Exponent + b.Exponent + 1, new UInt128(high, low), ref fp);
    }

    /// <summary>The largest integer whose square is not larger.</summary>
    private static ulong SquareRoot(UInt128 radicand)
    {
        ulong root = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            ulong candidate = root | 1UL << bit;
            if ((UInt128)candidate * candidate <= radicand)
            {
                root = candidate;
            }
        }

        return root;
    }
}
