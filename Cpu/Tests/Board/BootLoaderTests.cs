using System.Buffers.Binary;
using System.Text;
using Conformance.Cpu.Board;
using Conformance.Cpu.Board.DeviceTree;
using Conformance.Cpu.Features;

namespace Conformance.Cpu.Tests.Board;

public sealed class BootLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance-boot-").FullName;
    private readonly Machine _machine = new(new MachineOptions { Features = FeatureSet.Parse("nv2,-FEAT_AA64EL3"), RamSize = 16 << 20 });

    [Fact]
    public void A_Linux_Image_gets_the_device_tree_in_X0_and_zero_in_X1_to_X3()
    {
        _machine.Core.SetX(1, 0);
        LoadedImage image = _machine.Boot(new BootOptions { Image = Linux(), CommandLine = "a b" });
        image.Entry.ShouldBe(0x4020_0000ul);
        _machine.Core.Pc.ShouldBe(0x4020_0000ul);
        ulong at = _machine.Core.GetX(0);
        at.ShouldBe(0x4080_0000ul);                 // the middle of RAM
        (_machine.Core.GetX(1) | _machine.Core.GetX(2) | _machine.Core.GetX(3)).ShouldBe(0ul);
        DeviceTreeNode tree = TreeAt(at);
        Encoding.ASCII.GetString(tree.Find("chosen")!.Property("bootargs")!).ShouldBe("a b\0");
        BinaryPrimitives.ReadUInt64BigEndian(tree.Find("memory@40000000")!.Property("reg").AsSpan(8)).ShouldBe(16ul << 20);
        tree.Find("chosen")!.Property("linux,initrd-start").ShouldBeNull();
    }

    [Fact]
    public void The_initrd_lies_where_the_device_tree_says_and_the_tree_behind_it()
    {
        byte[] initrd = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        _ = _machine.Boot(new BootOptions { Image = Linux(), Initrd = Save("initrd", initrd) });
        DeviceTreeNode chosen = TreeAt(_machine.Core.GetX(0)).Find("chosen")!;
        ulong start = BinaryPrimitives.ReadUInt64BigEndian(chosen.Property("linux,initrd-start"));
        ulong end = BinaryPrimitives.ReadUInt64BigEndian(chosen.Property("linux,initrd-end"));
        (end - start).ShouldBe(5000ul);
        _machine.Board.Ram.Read(start, 5000).ToArray().ShouldBe(initrd);
        _machine.Core.GetX(0).ShouldBe(0x40a0_0000ul);
    }

    [Fact]
    public void Firmware_starts_at_0_in_flash_and_finds_the_tree_at_the_start_of_RAM()
    {
        _ = _machine.Boot(new BootOptions { Firmware = Save("bios", [0x40, 0x05, 0x80, 0xd2]), Image = Save("kernel", [1, 2, 3]), CommandLine = "x" });
        _machine.Core.Pc.ShouldBe(0ul);
        _ = TreeAt(MemoryMap.Ram);
        _ = _machine.Run(1);
        _machine.Core.GetX(0).ShouldBe(42ul);       // mov x0, #42
        FwCfgItem(0x08, 4).ShouldBe(3ul);
        FwCfgItem(0x11, 4).ShouldBe(0x03_0201ul);
        FwCfgItem(0x14, 4).ShouldBe(2ul);
        FwCfgItem(0x15, 2).ShouldBe((ulong)'x');
    }

    [Fact]
    public void A_device_tree_of_the_user_takes_the_place_of_the_boards_and_is_completed()
    {
        byte[] own = DeviceTreeBlob.Write(new DeviceTreeNode("").Text("model", "mine"));
        byte[]? given = null;
        _ = _machine.Boot(new BootOptions { Image = Linux(), DeviceTree = Save("own.dtb", own), CommandLine = "c", DeviceTreeMade = b => given = b });
        DeviceTreeNode tree = TreeAt(_machine.Core.GetX(0));
        Encoding.ASCII.GetString(tree.Property("model")!).ShouldBe("mine\0");
        tree.Find("chosen")!.Property("bootargs").ShouldNotBeNull();
        tree.Find("cpus").ShouldBeNull();
        DeviceTreeBlob.Read(given).Find("chosen").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("none", null, "none: cannot be read")]
    [InlineData(null, "none", "none: cannot be read")]
    public void A_file_that_is_not_there_is_named(string? initrd, string? tree, string saying) =>
        Should.Throw<ImageException>(() => _machine.Boot(new BootOptions
        {
            Image = Linux(),
            Initrd = initrd is null ? null : Path.Combine(_folder, initrd),
            DeviceTree = tree is null ? null : Path.Combine(_folder, tree),
        })).Message.ShouldContain(saying);

    [Fact]
    public void What_does_not_fit_or_is_no_device_tree_is_refused()
    {
        string big = Save("big", new byte[9 << 20]);
        Should.Throw<ImageException>(() => _machine.Boot(new BootOptions { Image = Linux(), Initrd = big })).Message.ShouldContain("the initrd");
        Should.Throw<ImageException>(() => _machine.Boot(new BootOptions { Image = Linux(), DeviceTree = big })).Message.ShouldContain("dtc");
        Should.Throw<ImageException>(() => _machine.Boot(new BootOptions { Firmware = Save("e", []) })).Message.ShouldContain("bank of flash");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ulong FwCfgItem(ushort item, int size)
    {
        _machine.Board.TryWrite(MemoryMap.FwCfg + 8, 2, BinaryPrimitives.ReverseEndianness(item)).ShouldBeTrue();
        _machine.Board.TryRead(MemoryMap.FwCfg, size, out ulong value).ShouldBeTrue();
        return value;
    }

    private DeviceTreeNode TreeAt(ulong at) => DeviceTreeBlob.Read(_machine.Board.Ram.Read(at, 0x10_0000));

    private string Linux()
    {
        byte[] image = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(16), 0x1_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(56), 0x644d_5241);
        return Save("Image", image);
    }

    private string Save(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
