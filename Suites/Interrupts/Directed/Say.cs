using Conformance.Harness.Cases;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>Beginnings of the sentences in this folder, and what they share.</summary>
internal static class Say
{
    /// <summary>Address of the first instruction of a case.</summary>
    internal const ulong Code = 0x4020_0000;

    /// <summary>SGI 0 is Group 0, SGI 1 and the PPIs are Group 1.</summary>
    internal const uint Group1 = ~1U;

    internal const uint Sgi0 = 1 << 0;
    internal const uint Sgi1 = 1 << 1;

    internal static CaseBuilder That(string name, string title, params IReadOnlyList<string> rules) =>
        CaseBuilder.Case($"interrupts/directed/{name}", title).Rules(rules).Needs("FEAT_AA64EL2");

    /// <summary>The GIC is open, and one SGI is pending: 0 of Group 0, or 1 of Group 1.</summary>
    internal static CaseBuilder Pending(this CaseBuilder says, SuiteTarget target, uint sgi, ulong priorityMask = 0xFF) =>
        says.Needs("FEAT_GICv3").WithGic(target, Group1, Sgi0 | Sgi1, sgi, priorityMask);

    /// <summary>PSTATE of a level on SP_ELx with some masks clear.</summary>
    internal static Spsr Open(int level, ulong masks) => Spsr.At(level).Without(masks);

    internal static IReadOnlyList<T> Only<T>(bool condition, params T[] items) => condition ? items : [];
}
