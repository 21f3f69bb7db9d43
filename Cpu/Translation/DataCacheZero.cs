
namespace Conformance.Cpu.Translation;

/// <summary>DC ZVA: writes zeros to a naturally aligned block of memory.</summary>
/// <remarks>
/// Source: DDI 0487, "DC ZVA": an Alignment fault on any type of Device memory; FAR_ELx gets the operand as it is.
/// </remarks>
internal static class DataCacheZero
{
    private const int BlockSize = 64;

    internal static void Execute(Core core, ulong address)
    {
        if (!Translator.TryTranslate(
            core, core.Mmu.Current(), address, AccessPurpose.Zero, misaligned: false, out Translated place, out Fault fault))
        {
            AbortReport.TakeData(core, address, AccessPurpose.Zero, fault);
            return;
        }

        if (core.Intercepts(address & ~(ulong)(BlockSize - 1), BlockSize, write: true, unprivileged: false))
        {
            return;
        }

        ulong block = place.Address & ~(ulong)(BlockSize - 1);
        if (core.Ram is { } ram && ram.Contains(block, BlockSize))
        {
            ram.Clear(block, BlockSize);
            return;
        }

        for (int i = 0; i < BlockSize; i += 8)
        {
            if (!core.Bus.TryWrite(block + (ulong)i, 8, 0))
            {
                AbortReport.TakeData(
                    core, address, AccessPurpose.Zero, new Fault { Status = FaultStatus.ExternalAbort, Write = true });
                return;
            }
        }
    }
}
