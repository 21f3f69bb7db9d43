using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Handlers that apply an operation to scalars, the low elements of V registers; the rest of Vd is cleared.</summary>
internal static unsafe class ScalarForms
{
    /// <summary>For predecoding: the field sz of Advanced SIMD chooses between single and double precision.</summary>
    internal static void UnaryBySize<TOp>(ref Operation op)
        where TOp : struct, IFpUnary => op.Execute = op.Bit(22) ? &Unary<TOp, Binary64> : &Unary<TOp, Binary32>;

    internal static void BinaryBySize<TOp>(ref Operation op)
        where TOp : struct, IFpBinary => op.Execute = op.Bit(22) ? &Binary<TOp, Binary64> : &Binary<TOp, Binary32>;

    internal static ulong Get<F>(Core core, int n)
        where F : struct, IFpFormat => core.V[2 * n] & Fp<F>.Mask;

    internal static void Set(Core core, int d, ulong value)
    {
        core.V[2 * d] = value;
        core.V[2 * d + 1] = 0;
    }

    internal static void Unary<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpUnary
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            Set(core, op.Rd, TOp.Apply<F>(Get<F>(core, op.Rn), ref fp));
            fp.Leave(core);
        }
    }

    internal static void Binary<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            Set(core, op.Rd, TOp.Apply<F>(Get<F>(core, op.Rn), Get<F>(core, op.Rm), ref fp));
            fp.Leave(core);
        }
    }

    internal static void Ternary<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpTernary
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            Set(core, op.Rd, TOp.Apply<F>(Get<F>(core, op.Ra), Get<F>(core, op.Rn), Get<F>(core, op.Rm), ref fp));
            fp.Leave(core);
        }
    }
}
