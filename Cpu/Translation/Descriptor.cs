using Conformance.Cpu.Features;

namespace Conformance.Cpu.Translation;

/// <summary>Fields of translation table descriptors (TR-019, TR-027, TR-037, TR-046).</summary>
internal static class Descriptor
{
    internal const ulong Valid = 1;
    internal const ulong TableOrPage = 2;
    internal const ulong NonSecure = 1UL << 5;
    internal const ulong AccessFlag = 1UL << 10;
    internal const ulong DirtyModifier = 1UL << 51;

    // Stage 1 leaves.
    internal const ulong User = 1UL << 6;      // AP[1]
    internal const ulong ReadOnly = 1UL << 7;  // AP[2]
    internal const ulong Guarded = 1UL << 50;  // GP
    internal const ulong Bit53 = 1UL << 53;    // PXN
    internal const ulong Bit54 = 1UL << 54;    // UXN, or XN of one privilege

    // Stage 1 tables.
    internal const ulong TableBit59 = 1UL << 59;     // PXNTable
    internal const ulong TableBit60 = 1UL << 60;     // UXNTable, XNTable
    internal const ulong TableNoUser = 1UL << 61;    // APTable[0]
    internal const ulong TableReadOnly = 1UL << 62;  // APTable[1]
    internal const ulong NonSecureTable = 1UL << 63;

    // Stage 2 leaves.
    internal const ulong Readable = 1UL << 6;
    internal const ulong Writable = 1UL << 7;

    /// <summary>A table, page, or a block where blocks are (TR-019, TR-020).</summary>
    internal static bool IsValid(CoreFeatures have, int granuleBits, int level, ulong descriptor) =>
        (descriptor & Valid) != 0
        && ((descriptor & TableOrPage) != 0 || (level < TableGeometry.LastLevel && TableGeometry.HasBlocks(have, granuleBits, level)));
}
