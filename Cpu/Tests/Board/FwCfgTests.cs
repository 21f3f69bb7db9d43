using System.Buffers.Binary;
using System.Text;
using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Board;

public sealed class FwCfgTests
{
    private const ulong Structure = MemoryMap.Ram + 0x100;
    private const ulong Buffer = MemoryMap.Ram + 0x200;
    private const uint Select = 8;
    private const uint Skip = 4;
    private const uint Read = 2;
    private readonly Ram _ram = new(MemoryMap.Ram, 0x1000);
    private readonly FwCfg _device;

    public FwCfgTests()
    {
        _device = new FwCfg(_ram);
        _device.Reset(0x1000, 3);
    }

    [Fact]
    public void The_signature_says_QEMU_and_the_identity_offers_DMA()
    {
        Choose(0);
        Encoding.ASCII.GetString([.. Enumerable.Range(0, 4).Select(_ => (byte)_device.Read(0, 1))]).ShouldBe("QEMU");
        Choose(1);
        _device.Read(0, 4).ShouldBe(3ul);
        BinaryPrimitives.ReverseEndianness(_device.Read(16, 8)).ShouldBe(0x5145_4d55_2043_4647ul);
        BinaryPrimitives.ReverseEndianness((uint)_device.Read(20, 4)).ShouldBe(0x2043_4647u);
    }

    [Theory]
    [InlineData(3, 8, 0x1000)]
    [InlineData(5, 2, 3)]
    [InlineData(0x0f, 2, 3)]
    [InlineData(0x7777, 4, 0)]
    public void An_item_is_read_from_its_start_and_is_zero_behind_its_end(ushort item, int size, ulong value)
    {
        Choose(item);
        _device.Read(0, size).ShouldBe(value);
        _device.Read(0, 8).ShouldBe(0ul);
        Choose(item);
        _device.Read(0, size).ShouldBe(value);
    }

    [Fact]
    public void The_directory_lists_files_by_name_with_size_and_item()
    {
        _device.AddFile("etc/z", [1, 2, 3]);
        _device.AddFile("etc/a", [9]);
        Choose(0x19);
        byte[] directory = [.. Enumerable.Range(0, 4 + 2 * 64).Select(_ => (byte)_device.Read(0, 1))];
        BinaryPrimitives.ReadUInt32BigEndian(directory).ShouldBe(2u);
        Entry(0).ShouldBe((1u, (ushort)0x21, "etc/a"));
        Entry(1).ShouldBe((3u, (ushort)0x20, "etc/z"));
        Choose(0x20);
        _device.Read(0, 4).ShouldBe(0x03_0201ul);

        (uint, ushort, string) Entry(int i)
        {
            Span<byte> entry = directory.AsSpan(4 + 64 * i, 64);
            return (BinaryPrimitives.ReadUInt32BigEndian(entry), BinaryPrimitives.ReadUInt16BigEndian(entry[4..]),
                Encoding.ASCII.GetString(entry[8..]).TrimEnd('\0'));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DMA_selects_skips_and_reads(bool inTwoHalves)
    {
        _device.Set(FwCfg.Item.KernelData, [10, 11, 12, 13, 14]);
        _ram.Write(Buffer, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        Transfer(Select | Skip, 0x11, 2, 0, inTwoHalves).ShouldBe(0u);
        Transfer(Read, 0, 5, Buffer, inTwoHalves).ShouldBe(0u);
        _ram.Read(Buffer, 7).ToArray().ShouldBe([12, 13, 14, 0, 0, 0xff, 0xff]);
    }

    [Theory]
    [InlineData(Read, 0x3fff_fffful)]
    [InlineData(Read, MemoryMap.Ram + 0xfff)]
    [InlineData(16u, Buffer)]                       // items cannot be written
    public void DMA_that_cannot_be_done_is_reported(uint control, ulong address) =>
        Transfer(control, 0, 2, address, false).ShouldBe(1u);

    [Fact]
    public void A_structure_outside_RAM_is_passed_over() =>
        Should.NotThrow(() => _device.Write(16, 8, BinaryPrimitives.ReverseEndianness(0x10ul)));

    private void Choose(ushort item) => _device.Write(8, 2, BinaryPrimitives.ReverseEndianness(item));

    private uint Transfer(uint control, ushort item, uint length, ulong address, bool inTwoHalves)
    {
        byte[] structure = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(structure, (uint)item << 16 | control);
        BinaryPrimitives.WriteUInt32BigEndian(structure.AsSpan(4), length);
        BinaryPrimitives.WriteUInt64BigEndian(structure.AsSpan(8), address);
        _ram.Write(Structure, structure);
        if (inTwoHalves)
        {
            _device.Write(16, 4, 0);
            _device.Write(20, 4, BinaryPrimitives.ReverseEndianness((uint)Structure));
        }
        else
        {
            _device.Write(16, 8, BinaryPrimitives.ReverseEndianness(Structure));
        }

        return BinaryPrimitives.ReadUInt32BigEndian(_ram.Read(Structure, 4));
    }
}
