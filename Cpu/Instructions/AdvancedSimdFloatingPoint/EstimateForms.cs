using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Estimates for unsigned fixed-point numbers: URECPE, URSQRTE. They raise nothing.</summary>
internal static class EstimateForms
{
    internal static void UnsignedReciprocal(Core core, in Operation op) => Apply(core, op, squareRoot: false);

    internal static void UnsignedSquareRoot(Core core, in Operation op) => Apply(core, op, squareRoot: true);

    private static void Apply(Core core, in Operation op, bool squareRoot)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var n = Lanes.Of(core, op.Rn);
        var result = default(Lanes);
        for (int e = 0; e < 2 * VectorForms.Words(op); e++)
        {
            uint value = (uint)n.Get<Binary32>(e);
            result.Set<Binary32>(e, squareRoot ? FpEstimate.UnsignedSquareRoot(value) : FpEstimate.UnsignedReciprocal(value));
        }

        result.Put(core, op.Rd);
    }
}
