using System.Buffers.Binary;
using System.Text;

namespace Conformance.Cpu.Board;

/// <summary>QEMU's firmware configuration device: items of bytes that a program selects and reads.</summary>
/// <remarks>
/// Source: QEMU, "QEMU Firmware Configuration (fw_cfg) Device", for MMIO: data at 0, selector at 8 (16 bits), address of a DMA
/// control structure at 16 (64 bits); selector, address and structure are big-endian.
/// </remarks>
/// <param name="ram">What DMA reaches.</param>
internal sealed class FwCfg(Ram ram) : IMmioDevice
{
    private const ulong DmaSignature = 0x5145_4d55_2043_4647;   // "QEMU CFG"
    private const ulong DataSize = 8;
    private const ulong Selector = 8;
    private const ulong DmaAddress = 16;
    private const int DmaStructureSize = 16;
    private const uint DmaError = 1;
    private const uint DmaRead = 2;
    private const uint DmaSkip = 4;
    private const uint DmaSelect = 8;
    private const uint DmaWrite = 16;
    private const ushort FirstFile = 0x20;
    private const int NameSize = 56;

    private readonly SortedDictionary<ushort, byte[]> _items = [];
    private readonly List<string> _files = [];
    private ushort _selected;
    private uint _position;
    private uint _dmaHigh;

    /// <summary>Items with a number of their own.</summary>
    internal enum Item : ushort
    {
        Signature = 0x00,
        Id = 0x01,
        RamSize = 0x03,
        CpuCount = 0x05,
        KernelSize = 0x08,
        InitrdSize = 0x0b,
        MaxCpuCount = 0x0f,
        KernelData = 0x11,
        InitrdData = 0x12,
        CommandLineSize = 0x14,
        CommandLineData = 0x15,
        FileDirectory = 0x19,
    }

    public ulong Base => MemoryMap.FwCfg;

    public ulong Size => 0x18;

    /// <summary>Gives an item its bytes.</summary>
    internal void Set(Item item, ReadOnlySpan<byte> value) => _items[(ushort)item] = value.ToArray();

    /// <summary>Gives an item a number of 2, 4 or 8 bytes; numbers are little-endian.</summary>
    internal void Set(Item item, ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Set(item, bytes[..size]);
    }

    /// <summary>Adds a file; the directory lists files in the order of their names.</summary>
    internal void AddFile(string name, ReadOnlySpan<byte> value)
    {
        _items[(ushort)(FirstFile + _files.Count)] = value.ToArray();
        _files.Add(name);
        BuildDirectory();
    }

    /// <summary>What every machine has.</summary>
    internal void Reset(ulong ramSize, int cpus)
    {
        _items.Clear();
        _files.Clear();
        (_selected, _position, _dmaHigh) = (0, 0, 0);
        Set(Item.Signature, "QEMU"u8);
        Set(Item.Id, 3, 4);   // the register interface and DMA
        Set(Item.RamSize, ramSize, 8);
        Set(Item.CpuCount, (ulong)cpus, 2);
        Set(Item.MaxCpuCount, (ulong)cpus, 2);
        BuildDirectory();
    }

    public ulong Read(ulong offset, int size)
    {
        if (offset < DataSize)
        {
            ulong value = 0;   // the register is a stream: the first byte of the item comes first in memory
            for (int i = 0; i < size; i++)
            {
                value |= (ulong)NextByte() << (8 * i);
            }

            return value;
        }

        if (offset < DmaAddress)
        {
            return 0;
        }

        Span<byte> signature = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(signature, DmaSignature);
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(signature) >> (8 * (int)(offset - DmaAddress));
        return size == 8 ? word : word & ((1UL << (8 * size)) - 1);
    }

    public void Write(ulong offset, int size, ulong value)
    {
        switch (offset, size)
        {
            case (Selector, 2):
                Select(BinaryPrimitives.ReverseEndianness((ushort)value));
                break;
            case (DmaAddress, 8):
                Transfer(BinaryPrimitives.ReverseEndianness(value));
                break;
            case (DmaAddress, 4):
                _dmaHigh = BinaryPrimitives.ReverseEndianness((uint)value);
                break;
            case (DmaAddress + 4, 4):
                Transfer((ulong)_dmaHigh << 32 | BinaryPrimitives.ReverseEndianness((uint)value));
                break;
            default:
                break;   // items cannot be written
        }
    }

    private void Select(ushort item) => (_selected, _position) = (item, 0);

    private byte NextByte() =>
        _items.TryGetValue(_selected, out byte[]? item) && _position < item.Length ? item[_position++] : (byte)0;

    /// <summary>The structure: control (item in the upper half, commands in the lower), length, address.</summary>
    private void Transfer(ulong at)
    {
        _dmaHigh = 0;
        if (!ram.Contains(at, DmaStructureSize))
        {
            return;   // nowhere to report it
        }

        ReadOnlySpan<byte> structure = ram.Read(at, DmaStructureSize);
        uint control = BinaryPrimitives.ReadUInt32BigEndian(structure);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(structure[4..]);
        ulong to = BinaryPrimitives.ReadUInt64BigEndian(structure[8..]);
        if ((control & DmaSelect) != 0)
        {
            Select((ushort)(control >> 16));
        }

        Span<byte> result = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(result, Move(control, length, to) ? 0 : DmaError);
        ram.Write(at, result);
    }

    private bool Move(uint control, uint length, ulong to)
    {
        if ((control & DmaRead) != 0)
        {
            if (length != 0 && !ram.Contains(to, length))
            {
                return false;
            }

            byte[] bytes = new byte[length];   // behind the end of the item there are zeros
            if (_items.TryGetValue(_selected, out byte[]? item) && _position < item.Length)
            {
                item.AsSpan((int)_position, (int)Math.Min(length, (uint)item.Length - _position)).CopyTo(bytes);
            }

            if (length != 0)
            {
                ram.Write(to, bytes);
            }

            _position += length;
            return true;
        }

        _position += (control & DmaSkip) != 0 ? length : 0;
        return (control & DmaWrite) == 0;
    }

    private void BuildDirectory()
    {
        byte[] directory = new byte[4 + _files.Count * (8 + NameSize)];
        BinaryPrimitives.WriteUInt32BigEndian(directory, (uint)_files.Count);
        Span<byte> entry = directory.AsSpan(4);
        foreach ((string name, int number) in _files.Select((f, i) => (f, i)).OrderBy(f => f.f, StringComparer.Ordinal))
        {
            ushort item = (ushort)(FirstFile + number);
            BinaryPrimitives.WriteUInt32BigEndian(entry, (uint)_items[item].Length);
            BinaryPrimitives.WriteUInt16BigEndian(entry[4..], item);
            _ = Encoding.ASCII.GetBytes(name, entry.Slice(8, NameSize - 1));
            entry = entry[(8 + NameSize)..];
        }

        Set(Item.FileDirectory, directory);
    }
}
