namespace Conformance.Cpu.Board;

/// <summary>Physical addresses of the board, those of QEMU's <c>virt</c> machine.</summary>
public static class MemoryMap
{
    public const ulong Flash = 0x0000_0000;
    public const ulong FlashSize = 0x0800_0000;

    /// <summary>Two banks of flash, one behind the other.</summary>
    public const ulong FlashBankSize = FlashSize / 2;

    public const ulong GicDistributor = 0x0800_0000;
    public const ulong GicDistributorSize = 0x1_0000;
    public const ulong GicIts = 0x0808_0000;
    public const ulong GicItsSize = 0x2_0000;
    public const ulong GicRedistributors = 0x080a_0000;

    /// <summary>Room for 123 redistributors.</summary>
    public const ulong GicRedistributorsSize = 0x00f6_0000;

    public const ulong Uart = 0x0900_0000;
    public const ulong Rtc = 0x0901_0000;
    public const ulong FwCfg = 0x0902_0000;
    public const ulong VirtioMmio = 0x0a00_0000;
    public const ulong VirtioMmioSlotSize = 0x200;
    public const uint VirtioMmioSlots = 32;
    public const ulong Ram = 0x4000_0000;

    /// <summary>Where a flat image without a header of its own goes.</summary>
    public const ulong FlatImage = Ram + 0x8_0000;
}
