using System.Runtime.CompilerServices;

namespace Conformance.Cpu.FloatingPoint;

/// <summary>The host's arithmetic, where it provably gives the same bits and flags.</summary>
/// <remarks>
/// It does when rounding to nearest with IXC set already, for operands that are normal or zero and a result whose magnitude
/// is above the smallest normal number and finite: no NaN to choose, no subnormal to flush, no underflow, no overflow, and
/// inexactness changes nothing. The smallest normal number itself may have been rounded up from below, so it is left out.
/// </remarks>
internal static class FpHost
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAdd<F>(ulong op1, ulong op2, in FpContext fp, out ulong result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (!fp.HostWillDo || !Plain<F>(op1) || !Plain<F>(op2))
        {
            return false;
        }

        if (F.Bits == 64)
        {
            result = Of(Double(op1) + Double(op2));
        }
        else if (F.Bits == 32)
        {
            result = Of(Single(op1) + Single(op2));
        }

        return SafeResult<F>(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryMul<F>(ulong op1, ulong op2, in FpContext fp, out ulong result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (!fp.HostWillDo || !Plain<F>(op1) || !Plain<F>(op2))
        {
            return false;
        }

        if (F.Bits == 64)
        {
            result = Of(Double(op1) * Double(op2));
        }
        else if (F.Bits == 32)
        {
            result = Of(Single(op1) * Single(op2));
        }

        return SafeResult<F>(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryDiv<F>(ulong op1, ulong op2, in FpContext fp, out ulong result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (!fp.HostWillDo || !Plain<F>(op1) || !Plain<F>(op2))
        {
            return false;
        }

        if (F.Bits == 64)
        {
            result = Of(Double(op1) / Double(op2));
        }
        else if (F.Bits == 32)
        {
            result = Of(Single(op1) / Single(op2));
        }

        return SafeResult<F>(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TrySqrt<F>(ulong op, in FpContext fp, out ulong result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (!fp.HostWillDo || !Plain<F>(op))
        {
            return false;
        }

        if (F.Bits == 64)
        {
            result = Of(Math.Sqrt(Double(op)));
        }
        else if (F.Bits == 32)
        {
            result = Of(MathF.Sqrt(Single(op)));
        }

        return SafeResult<F>(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryMulAdd<F>(ulong addend, ulong op1, ulong op2, in FpContext fp, out ulong result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (!fp.HostWillDo || !Plain<F>(addend) || !Plain<F>(op1) || !Plain<F>(op2))
        {
            return false;
        }

        if (F.Bits == 64)
        {
            result = Of(Math.FusedMultiplyAdd(Double(op1), Double(op2), Double(addend)));
        }
        else if (F.Bits == 32)
        {
            result = Of(MathF.FusedMultiplyAdd(Single(op1), Single(op2), Single(addend)));
        }

        return SafeResult<F>(result);
    }

    /// <summary>Towards zero, of a number that a signed integer of that width holds with room to spare. All modes, all flags.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryToSigned<F>(ulong op, int width, ref FpContext fp, out long result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (!Plain<F>(op) || (int)(Fp<F>.Abs(op) >> F.FractionBits) - 1 + Fp<F>.MinExponent >= width - 1)
        {
            return false;
        }

        bool exact = true;
        if (F.Bits == 64)
        {
            result = (long)Double(op);
            exact = result == Double(op);
        }
        else if (F.Bits == 32)
        {
            result = (long)Single(op);
            exact = result == Single(op);
        }

        fp.Raise(exact ? 0 : FpFlag.IXC);
        return true;
    }

    /// <summary>An integer that the format holds exactly. All modes, no flags.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryFromSigned<F>(long value, out ulong result)
        where F : struct, IFpFormat
    {
        result = F.Bits == 64 ? Of((double)value) : Of((float)value);
        return F.Bits != 16 && value <= 1L << F.FractionBits && value >= -(1L << F.FractionBits);
    }

    /// <summary>Normal or zero. Half precision is never plain: the host has no arithmetic for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Plain<F>(ulong op)
        where F : struct, IFpFormat
    {
        uint exponent = (uint)(op >> F.FractionBits) & (uint)Fp<F>.ExponentOnes;
        return F.Bits != 16 && (exponent - 1 < (uint)Fp<F>.ExponentOnes - 1 || Fp<F>.Abs(op) == 0);
    }

    /// <summary>Finite, and above the smallest normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SafeResult<F>(ulong result)
        where F : struct, IFpFormat
    {
        ulong magnitude = Fp<F>.Abs(result);
        return magnitude > 1UL << F.FractionBits && magnitude < Fp<F>.Infinity(negative: false);
    }

    private static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Of(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong Of(float value) => BitConverter.SingleToUInt32Bits(value);
}
