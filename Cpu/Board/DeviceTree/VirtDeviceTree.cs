using System.Globalization;
using Conformance.Cpu.Interrupts;

namespace Conformance.Cpu.Board.DeviceTree;

/// <summary>The device tree of the board.</summary>
/// <remarks>
/// Source: the bindings of the devices (Linux, Documentation/devicetree/bindings: arm,gic-v3, arm,arch_timer, arm,pl011,
/// arm,pl031, cfi-flash, fw-cfg, virtio,mmio, psci). Node names are those of QEMU's <c>virt</c>, which programs know.
/// </remarks>
internal static class VirtDeviceTree
{
    private const uint Spi = 0;
    private const uint Ppi = 1;
    private const uint EdgeRising = 1;
    private const uint LevelHigh = 4;
    private const uint ApbClock = 0x8000;
    private const uint Gic = 0x8002;
    private const uint Its = 0x8003;
    private const uint FirstCpu = 0x8100;

    internal static DeviceTreeNode Build(BoardDescription board)
    {
        DeviceTreeNode root = new DeviceTreeNode("")
            .Cells("interrupt-parent", Gic)
            .Flag("dma-coherent")
            .Text("model", "linux,dummy-virt")
            .Cells("#size-cells", 2)
            .Cells("#address-cells", 2)
            .Text("compatible", "linux,dummy-virt");
        root.Child("memory@40000000").Wide("reg", MemoryMap.Ram, board.RamSize).Text("device_type", "memory");
        AddPsci(root, board);
        AddCpus(root, board);
        AddGic(root, board);
        AddTimer(root, board);
        AddDevices(root);
        root.Child("aliases").Text("serial0", "/pl011@9000000");
        root.Child("chosen").Text("stdout-path", "/pl011@9000000");
        return root;
    }

    private static void AddPsci(DeviceTreeNode root, BoardDescription board)
    {
        if (board.PsciMethod is not { } method)
        {
            return;
        }

        root.Child("psci")
            .Cells("cpu_on", 0xc400_0003).Cells("cpu_off", 0x8400_0002).Cells("cpu_suspend", 0xc400_0001)
            .Text("method", method).Text("compatible", "arm,psci-1.0", "arm,psci-0.2", "arm,psci");
    }

    private static void AddCpus(DeviceTreeNode root, BoardDescription board)
    {
        DeviceTreeNode cpus = root.Child("cpus").Cells("#size-cells", 0).Cells("#address-cells", 1);
        for (int i = 0; i < board.Affinities.Count; i++)
        {
            DeviceTreeNode cpu = cpus.Child(string.Create(CultureInfo.InvariantCulture, $"cpu@{i:x}"))
                .Cells("phandle", FirstCpu + (uint)i)
                .Cells("reg", (uint)board.Affinities[i])
                .Text("compatible", "arm,armv8")
                .Text("device_type", "cpu");
            if (board.PsciMethod is not null && board.Affinities.Count > 1)
            {
                cpu.Text("enable-method", "psci");
            }
        }
    }

    private static void AddGic(DeviceTreeNode root, BoardDescription board)
    {
        DeviceTreeNode gic = root.Child("intc@8000000")
            .Cells("phandle", Gic)
            .Wide(
                "reg", MemoryMap.GicDistributor, MemoryMap.GicDistributorSize, MemoryMap.GicRedistributors, MemoryMap.GicRedistributorsSize)
            .Cells("#redistributor-regions", 1)
            .Text("compatible", "arm,gic-v3")
            .Flag("ranges")
            .Cells("#size-cells", 2)
            .Cells("#address-cells", 2)
            .Flag("interrupt-controller")
            .Cells("#interrupt-cells", 3);
        if (board.HasVirtualization)
        {
            gic.Cells("interrupts", Ppi, IntId.Maintenance - IntId.FirstPpi, LevelHigh);
        }

        if (board.HasIts)
        {
            gic.Child("its@8080000")
                .Cells("phandle", Its)
                .Wide("reg", MemoryMap.GicIts, MemoryMap.GicItsSize)
                .Cells("#msi-cells", 1)
                .Flag("msi-controller")
                .Text("compatible", "arm,gic-v3-its");
        }
    }

    /// <summary>In the order of the binding: Secure physical, physical, virtual, EL2 physical, EL2 virtual.</summary>
    private static void AddTimer(DeviceTreeNode root, BoardDescription board)
    {
        uint[] intIds =
        [
            IntId.SecurePhysicalTimer, IntId.PhysicalTimer, IntId.VirtualTimer, IntId.HypervisorPhysicalTimer,
            .. board.HasHypervisorVirtualTimer ? [IntId.HypervisorVirtualTimer] : Array.Empty<uint>(),
        ];
        root.Child("timer")
            .Cells("interrupts", [.. intIds.SelectMany(i => (uint[])[Ppi, i - IntId.FirstPpi, LevelHigh])])
            .Flag("always-on")
            .Text("compatible", "arm,armv8-timer", "arm,armv7-timer");
    }

    private static void AddDevices(DeviceTreeNode root)
    {
        root.Child("apb-pclk")
            .Cells("phandle", ApbClock).Text("clock-output-names", "clk24mhz").Cells("clock-frequency", 24_000_000)
            .Cells("#clock-cells", 0).Text("compatible", "fixed-clock");
        root.Child("pl011@9000000")
            .Text("clock-names", "uartclk", "apb_pclk").Cells("clocks", ApbClock, ApbClock)
            .Cells("interrupts", Spi, IntId.Uart - IntId.FirstSpi, LevelHigh)
            .Wide("reg", MemoryMap.Uart, 0x1000).Text("compatible", "arm,pl011", "arm,primecell");
        root.Child("pl031@9010000")
            .Text("clock-names", "apb_pclk").Cells("clocks", ApbClock)
            .Cells("interrupts", Spi, IntId.Rtc - IntId.FirstSpi, LevelHigh)
            .Wide("reg", MemoryMap.Rtc, 0x1000).Text("compatible", "arm,pl031", "arm,primecell");
        root.Child("fw-cfg@9020000").Flag("dma-coherent").Wide("reg", MemoryMap.FwCfg, 0x18).Text("compatible", "qemu,fw-cfg-mmio");
        root.Child("flash@0")
            .Cells("bank-width", 4)
            .Wide("reg", MemoryMap.Flash, MemoryMap.FlashBankSize, MemoryMap.Flash + MemoryMap.FlashBankSize, MemoryMap.FlashBankSize)
            .Text("compatible", "cfi-flash");
        for (uint slot = 0; slot < MemoryMap.VirtioMmioSlots; slot++)
        {
            ulong address = MemoryMap.VirtioMmio + slot * MemoryMap.VirtioMmioSlotSize;
            root.Child(string.Create(CultureInfo.InvariantCulture, $"virtio_mmio@{address:x}"))
                .Flag("dma-coherent")
                .Cells("interrupts", Spi, IntId.FirstVirtio - IntId.FirstSpi + slot, EdgeRising)
                .Wide("reg", address, MemoryMap.VirtioMmioSlotSize)
                .Text("compatible", "virtio,mmio");
        }
    }
}
