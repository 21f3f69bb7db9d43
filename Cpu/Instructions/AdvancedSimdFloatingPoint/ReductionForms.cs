using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Handlers that make one element of several.</summary>
internal static unsafe class ReductionForms
{
    internal static void PairBySize<TOp>(ref Operation op)
        where TOp : struct, IFpBinary => op.Execute = op.Bit(22) ? &Pair<TOp, Binary64> : &Pair<TOp, Binary32>;

    /// <summary>The first two elements of Vn.</summary>
    internal static void Pair<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            var n = Lanes.Of(core, op.Rn);
            ScalarForms.Set(core, op.Rd, TOp.Apply<F>(n.Get<F>(0), n.Get<F>(1), ref fp));
            fp.Leave(core);
        }
    }

    /// <summary>All elements of Vn: neighbours first, then their results; the order decides which NaN comes out.</summary>
    internal static void AcrossLanes<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFpBinary
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var lanes = Lanes.Of(core, op.Rn);
        for (int count = VectorForms.Words(op) * 32 / F.Bits; count > 0; count >>= 1)
        {
            var next = default(Lanes);
            for (int e = 0; e < count; e++)
            {
                next.Set<F>(e, TOp.Apply<F>(lanes.Get<F>(2 * e), lanes.Get<F>(2 * e + 1), ref fp));
            }

            lanes = next;
        }

        ScalarForms.Set(core, op.Rd, lanes.Get<F>(0));
        fp.Leave(core);
    }
}
