using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Complex numbers as pairs of elements, real part first: FCADD and FCMLA.</summary>
/// <remarks>Source: DDI 0487, C7.2, FCADD, FCMLA, "FCMLA (by element)". Aux is the rotation in quarters of a turn.</remarks>
internal static unsafe class ComplexForms
{
    internal static void AddBySize(ref Operation op)
    {
        VectorForms.Choose(ref op, &Add<Binary32>, &Add<Binary64>);
        AddRotation(ref op);
    }

    internal static void AddRotation(ref Operation op) => op.Aux = op.Bit(12) ? 3 : 1;

    internal static void MultiplyAddBySize(ref Operation op)
    {
        VectorForms.Choose(ref op, &MultiplyAdd<Binary32>, &MultiplyAdd<Binary64>);
        Rotation(ref op);
    }

    internal static void Rotation(ref Operation op) => op.Aux = (int)op.Bits(11, 2);

    /// <summary>Half precision by element: index H:L, of which a vector of 64 bits has no upper half.</summary>
    internal static void HalfElement(ref Operation op)
    {
        op.Aux = (int)op.Bits(13, 2);
        op.Imm = op.Bits(11, 1) << 1 | op.Bits(21, 1);
        if (op.Bit(11) && !op.Bit(30))
        {
            op.MakeUndefined();
        }
    }

    /// <summary>Single precision by element: index H.</summary>
    internal static void SingleElement(ref Operation op)
    {
        op.Aux = (int)op.Bits(13, 2);
        op.Imm = op.Bits(11, 1);
        if (op.Bit(21) || !op.Bit(30))
        {
            op.MakeUndefined();
        }
    }

    /// <summary>Vn + Vm × i, or Vn - Vm × i.</summary>
    internal static void Add<F>(Core core, in Operation op)
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var n = Lanes.Of(core, op.Rn);
        var m = Lanes.Of(core, op.Rm);
        var result = default(Lanes);
        for (int e = 0; e < VectorForms.Words(op) * 64 / F.Bits; e += 2)
        {
            (ulong real, ulong imaginary) = Turned<F>(m.Get<F>(e), m.Get<F>(e + 1), op.Aux);
            result.Set<F>(e, FpArithmetic.Add<F>(n.Get<F>(e), real, ref fp));
            result.Set<F>(e + 1, FpArithmetic.Add<F>(n.Get<F>(e + 1), imaginary, ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    internal static void MultiplyAdd<F>(Core core, in Operation op)
        where F : struct, IFpFormat => MultiplyAdd<F>(core, op, element: -1);

    internal static void MultiplyAddElement<F>(Core core, in Operation op)
        where F : struct, IFpFormat => MultiplyAdd<F>(core, op, element: (int)op.Imm);

    /// <summary>Adds to each number the real or the imaginary part of Vn times Vm turned.</summary>
    private static void MultiplyAdd<F>(Core core, in Operation op, int element)
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var d = Lanes.Of(core, op.Rd);
        var n = Lanes.Of(core, op.Rn);
        var m = Lanes.Of(core, op.Rm);
        var result = default(Lanes);
        for (int e = 0; e < VectorForms.Words(op) * 64 / F.Bits; e += 2)
        {
            int second = element < 0 ? e : 2 * element;
            ulong part = n.Get<F>(e + (op.Aux & 1));
            (ulong real, ulong imaginary) = Turned<F>(m.Get<F>(second), m.Get<F>(second + 1), op.Aux);
            result.Set<F>(e, FpMultiplyAdd.MulAdd<F>(d.Get<F>(e), part, real, ref fp));
            result.Set<F>(e + 1, FpMultiplyAdd.MulAdd<F>(d.Get<F>(e + 1), part, imaginary, ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    private static (ulong Real, ulong Imaginary) Turned<F>(ulong real, ulong imaginary, int quarters)
        where F : struct, IFpFormat => quarters switch
        {
            0 => (real, imaginary),
            1 => (Fp<F>.Neg(imaginary), real),
            2 => (Fp<F>.Neg(real), Fp<F>.Neg(imaginary)),
            _ => (imaginary, Fp<F>.Neg(real)),
        };
}
