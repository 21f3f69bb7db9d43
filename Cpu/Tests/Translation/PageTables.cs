using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>Translation tables in the RAM of a <see cref="PagedMachine"/>, built entry by entry.</summary>
internal sealed class PageTables
{
    internal const ulong AccessFlag = 1UL << 10;
    internal const ulong User = 1UL << 6;
    internal const ulong ReadOnly = 1UL << 7;
    internal const ulong Dirty = 1UL << 51;
    internal const ulong Pxn = 1UL << 53;
    internal const ulong Uxn = 1UL << 54;

    /// <summary>A stage 2 leaf with all permissions, Write-Back memory, inner shareable.</summary>
    internal const ulong Stage2All = AccessFlag | (3UL << 8) | (3UL << 6) | (0xfUL << 2);

    private readonly PagedMachine _machine;
    private readonly int _granuleBits;
    private readonly int _startLevel;
    private readonly int _inputBits;

    internal PageTables(PagedMachine machine, int granuleBits, int inputBits, int startLevel)
    {
        _machine = machine;
        _granuleBits = granuleBits;
        _inputBits = inputBits;
        _startLevel = startLevel;
        int startBits = inputBits - Shift(startLevel);
        Root = machine.Allocate(Math.Max(1 << granuleBits, 8 << startBits));
    }

    /// <summary>Address of the start table.</summary>
    internal ulong Root { get; }

    /// <summary>Where tables are seen from stage 1, when a stage 2 maps them elsewhere: added to addresses of tables.</summary>
    internal ulong TableOffset { get; init; }

    /// <summary>Maps the page or block of an address.</summary>
    /// <returns>Address of the leaf.</returns>
    internal ulong Map(ulong input, ulong output, ulong attributes, int level = 3, ulong tableAttributes = 0)
    {
        ulong entry = Entry(input, level, tableAttributes);
        _machine.Write(entry, output | attributes | (level == 3 ? 3UL : 1));
        return entry;
    }

    /// <summary>Address of the entry of a level, after making the tables above it.</summary>
    internal ulong Entry(ulong input, int level, ulong tableAttributes = 0)
    {
        ulong table = Root;
        for (int i = _startLevel; ; i++)
        {
            int bits = i == _startLevel ? _inputBits - Shift(i) : _granuleBits - 3;
            ulong entry = table + ((input >> Shift(i) & ((1UL << bits) - 1)) << 3);
            if (i == level)
            {
                return entry;
            }

            ulong next = _machine.Read(entry);
            if ((next & 1) == 0)
            {
                next = _machine.Allocate(1 << _granuleBits) + TableOffset | tableAttributes | 3;
                _machine.Write(entry, next);
            }

            table = (next & 0x0000_ffff_ffff_f000) - TableOffset;
        }
    }

    private int Shift(int level) => TableGeometry.Shift(_granuleBits, level);
}
