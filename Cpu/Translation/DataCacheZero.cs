using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Translation;

/// <summary>DC ZVA: writes zeros to a naturally aligned block of memory.</summary>
/// <remarks>
/// Source: DDI 0487, "DC ZVA": an Alignment fault on any type of Device memory, which is what data is while stage 1 is off;
/// HCR_EL2.DC makes it Normal for EL1 and EL0.
/// </remarks>
internal static class DataCacheZero
{
    private const int BlockSize = 64;

    internal static void Execute(Core core, ulong address)
    {
        if (!Regime.IsNormalMemory(core))
        {
            Raise.DataAbort(core, address, write: true, FaultStatus.Alignment);
            return;
        }

        ulong block = address & ~(ulong)(BlockSize - 1);
        for (int i = 0; i < BlockSize; i += 8)
        {
            if (!MemoryAccess.TryWrite(core, block + (ulong)i, 8, AccessKind.Normal, 0))
            {
                return;
            }
        }
    }
}
