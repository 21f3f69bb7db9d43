namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Beginnings of the sentences in this folder, and the literals they share.</summary>
internal static class Say
{
    /// <summary>Address of the first instruction of a case.</summary>
    internal const ulong Code = 0x4020_0000;

    /// <summary>SPSR of each level with all masks set and nothing else: EL0t, EL1h, EL2h, EL3h.</summary>
    internal const ulong El0 = 0x3C0;
    internal const ulong El1 = 0x3C5;
    internal const ulong El2 = 0x3C9;
    internal const ulong El3 = 0x3CD;

    /// <summary>ESR of an UNDEFINED instruction.</summary>
    internal const ulong Undefined = 0x0200_0000;

    internal static CaseBuilder That(string name, string title, params IReadOnlyList<string> rules) =>
        CaseBuilder.Case($"exceptions/directed/{name}", title).Rules(rules);
}
