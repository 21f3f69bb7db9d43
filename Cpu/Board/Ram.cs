using System.Buffers.Binary;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Board;

/// <summary>Main memory: bytes from a base address, and the code that was predecoded from them.</summary>
public sealed class Ram
{
    private const int PageShift = CodePage.SizeShift;

    private readonly List<CodePage> _pages = [];
    private readonly Stack<CodePage> _spare = [];

    /// <param name="baseAddress">PA of the first byte, a multiple of 4 KiB.</param>
    /// <param name="size">Size in bytes, a multiple of 4 KiB below 2 GiB.</param>
    public Ram(ulong baseAddress, long size)
    {
        if (size <= 0 || size > int.MaxValue || size % CodePage.Size != 0 || baseAddress % CodePage.Size != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(size), $"RAM of {size} bytes at 0x{baseAddress:x}: write whole pages of 4096 bytes, below 2 GiB");
        }

        Base = baseAddress;
        Bytes = GC.AllocateArray<byte>((int)size, pinned: true); // the TLB holds addresses in it
        Code = new CodePage?[size >> PageShift];
    }

    /// <summary>PA of the first byte.</summary>
    public ulong Base { get; }

    /// <summary>Size in bytes.</summary>
    public ulong Size => (ulong)Bytes.LongLength;

    /// <summary>The contents, for reading. Writers use <see cref="Write"/>, which keeps predecoded code in step.</summary>
    public byte[] Bytes { get; }

    /// <summary>The predecoded code of each page; null where nothing was executed.</summary>
    internal CodePage?[] Code { get; }

    /// <summary>The pages that hold predecoded code.</summary>
    internal IReadOnlyList<CodePage> CodePages => _pages;

    /// <summary>How many pages of predecoded code are kept; as it is, 16 MiB of instructions, which take 128 MiB.</summary>
    internal int MostCodePages { get; set; } = 4096;

    /// <summary>The marks of load-exclusives; null where there is one PE.</summary>
    internal GlobalMonitor? Monitor { get; set; }

    /// <summary>Stores to a page have to go through this class: there is code or a mark.</summary>
    /// <param name="page">PA of the page.</param>
    internal bool WatchesStores(ulong page) =>
        Code[(page - Base) >> PageShift] is { IsWatched: true } || (Monitor is { } monitor && monitor.MarksPage(page));

    /// <summary>The whole range lies in RAM.</summary>
    public bool Contains(ulong physicalAddress, ulong size) =>
        physicalAddress - Base < Size && size <= Size - (physicalAddress - Base);

    /// <summary>Copies bytes in, from outside the machine.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Part of the range is not RAM.</exception>
    public void Write(ulong physicalAddress, ReadOnlySpan<byte> data)
    {
        Span<byte> target = Span(physicalAddress, data.Length);
        data.CopyTo(target);
        Stored(physicalAddress - Base, data.Length);
    }

    /// <summary>Sets a range to zero, from outside the machine.</summary>
    public void Clear(ulong physicalAddress, int size)
    {
        Span(physicalAddress, size).Clear();
        Stored(physicalAddress - Base, size);
    }

    /// <summary>A range of the contents, for reading.</summary>
    public ReadOnlySpan<byte> Read(ulong physicalAddress, int size) => Span(physicalAddress, size);

    /// <summary>Drops what was predecoded from a range that has been written, and the marks in it.</summary>
    /// <param name="offset">From <see cref="Base"/>, in bytes.</param>
    /// <param name="size">In bytes.</param>
    internal void Stored(ulong offset, long size)
    {
        Monitor?.Stored(Base + offset, (ulong)size);
        ulong end = offset + (ulong)size;
        while (offset < end)
        {
            int within = (int)(offset % CodePage.Size);
            int part = (int)Math.Min(end - offset, (ulong)(CodePage.Size - within));
            Code[offset >> PageShift]?.Stored(within, part);
            offset += (ulong)part;
        }
    }

    /// <summary>The predecoded code of the page at an offset, made on first use.</summary>
    internal CodePage PageAt(ulong offset)
    {
        ref CodePage? page = ref Code[offset >> PageShift];
        if (page is null)
        {
            page = _spare.TryPop(out CodePage? spare) ? spare : new CodePage();
            _pages.Add(page);
        }

        return page;
    }

    /// <summary>The code of the page at an offset is there, or may be made.</summary>
    internal bool HasRoomForCode(ulong offset) => Code[offset >> PageShift] is not null || _pages.Count < MostCodePages;

    /// <summary>Forgets all code; the caller makes sure that nobody goes on using it.</summary>
    internal void DropCode()
    {
        foreach (CodePage page in _pages)
        {
            page.Recycle();
            _spare.Push(page);
        }

        _pages.Clear();
        Array.Clear(Code);
    }

    /// <summary>Reads 1 to 8 bytes, little-endian; the caller has made sure that they are in RAM.</summary>
    internal ulong ReadAt(ulong physicalAddress, int size)
    {
        ReadOnlySpan<byte> bytes = Bytes.AsSpan((int)(physicalAddress - Base), size);
        switch (size)
        {
            case 8:
                return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            case 4:
                return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            default:
                ulong value = 0;
                for (int i = size - 1; i >= 0; i--)
                {
                    value = (value << 8) | bytes[i];
                }

                return value;
        }
    }

    /// <summary>Writes 1 to 8 bytes, little-endian; the caller has made sure that they are in RAM.</summary>
    internal void WriteAt(ulong physicalAddress, int size, ulong value)
    {
        Span<byte> bytes = Bytes.AsSpan((int)(physicalAddress - Base), size);
        for (int i = 0; i < size; i++)
        {
            bytes[i] = (byte)(value >> (8 * i));
        }

        Stored(physicalAddress - Base, size);
    }

    internal uint WordAt(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan((int)offset));

    private Span<byte> Span(ulong physicalAddress, int size) => Contains(physicalAddress, (ulong)size)
        ? Bytes.AsSpan((int)(physicalAddress - Base), size)
        : throw new ArgumentOutOfRangeException(
            nameof(physicalAddress), $"{size} bytes at 0x{physicalAddress:x} are outside RAM, 0x{Base:x} to 0x{Base + Size:x}");
}
