namespace Conformance.Cpu.Board;

/// <summary>Flash with no image in it: every byte reads 0, and writes are taken without effect.</summary>
/// <remarks>Erased flash would read 0xff; QEMU's <c>virt</c> without a pflash drive reads 0, and images run on both.</remarks>
internal sealed class Flash : IMmioDevice
{
    public ulong Base => MemoryMap.Flash;

    public ulong Size => MemoryMap.FlashSize;

    public ulong Read(ulong offset, int size) => 0;

    public void Write(ulong offset, int size, ulong value)
    {
    }
}
