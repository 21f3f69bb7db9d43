namespace Conformance.Cpu.FloatingPoint.Operations;

internal readonly struct Add : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpArithmetic.Add<F>(op1, op2, ref fp);
}

internal readonly struct Subtract : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpArithmetic.Sub<F>(op1, op2, ref fp);
}

internal readonly struct Multiply : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpArithmetic.Mul<F>(op1, op2, ref fp);
}

internal readonly struct MultiplyExtended : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpArithmetic.MulX<F>(op1, op2, ref fp);
}

internal readonly struct Divide : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpArithmetic.Div<F>(op1, op2, ref fp);
}

internal readonly struct Maximum : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMinMax.Max<F>(op1, op2, ref fp);
}

internal readonly struct Minimum : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMinMax.Min<F>(op1, op2, ref fp);
}

internal readonly struct MaximumNumber : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMinMax.MaxNum<F>(op1, op2, ref fp);
}

internal readonly struct MinimumNumber : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMinMax.MinNum<F>(op1, op2, ref fp);
}

internal readonly struct ReciprocalStep : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpStep.Reciprocal<F>(op1, op2, ref fp);
}

internal readonly struct SquareRootStep : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpStep.SquareRoot<F>(op1, op2, ref fp);
}

/// <summary>The result is negated, a NaN too.</summary>
internal readonly struct MultiplyNegated : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Fp<F>.Neg(FpArithmetic.Mul<F>(op1, op2, ref fp));
}

/// <summary>The sign is cleared, of a NaN too.</summary>
internal readonly struct AbsoluteDifference : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => Fp<F>.Abs(FpArithmetic.Sub<F>(op1, op2, ref fp));
}

internal readonly struct Equal : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.EQ<F>(op1, op2, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct GreaterOrEqual : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GE<F>(op1, op2, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct GreaterThan : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GT<F>(op1, op2, ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct AbsoluteGreaterOrEqual : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GE<F>(Fp<F>.Abs(op1), Fp<F>.Abs(op2), ref fp) ? Fp<F>.Mask : 0;
}

internal readonly struct AbsoluteGreaterThan : IFpBinary
{
    public static ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpCompare.GT<F>(Fp<F>.Abs(op1), Fp<F>.Abs(op2), ref fp) ? Fp<F>.Mask : 0;
}
