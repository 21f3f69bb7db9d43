using Conformance.Cpu.Board.DeviceTree;

namespace Conformance.Cpu.Board;

/// <summary>Starts programs as QEMU's <c>virt</c> does, so that the same command line finds the same things in the same places.</summary>
/// <remarks>
/// Source: Linux, Documentation/arch/arm64/booting.rst, "Call the kernel image": X0 holds the address of the device tree, X1
/// to X3 are 0. Places as on QEMU: programs without a convention of their own (ELF, firmware) find the device tree at the
/// start of RAM.
/// </remarks>
internal static class BootLoader
{
    /// <summary>What QEMU gives: room for firmware that adds to the tree.</summary>
    private const int DeviceTreeSize = 0x10_0000;

    private const ulong DeviceTreeAlignment = 0x20_0000;
    private const ulong PageSize = 0x1000;
    private const ulong InitrdOffset = 128UL << 20;

    internal static LoadedImage Boot(Machine machine, BootOptions options)
    {
        DeviceTreeNode tree = options.DeviceTree is { } path ? ReadTree(path) : VirtDeviceTree.Build(Describe(machine));
        if (options.CommandLine.Length > 0)
        {
            tree.Child("chosen").Text("bootargs", options.CommandLine);
        }

        return options.Firmware is not null ? BootFirmware(machine, options, tree) : BootImage(machine, options, tree);
    }

    /// <summary>Firmware in flash looks for everything else itself: the device tree in RAM, the rest in fw_cfg.</summary>
    private static LoadedImage BootFirmware(Machine machine, BootOptions options, DeviceTreeNode tree)
    {
        byte[] firmware = ReadFile(options.Firmware!, "firmware image");
        if (firmware.Length == 0 || (ulong)firmware.Length > MemoryMap.FlashBankSize)
        {
            throw new ImageException(
                $"{options.Firmware}: {firmware.Length} bytes do not go into a bank of flash; give 1 to {MemoryMap.FlashBankSize} bytes");
        }

        machine.Board.Flash.Load(firmware);
        if (options.Image is { } image)
        {
            byte[] kernel = ReadFile(image, "image");
            machine.Board.FwCfg.Set(FwCfg.Item.KernelSize, (ulong)kernel.Length, 4);
            machine.Board.FwCfg.Set(FwCfg.Item.KernelData, kernel);
        }

        if (options.Initrd is { } path)
        {
            byte[] initrd = ReadFile(path, "initrd");
            machine.Board.FwCfg.Set(FwCfg.Item.InitrdSize, (ulong)initrd.Length, 4);
            machine.Board.FwCfg.Set(FwCfg.Item.InitrdData, initrd);
        }

        if (options.CommandLine.Length > 0)
        {
            byte[] line = [.. System.Text.Encoding.UTF8.GetBytes(options.CommandLine), 0];
            machine.Board.FwCfg.Set(FwCfg.Item.CommandLineSize, (ulong)line.Length, 4);
            machine.Board.FwCfg.Set(FwCfg.Item.CommandLineData, line);
        }

        PutTree(machine, options, tree, machine.Board.Ram.Base);
        machine.Core.Pc = MemoryMap.Flash;
        return new LoadedImage(ImageKind.Flat, MemoryMap.Flash, MemoryMap.Flash, MemoryMap.Flash + (ulong)firmware.Length);
    }

    private static LoadedImage BootImage(Machine machine, BootOptions options, DeviceTreeNode tree)
    {
        Ram ram = machine.Board.Ram;
        LoadedImage image = machine.Load(options.Image!);
        ulong free = Math.Max(ram.Base + Math.Min(ram.Size / 2, InitrdOffset), AlignUp(image.End, PageSize));
        if (options.Initrd is { } path)
        {
            byte[] initrd = ReadFile(path, "initrd");
            Put(ram, path, "the initrd", free, initrd);
            tree.Child("chosen").Wide("linux,initrd-start", free).Wide("linux,initrd-end", free + (ulong)initrd.Length);
            free += (ulong)initrd.Length;
        }

        if (image.Kind == ImageKind.Elf)
        {
            // A program that is linked to the start of RAM goes without one.
            if (image.Start >= ram.Base + DeviceTreeSize)
            {
                PutTree(machine, options, tree, ram.Base);
            }

            return image;
        }

        ulong at = PutTree(machine, options, tree, AlignUp(free, DeviceTreeAlignment));
        machine.Core.SetX(0, at);
        return image;
    }

    private static BoardDescription Describe(Machine machine)
    {
        bool hypervisor = machine.Core.Have.EL2;
        return new BoardDescription
        {
            RamSize = machine.Board.Ram.Size,
            Affinities = [.. machine.Cores.Select(core => core.Affinity)],
            HasIts = true,
            PsciMethod = machine.Core.Have.EL3 ? null : hypervisor ? "smc" : "hvc",
            HasVirtualization = hypervisor,
            HasHypervisorVirtualTimer = machine.Core.Have.VHE,
        };
    }

    private static ulong PutTree(Machine machine, BootOptions options, DeviceTreeNode tree, ulong at)
    {
        byte[] blob = DeviceTreeBlob.Write(tree, DeviceTreeSize);
        Put(machine.Board.Ram, options.DeviceTree ?? options.Image ?? options.Firmware!, "the device tree", at, blob);
        options.DeviceTreeMade(blob);
        return at;
    }

    private static void Put(Ram ram, string name, string part, ulong at, byte[] bytes)
    {
        if (!ram.Contains(at, (ulong)bytes.Length))
        {
            throw ImageLoader.OutsideRam(ram, name, part, at, (ulong)bytes.Length);
        }

        ram.Write(at, bytes);
    }

    private static DeviceTreeNode ReadTree(string path)
    {
        try
        {
            return DeviceTreeBlob.Read(ReadFile(path, "device tree"));
        }
        catch (FormatException e)
        {
            throw new ImageException($"{path}: is no flattened device tree: {e.Message}; make one with dtc -O dtb");
        }
    }

    private static byte[] ReadFile(string path, string kind) => ImageLoader.ReadFile(path, kind);

    private static ulong AlignUp(ulong value, ulong to) => (value + to - 1) & ~(to - 1);
}
