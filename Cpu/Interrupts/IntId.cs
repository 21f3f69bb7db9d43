namespace Conformance.Cpu.Interrupts;

/// <summary>INTIDs with a meaning of their own.</summary>
/// <remarks>Source: IHI 0069, "INTIDs".</remarks>
internal static class IntId
{
    /// <summary>What there is to acknowledge is an NMI, which ICC_NMIAR1_EL1 does (GV-152).</summary>
    internal const ulong NonMaskable = 1022;

    /// <summary>Nothing to acknowledge.</summary>
    internal const ulong Spurious = 1023;

    /// <summary>The first that is private to a PE and no SGI.</summary>
    internal const uint FirstPpi = 16;

    /// <summary>The first that is shared.</summary>
    internal const uint FirstSpi = 32;

    // The board's PPIs (TM-080, GV-128).
    internal const uint Maintenance = 25;
    internal const uint HypervisorPhysicalTimer = 26;
    internal const uint VirtualTimer = 27;
    internal const uint HypervisorVirtualTimer = 28;
    internal const uint SecurePhysicalTimer = 29;
    internal const uint PhysicalTimer = 30;

    /// <summary>The board's UART: SPI 1.</summary>
    internal const uint Uart = 33;

    /// <summary>The board's real-time clock: SPI 2.</summary>
    internal const uint Rtc = 34;

    /// <summary>The first slot of virtio-mmio: SPI 16; the others follow.</summary>
    internal const uint FirstVirtio = 48;

    /// <summary>The first LPI.</summary>
    internal const uint FirstLpi = 8192;

    /// <summary>1020 to 1023 name no interrupt (GV-100).</summary>
    internal static bool IsSpecial(ulong intId) => intId is >= 1020 and <= Spurious;
}
