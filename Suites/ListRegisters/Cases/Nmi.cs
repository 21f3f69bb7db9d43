namespace Conformance.Suites.ListRegisters.Cases;

/// <summary>Bits that FEAT_NMI and FEAT_GICv3_NMI add.</summary>
internal static class Nmi
{
    /// <summary>SCTLR_EL1.NMI.</summary>
    internal const ulong SctlrNmi = 1UL << 61;

    /// <summary>ISR_EL1.IS: the pending IRQ has superpriority (GV-157).</summary>
    internal const ulong IsrSuper = 1UL << 10;
}
