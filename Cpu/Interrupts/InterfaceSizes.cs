using Conformance.Cpu.Features;

namespace Conformance.Cpu.Interrupts;

/// <summary>The read-only fields by which the CPU interface tells its sizes (GV-001 to GV-007).</summary>
/// <remarks>Source: DDI 0601, 2025-03, ICH_VTR_EL2, ICC_CTLR_EL1, ICV_CTLR_EL1.</remarks>
internal static class InterfaceSizes
{
    private const ulong TwentyFourBits = 1;

    /// <summary>ICH_VTR_EL2: no SEIs, A3V, nV4, TDS with its feature.</summary>
    internal static ulong VirtualType(FeatureSet features)
    {
        GicOptions gic = features.Gic;
        return (ulong)(uint)(gic.PriorityBits - 1) << 29 | (ulong)(uint)(gic.PreemptionBits - 1) << 26 | TwentyFourBits << 23 | 1UL << 21 | 1UL << 20
            | (features.Has("FEAT_GICv3_TDIR") ? 1UL << 19 : 0) | (ulong)(uint)(gic.ListRegisters - 1);
    }

    /// <summary>ICC_CTLR_EL1 and ICV_CTLR_EL1: A3V, IDbits, PRIbits.</summary>
    internal static ulong Control(GicOptions gic) => 1UL << 15 | TwentyFourBits << 11 | (ulong)(uint)(gic.PriorityBits - 1) << 8;
}
