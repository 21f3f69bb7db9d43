namespace Conformance.Cpu.FloatingPoint.Operations;

/// <summary>An operation on one element, for the forms of instructions that apply it.</summary>
/// <remarks>
/// Operations are empty structs, so that each form is compiled once for each operation and format, without indirection.
/// </remarks>
internal interface IFpUnary
{
    static abstract ulong Apply<F>(ulong op, ref FpContext fp)
        where F : struct, IFpFormat;
}

/// <summary>An operation on two elements.</summary>
internal interface IFpBinary
{
    static abstract ulong Apply<F>(ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat;
}

/// <summary>An operation on two elements and an addend.</summary>
internal interface IFpTernary
{
    static abstract ulong Apply<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat;
}

/// <summary>How an instruction rounds: by FPCR, or as it says itself.</summary>
internal interface IRoundingOf
{
    static abstract FpRounding Of(in FpContext fp);
}

/// <summary>FPCR.RMode.</summary>
internal readonly struct ByFpcr : IRoundingOf
{
    public static FpRounding Of(in FpContext fp) => fp.Rounding;
}

/// <summary>To nearest with ties to even (N).</summary>
internal readonly struct ToNearest : IRoundingOf
{
    public static FpRounding Of(in FpContext fp) => FpRounding.TieEven;
}

/// <summary>To nearest with ties away from zero (A).</summary>
internal readonly struct ToAway : IRoundingOf
{
    public static FpRounding Of(in FpContext fp) => FpRounding.TieAway;
}

/// <summary>Towards plus infinity (P).</summary>
internal readonly struct ToPlus : IRoundingOf
{
    public static FpRounding Of(in FpContext fp) => FpRounding.PosInf;
}

/// <summary>Towards minus infinity (M).</summary>
internal readonly struct ToMinus : IRoundingOf
{
    public static FpRounding Of(in FpContext fp) => FpRounding.NegInf;
}

/// <summary>Towards zero (Z).</summary>
internal readonly struct ToZero : IRoundingOf
{
    public static FpRounding Of(in FpContext fp) => FpRounding.Zero;
}

/// <summary>A conversion between numbers and fixed point of the same width.</summary>
internal interface IFixedPoint
{
    static abstract ulong Apply<F>(ulong op, int fractionBits, bool unsigned, ref FpContext fp)
        where F : struct, IFpFormat;
}
