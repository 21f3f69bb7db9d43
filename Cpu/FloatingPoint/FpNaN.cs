namespace Conformance.Cpu.FloatingPoint;

/// <summary>Which NaN an operation returns.</summary>
/// <remarks>
/// Source: DDI 0487, shared pseudocode, FPProcessNaN, FPProcessNaNs, FPProcessNaNs3. A signalling NaN comes before a quiet
/// one, and within each kind the first operand before the second; FPCR.DN replaces them all.
/// </remarks>
internal static class FpNaN
{
    /// <summary>The result is the default NaN and the operation was invalid.</summary>
    internal static ulong Invalid<F>(ref FpContext fp)
        where F : struct, IFpFormat
    {
        fp.Raise(FpFlag.IOC);
        return Fp<F>.DefaultNaN;
    }

    /// <summary>The result of an operation that has this NaN to pass on.</summary>
    internal static ulong Process<F>(FpKind kind, ulong op, ref FpContext fp)
        where F : struct, IFpFormat
    {
        if (kind == FpKind.SNaN)
        {
            op |= Fp<F>.QuietBit;
            fp.Raise(FpFlag.IOC);
        }

        return fp.DefaultNaN ? Fp<F>.DefaultNaN : op;
    }

    /// <returns>Whether one of the operands is a NaN, and if so the result.</returns>
    internal static bool Process<F>(FpKind kind1, FpKind kind2, ulong op1, ulong op2, ref FpContext fp, out ulong result)
        where F : struct, IFpFormat
    {
        result = 0;
        if (kind1 < FpKind.QNaN && kind2 < FpKind.QNaN)
        {
            return false;
        }

        bool second = kind2 == FpKind.SNaN ? kind1 != FpKind.SNaN : kind1 < FpKind.QNaN;
        result = second ? Process<F>(kind2, op2, ref fp) : Process<F>(kind1, op1, ref fp);
        return true;
    }
}
