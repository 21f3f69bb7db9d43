namespace Conformance.Cpu.Translation;

/// <summary>DC and IC by VA. There are no caches, but the address is translated and may fault.</summary>
/// <remarks>
/// Source: DDI 0487, "Data cache maintenance instructions"; PC AArch64.DC, AArch64.IC, AArch64.S1CheckPermissions. The
/// architecture lets an implementation leave out Access flag faults here; the model takes them.
/// </remarks>
internal static class CacheMaintenance
{
    /// <summary>DC CVAC and its kin, IC IVAU.</summary>
    internal static void Clean(Core core, ulong address) => Execute(core, address, AccessPurpose.Maintain);

    /// <summary>DC IVAC.</summary>
    internal static void Invalidate(Core core, ulong address) => Execute(core, address, AccessPurpose.Invalidate);

    private static void Execute(Core core, ulong address, AccessPurpose purpose)
    {
        if (!Translator.TryTranslate(core, core.Mmu.Current(), address, purpose, misaligned: false, out _, out Fault fault))
        {
            AbortReport.TakeData(core, address, purpose, fault);
        }
    }
}
