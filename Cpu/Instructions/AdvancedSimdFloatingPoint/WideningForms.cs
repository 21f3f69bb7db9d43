using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Products of half-precision numbers added to single-precision ones: FMLAL, FMLSL.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, FMLAL, FMLSL. The forms ending in 2 take the upper half of the elements of Vn, and of Vm unless
/// that is indexed; for a vector of 64 bits these are in 63:32.
/// </remarks>
internal static class WideningForms
{
    /// <summary>Aux has the sign and the half.</summary>
    private const int Subtract = 1;
    private const int Upper = 2;

    internal static void Vector(ref Operation op) => op.Aux = (op.Bit(23) ? Subtract : 0) | (op.Bit(29) ? Upper : 0);

    internal static void Element(ref Operation op)
    {
        ElementForms.HalfIndex(ref op);
        op.Aux = (op.Bit(14) ? Subtract : 0) | (op.Bit(29) ? Upper : 0);
    }

    internal static void Accumulate(Core core, in Operation op) => Accumulate(core, op, element: -1);

    internal static void AccumulateElement(Core core, in Operation op) => Accumulate(core, op, element: (int)op.Imm);

    private static void Accumulate(Core core, in Operation op, int element)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var d = Lanes.Of(core, op.Rd);
        var n = Lanes.Of(core, op.Rn);
        var m = Lanes.Of(core, op.Rm);
        int count = 2 * VectorForms.Words(op);
        int first = (op.Aux & Upper) != 0 ? count : 0;
        ulong flip = (op.Aux & Subtract) != 0 ? Fp<Binary16>.SignBit : 0;
        var result = default(Lanes);
        for (int e = 0; e < count; e++)
        {
            ulong factor = m.Get<Binary16>(element < 0 ? first + e : element);
            result.Set<Binary32>(e, FpMultiplyAdd.MulAddH(d.Get<Binary32>(e), n.Get<Binary16>(first + e) ^ flip, factor, ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }
}
