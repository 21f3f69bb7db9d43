namespace Conformance.Cpu.FloatingPoint.Operations;

/// <summary>addend + op1 × op2.</summary>
internal readonly struct MultiplyAdd : IFpTernary
{
    public static ulong Apply<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMultiplyAdd.MulAdd<F>(addend, op1, op2, ref fp);
}

/// <summary>addend - op1 × op2.</summary>
internal readonly struct MultiplySubtract : IFpTernary
{
    public static ulong Apply<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMultiplyAdd.MulAdd<F>(addend, Fp<F>.Neg(op1), op2, ref fp);
}

/// <summary>-addend - op1 × op2.</summary>
internal readonly struct NegatedMultiplyAdd : IFpTernary
{
    public static ulong Apply<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMultiplyAdd.MulAdd<F>(Fp<F>.Neg(addend), Fp<F>.Neg(op1), op2, ref fp);
}

/// <summary>-addend + op1 × op2.</summary>
internal readonly struct NegatedMultiplySubtract : IFpTernary
{
    public static ulong Apply<F>(ulong addend, ulong op1, ulong op2, ref FpContext fp)
        where F : struct, IFpFormat => FpMultiplyAdd.MulAdd<F>(Fp<F>.Neg(addend), op1, op2, ref fp);
}
