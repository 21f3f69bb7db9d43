using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Tables;

/// <summary>Bits of descriptors, by the names of the manual (TR-027, TR-037, TR-046).</summary>
public static class Descriptor
{
    public const ulong Valid = 1;
    public const ulong NotBlock = 2;
    public const ulong Ns = 1UL << 5;
    public const ulong El0 = 1UL << 6;       // AP[1]; S2AP[0], read, at stage 2
    public const ulong ReadOnly = 1UL << 7;  // AP[2]; S2AP[1], write, at stage 2
    public const ulong Af = 1UL << 10;
    public const ulong Ng = 1UL << 11;
    public const ulong Dbm = 1UL << 51;
    public const ulong Contiguous = 1UL << 52;
    public const ulong Pxn = 1UL << 53;
    public const ulong Uxn = 1UL << 54;
    public const ulong Software = 0xFUL << 55;
    public const ulong PxnTable = 1UL << 59;
    public const ulong UxnTable = 1UL << 60;
    public const ulong NoEl0Table = 1UL << 61;
    public const ulong NoWriteTable = 1UL << 62;

    /// <summary>Stage 2: reads, writes.</summary>
    public const ulong S2Read = 1UL << 6;
    public const ulong S2Write = 1UL << 7;

    /// <summary>A block at levels above 3, a page at level 3.</summary>
    public static ulong Type(int level) => level == 3 ? Valid | NotBlock : Valid;

    public static ulong Index(int attribute) => (ulong)attribute << 2;

    public static ulong Sh(int sh) => (ulong)sh << 8;

    /// <summary>The output address field, for addresses of up to 52 bits with the 64 KiB granule (TR-021).</summary>
    public static ulong Output(ulong address, Granule granule, int level)
    {
        ulong field = address & ((1UL << 48) - 1) & ~((1UL << granule.Shift(level)) - 1);
        return granule == Granule.K64 ? field | (address >> 48 & 0xF) << 12 : field;
    }
}
