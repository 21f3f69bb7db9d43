using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar pairwise: ADDP of two 64-bit elements.</summary>
/// <remarks>Source: DDI 0487, C7.2, "ADDP (scalar)".</remarks>
internal static unsafe class ScalarPairwise
{
    internal static readonly InsnRow[] Rows =
    [
        new("ADDP_asisdpair_only", "01 0 1 111 0 11 11000 11011 10 Rn:5 Rd:5", &Add),
    ];

    private static void Add(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorValue n = VectorElements.Read(core, op.Rn);
            VectorElements.Write(core, op.Rd, new VectorValue(n.Low + n.High, 0));
        }
    }
}
