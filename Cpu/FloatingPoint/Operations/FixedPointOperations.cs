namespace Conformance.Cpu.FloatingPoint.Operations;

/// <summary>To fixed point, towards zero.</summary>
internal readonly struct ToFixedPoint : IFixedPoint
{
    public static ulong Apply<F>(ulong op, int fractionBits, bool unsigned, ref FpContext fp)
        where F : struct, IFpFormat => FpInteger.ToFixed<F>(op, fractionBits, unsigned, F.Bits, FpRounding.Zero, ref fp);
}

/// <summary>From fixed point, by FPCR.</summary>
internal readonly struct FromFixedPoint : IFixedPoint
{
    public static ulong Apply<F>(ulong op, int fractionBits, bool unsigned, ref FpContext fp)
        where F : struct, IFpFormat => FpInteger.FromFixed<F>(op, fractionBits, unsigned, F.Bits, fp.Rounding, ref fp);
}
