namespace Conformance.Cpu;

/// <summary>Physical address space of the machine: RAM and devices. Little-endian; size is 1, 2, 4 or 8 bytes.</summary>
public interface IBus
{
    /// <returns>False when nothing answers at the address (synchronous External abort).</returns>
    bool TryRead(ulong physicalAddress, int size, out ulong value);

    /// <returns>False when nothing answers at the address (synchronous External abort).</returns>
    bool TryWrite(ulong physicalAddress, int size, ulong value);
}
