namespace Conformance.Cpu.Board;

/// <summary>Erased flash: every byte reads 0xff, and writes are taken without effect.</summary>
internal sealed class Flash : IMmioDevice
{
    public ulong Base => MemoryMap.Flash;

    public ulong Size => MemoryMap.FlashSize;

    public ulong Read(ulong offset, int size) => ulong.MaxValue >> (64 - size * 8);

    public void Write(ulong offset, int size, ulong value)
    {
    }
}
