namespace Conformance.Cpu.Interrupts.Its;

/// <summary>A table of the ITS in memory, which a GITS_BASER register describes: entries of 8 bytes, flat or in two levels.</summary>
/// <remarks>
/// Source: IHI 0069, GITS_BASER&lt;n&gt; and "Indirect tables": an entry of level 1 has 8 bytes, bit 63 Valid and the address of a
/// page of level 2. Software has zeroed the memory.
/// </remarks>
/// <param name="memory">Where it lies.</param>
/// <param name="type">GITS_BASER.Type: what the entries are about.</param>
internal sealed class TranslationTable(IBus memory, uint type)
{
    internal const uint Devices = 1;
    internal const uint Collections = 4;
    internal const int EntrySize = 8;
    internal const ulong Valid = 1UL << 63;
    private const ulong Indirect = 1UL << 62;
    private const ulong SmallAddress = 0x0000_ffff_ffff_f000;
    private const ulong LevelAddress = 0x000f_ffff_ffff_f000;
    private const ulong Writable = 0xf8e0_ffff_ffff_ffff; // all but Type and Entry_Size
    private const ulong Pages64K = 2UL << 8;

    private ulong _base;

    /// <summary>The register.</summary>
    internal ulong Base
    {
        get => _base | (ulong)type << 56 | (ulong)(EntrySize - 1) << 48;
        set => _base = value & Writable;
    }

    /// <summary>Pages of 64 KiB, which software need not keep.</summary>
    internal void Reset() => _base = Pages64K;

    /// <summary>The entry with an index; 0, which is not valid, when the table has no place for it.</summary>
    internal ulong Read(ulong index) => Place(index) is { } at && memory.TryRead(at, EntrySize, out ulong entry) ? entry : 0;

    /// <returns>False when the table has no place for the entry.</returns>
    internal bool TryWrite(ulong index, ulong entry) => Place(index) is { } at && memory.TryWrite(at, EntrySize, entry);

    private int PageShift => (_base >> 8 & 3) switch
    {
        0 => 12,
        1 => 14,
        _ => 16,
    };

    /// <summary>With pages of 64 KiB bits 15:12 of the register are bits 51:48 of the address.</summary>
    private ulong Start => PageShift == 16
        ? (_base & 0x0000_ffff_ffff_0000) | (_base >> 12 & 15) << 48
        : _base & SmallAddress & ~((1UL << PageShift) - 1);

    private ulong Bytes => ((_base & 0xff) + 1) << PageShift;

    private ulong? Place(ulong index)
    {
        if ((_base & Valid) == 0)
        {
            return null;
        }

        ulong offset = index * EntrySize;
        if ((_base & Indirect) == 0)
        {
            return offset < Bytes ? Start + offset : null;
        }

        ulong level1 = (offset >> PageShift) * sizeof(ulong);
        if (level1 >= Bytes || !memory.TryRead(Start + level1, sizeof(ulong), out ulong entry) || (entry & Valid) == 0)
        {
            return null;
        }

        ulong page = (1UL << PageShift) - 1;
        return (entry & LevelAddress & ~page) + (offset & page);
    }
}
