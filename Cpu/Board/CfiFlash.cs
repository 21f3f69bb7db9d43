using System.Buffers.Binary;

namespace Conformance.Cpu.Board;

/// <summary>A bank of NOR flash: two 16-bit chips side by side on a 32-bit bus, with the Intel command set.</summary>
/// <remarks>
/// Source: JEDEC JESD68.01, "Common Flash Interface", and JEP137, command set 0x0001 (Intel/Sharp extended), as QEMU's
/// <c>virt</c> has them: 256 blocks of 256 KiB. What was never erased reads 0, as on QEMU without an image.
/// Commands take no time, so the status is always ready.
/// </remarks>
internal sealed class CfiFlash : IMmioDevice
{
    private const int BlockSize = 256 * 1024;
    private const uint BothChips = 0x0001_0001;
    private const uint Ready = 0x80;
    private const uint ProgramError = 0x10;
    private const uint EraseError = 0x20;
    private const uint Manufacturer = 0x89;
    private const uint DeviceCode = 0x18;
    private const int BufferSize = 2048;   // for both chips together

    private readonly Dictionary<ulong, byte[]> _blocks = [];
    private readonly byte[] _query = new byte[0x40];
    private Mode _mode;
    private uint _status = Ready;
    private int _buffered;

    /// <param name="address">PA of the first byte.</param>
    internal CfiFlash(ulong address)
    {
        Base = address;
        FillQuery();
    }

    private enum Mode
    {
        Array,
        Status,
        Identity,
        Query,
        Program,
        Erase,
        BufferCount,
        BufferData,
        BufferConfirm,
        Lock,
    }

    public ulong Base { get; }

    public ulong Size => MemoryMap.FlashBankSize;

    /// <summary>Makes it read as memory; the contents stay.</summary>
    internal void Reset() => (_mode, _status) = (Mode.Array, Ready);

    /// <summary>Puts contents in, from outside the machine.</summary>
    internal void Load(ReadOnlySpan<byte> image)
    {
        for (int i = 0; i < image.Length; i++)
        {
            Block((ulong)i)[i % BlockSize] = image[i];
        }
    }

    public ulong Read(ulong offset, int size) => _mode switch
    {
        Mode.Array => ReadArray(offset, size),
        Mode.Identity => Lanes(offset, size, ((offset >> 2) & 0xff) switch { 0 => Manufacturer, 1 => DeviceCode, _ => 0 }),
        Mode.Query => Lanes(offset, size, offset >> 2 < (ulong)_query.Length ? _query[offset >> 2] : 0u),
        _ => Lanes(offset, size, _status),
    };

    public void Write(ulong offset, int size, ulong value)
    {
        switch (_mode)
        {
            case Mode.Program:
                Clear(offset, size, value);
                _mode = Mode.Status;
                break;
            case Mode.Erase:
                if ((byte)value == 0xd0)
                {
                    Block(offset).AsSpan().Fill(0xff);
                }
                else
                {
                    _status |= EraseError | ProgramError;   // a sequence that is none
                }

                _mode = (byte)value == 0xff ? Mode.Array : Mode.Status;
                break;
            case Mode.BufferCount:
                _buffered = (int)(value & 0xffff) + 1;
                _mode = Mode.BufferData;
                break;
            case Mode.BufferData:
                Clear(offset, size, value);
                _mode = --_buffered > 0 ? Mode.BufferData : Mode.BufferConfirm;
                break;
            case Mode.BufferConfirm:
                _status |= (byte)value == 0xd0 ? 0 : ProgramError;
                _mode = Mode.Status;
                break;
            case Mode.Lock:
                _mode = (byte)value is 0x01 or 0xd0 ? Mode.Status : Mode.Array;   // nothing can be locked
                break;
            default:
                Command((byte)value);
                break;
        }
    }

    private void Command(byte command)
    {
        switch (command)
        {
            case 0x10 or 0x40:
                _mode = Mode.Program;
                break;
            case 0x20:
                _mode = Mode.Erase;
                break;
            case 0x50:
                _status = Ready;
                _mode = Mode.Array;
                break;
            case 0x60:
                _mode = Mode.Lock;
                break;
            case 0x70:
                _mode = Mode.Status;
                break;
            case 0x90:
                _mode = Mode.Identity;
                break;
            case 0x98:
                _mode = Mode.Query;
                break;
            case 0xe8:
                _mode = Mode.BufferCount;
                break;
            default:
                _mode = Mode.Array;   // 0xff, and 0xf0 of the other command set, which programs try as well
                break;
        }
    }

    private ulong ReadArray(ulong offset, int size)
    {
        if (!_blocks.TryGetValue(offset / BlockSize, out byte[]? block))
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        block.AsSpan((int)(offset % BlockSize), size).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Programming turns ones into zeros; only erasing makes ones.</summary>
    private void Clear(ulong offset, int size, ulong value)
    {
        byte[] block = Block(offset);
        for (int i = 0; i < size; i++)
        {
            block[(int)(offset % BlockSize) + i] &= (byte)(value >> (8 * i));
        }
    }

    private byte[] Block(ulong offset)
    {
        ulong number = offset / BlockSize;
        if (!_blocks.TryGetValue(number, out byte[]? block))
        {
            block = new byte[BlockSize];
            _blocks.Add(number, block);
        }

        return block;
    }

    /// <summary>What both chips drive, as much of it as the access sees.</summary>
    private static ulong Lanes(ulong offset, int size, uint perChip)
    {
        ulong both = perChip * BothChips;
        both |= both << 32;
        return (both >> (int)(8 * (offset & 3))) & (ulong.MaxValue >> (64 - 8 * size));
    }

    private void FillQuery()
    {
        "QRY"u8.CopyTo(_query.AsSpan(0x10));
        _query[0x13] = 0x01;               // primary command set 0x0001
        _query[0x15] = 0x31;               // where its table is
        _query[0x1b] = 0x45;               // lowest supply, 4.5 V
        _query[0x1c] = 0x55;               // highest supply, 5.5 V
        _query[0x1f] = 0x07;               // typical and largest times: 2^n µs or ms, 2^n times as long
        _query[0x20] = 0x07;
        _query[0x21] = 0x0a;
        _query[0x23] = 0x04;
        _query[0x24] = 0x04;
        _query[0x25] = 0x04;
        _query[0x27] = 25;                 // 2^25 bytes in each chip
        _query[0x28] = 0x02;               // 8-bit and 16-bit bus
        _query[0x2a] = (byte)int.Log2(BufferSize / 2);
        _query[0x2c] = 1;                  // all blocks are the same
        _query[0x2d] = 0xff;               // 256 of them
        _query[0x30] = BlockSize / 2 / 256 >> 8;   // in 256 bytes of each chip
        "PRI10"u8.CopyTo(_query.AsSpan(0x31));
    }
}
