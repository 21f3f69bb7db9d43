namespace Conformance.Cpu.Translation;

/// <summary>Which controls apply to the accesses of the current Exception level.</summary>
internal static class Regime
{
    /// <summary>The output address of a disabled stage 1 fits the implemented physical address size.</summary>
    internal static bool InPhysicalRange(Core core, ulong va) => va >> core.PhysicalAddressBits == 0;

    internal static bool IsEL2BigEndian(Core core) => false;

    /// <summary>Works out <see cref="Core.Access"/> from the present state.</summary>
    internal static void Refresh(Core core)
    {
        core.Access = new AccessContext
        {
            RamBase = core.Ram?.Base ?? 0,
            DirectSize = core.Ram?.Size ?? 0,
        };
    }
}
