using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Handlers whose second operand is one element of Vm, which <see cref="Operation.Imm"/> numbers.</summary>
internal static unsafe class ElementForms
{
    /// <summary>Half precision: the index is H:L:M, and Vm is one of the first 16 registers.</summary>
    internal static void HalfIndex(ref Operation op)
    {
        op.Imm = op.Bits(11, 1) << 2 | op.Bits(20, 2);   // L and M are neighbours
        op.Rm = (byte)op.Bits(16, 4);
    }

    internal static void ScalarBySize<TOp>(ref Operation op)
        where TOp : struct, IFpBinary
    {
        op.Execute = op.Bit(22) ? &Scalar<TOp, Binary64> : &Scalar<TOp, Binary32>;
        Index(ref op);
    }

    internal static void ScalarAccumulateBySize<TOp>(ref Operation op)
        where TOp : struct, IFpTernary
    {
        op.Execute = op.Bit(22) ? &ScalarAccumulate<TOp, Binary64> : &ScalarAccumulate<TOp, Binary32>;
        Index(ref op);
    }

    internal static void VectorBySize<TOp>(ref Operation op)
        where TOp : struct, IFpBinary
    {
        VectorForms.Choose(ref op, &Vector<TOp, Binary32>, &Vector<TOp, Binary64>);
        Index(ref op);
    }

    internal static void AccumulateBySize<TOp>(ref Operation op)
        where TOp : struct, IFpTernary
    {
        VectorForms.Choose(ref op, &Accumulate<TOp, Binary32>, &Accumulate<TOp, Binary64>);
        Index(ref op);
    }

    internal static void Scalar<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ScalarForms.Set(core, op.Rd, TOp.Apply<F>(ScalarForms.Get<F>(core, op.Rn), Element<F>(core, op), ref fp));
            fp.Leave(core);
        }
    }

    internal static void ScalarAccumulate<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpTernary
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ulong addend = ScalarForms.Get<F>(core, op.Rd);
            ScalarForms.Set(core, op.Rd, TOp.Apply<F>(addend, ScalarForms.Get<F>(core, op.Rn), Element<F>(core, op), ref fp));
            fp.Leave(core);
        }
    }

    internal static void Vector<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var n = Lanes.Of(core, op.Rn);
        ulong element = Element<F>(core, op);
        var result = default(Lanes);
        for (int e = 0; e < VectorForms.Words(op) * 64 / F.Bits; e++)
        {
            result.Set<F>(e, TOp.Apply<F>(n.Get<F>(e), element, ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    internal static void Accumulate<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpTernary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var d = Lanes.Of(core, op.Rd);
        var n = Lanes.Of(core, op.Rn);
        ulong element = Element<F>(core, op);
        var result = default(Lanes);
        for (int e = 0; e < VectorForms.Words(op) * 64 / F.Bits; e++)
        {
            result.Set<F>(e, TOp.Apply<F>(d.Get<F>(e), n.Get<F>(e), element, ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    private static ulong Element<F>(Core core, in Operation op)
        where F : struct, IFpFormat => Lanes.Of(core, op.Rm).Get<F>((int)op.Imm);

    /// <summary>Single precision: H:L. Double precision: H, and L is 0.</summary>
    private static void Index(ref Operation op)
    {
        bool isDouble = op.Bit(22);
        op.Imm = isDouble ? op.Bits(11, 1) : op.Bits(11, 1) << 1 | op.Bits(21, 1);
        if (isDouble && op.Bit(21))
        {
            op.MakeUndefined();
        }
    }
}
