namespace Conformance.Cpu.Instructions;

/// <summary>What PRFM and PRFUM do here: there is no cache to fetch into, and a prefetch never faults.</summary>
/// <remarks>Source: DDI 0487, C6.2, PRFM; it checks neither SP alignment nor the address (EX-191).</remarks>
internal static class Prefetch
{
    internal static void Nothing(Core core, in Operation op)
    {
    }
}
