namespace Conformance.Cpu.FloatingPoint.Operations;

internal readonly struct Move : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => op;
}

/// <summary>No arithmetic: a NaN keeps its payload and raises nothing.</summary>
internal readonly struct AbsoluteValue : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => Fp<F>.Abs(op);
}

/// <summary>No arithmetic: a NaN keeps its payload and raises nothing.</summary>
internal readonly struct Negate : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => Fp<F>.Neg(op);
}

internal readonly struct SquareRoot : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpArithmetic.Sqrt<F>(op, ref fp);
}

internal readonly struct ReciprocalEstimate : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpEstimate.Reciprocal<F>(op, ref fp);
}

internal readonly struct SquareRootEstimate : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpEstimate.SquareRoot<F>(op, ref fp);
}

internal readonly struct ReciprocalExponent : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpEstimate.Exponent<F>(op, ref fp);
}

/// <summary>To an integral value; that it differs is not reported.</summary>
internal readonly struct RoundToIntegral<TRounding> : IFpUnary
    where TRounding : struct, IRoundingOf
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpInteger.RoundInt<F>(op, TRounding.Of(fp), exact: false, ref fp);
}

/// <summary>To an integral value by FPCR; that it differs is inexact.</summary>
internal readonly struct RoundToIntegralExact : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpInteger.RoundInt<F>(op, fp.Rounding, exact: true, ref fp);
}

/// <summary>To an integral value that a 32-bit integer holds.</summary>
internal readonly struct RoundToInt32<TRounding> : IFpUnary
    where TRounding : struct, IRoundingOf
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpInteger.RoundIntN<F>(op, TRounding.Of(fp), 32, ref fp);
}

/// <summary>To an integral value that a 64-bit integer holds.</summary>
internal readonly struct RoundToInt64<TRounding> : IFpUnary
    where TRounding : struct, IRoundingOf
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpInteger.RoundIntN<F>(op, TRounding.Of(fp), 64, ref fp);
}

/// <summary>To a signed integer of the same width.</summary>
internal readonly struct ToSigned<TRounding> : IFpUnary
    where TRounding : struct, IRoundingOf
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpInteger.ToFixed<F>(op, 0, unsigned: false, F.Bits, TRounding.Of(fp), ref fp);
}

/// <summary>To an unsigned integer of the same width.</summary>
internal readonly struct ToUnsigned<TRounding> : IFpUnary
    where TRounding : struct, IRoundingOf
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpInteger.ToFixed<F>(op, 0, unsigned: true, F.Bits, TRounding.Of(fp), ref fp);
}

/// <summary>From a signed integer of the same width.</summary>
internal readonly struct FromSigned : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat =>
        FpInteger.FromFixed<F>(op, 0, unsigned: false, F.Bits, fp.Rounding, ref fp);
}

/// <summary>From an unsigned integer of the same width.</summary>
internal readonly struct FromUnsigned : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpInteger.FromFixed<F>(op, 0, unsigned: true, F.Bits, fp.Rounding, ref fp);
}

internal readonly struct EqualToZero : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.EQ<F>(op, 0, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct GreaterOrEqualToZero : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GE<F>(op, 0, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct GreaterThanZero : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GT<F>(op, 0, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct LessOrEqualToZero : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GE<F>(0, op, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct LessThanZero : IFpUnary
{
    public static ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GT<F>(0, op, ref fp) ? Fp<F>.Mask : 0;
}
