namespace Conformance.Cpu.Board;

/// <summary>The slots for virtio devices, all of them empty: device number 0 tells a driver to go on.</summary>
/// <remarks>
/// Source: Virtual I/O Device (VIRTIO) 1.2, "Virtio Over MMIO", MagicValue to VendorID; version 1 (legacy) as on QEMU's
/// <c>virt</c>.
/// </remarks>
internal sealed class VirtioMmio : IMmioDevice
{
    private const uint Magic = 0x7472_6976;    // "virt"
    private const uint Version = 1;
    private const uint Vendor = 0x554d_4551;   // "QEMU"

    public ulong Base => MemoryMap.VirtioMmio;

    public ulong Size => MemoryMap.VirtioMmioSlots * MemoryMap.VirtioMmioSlotSize;

    public ulong Read(ulong offset, int size) => (offset % MemoryMap.VirtioMmioSlotSize) switch
    {
        0x00 => Magic,
        0x04 => Version,
        0x0c => Vendor,
        _ => 0,
    };

    public void Write(ulong offset, int size, ulong value)
    {
    }
}
