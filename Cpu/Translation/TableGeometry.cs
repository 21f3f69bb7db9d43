using Conformance.Cpu.Features;

namespace Conformance.Cpu.Translation;

/// <summary>How addresses are cut into table indexes, and where in a descriptor an address stands.</summary>
/// <remarks>Source: rules TR-013 to TR-021; PC AArch64.S1StartLevel, AArch64.NextTableBase, AArch64.LeafBase.</remarks>
internal static class TableGeometry
{
    internal const int LastLevel = 3;

    /// <summary>TnSZ at most (TR-013).</summary>
    internal static int LargestSize(CoreFeatures have, int granuleBits) => !have.TTST ? 39 : granuleBits == 16 ? 47 : 48;

    /// <summary>Bits of an output address, from the encoding of PS (TR-018).</summary>
    internal static int OutputBits(CoreFeatures have, int ps, int granuleBits)
    {
        int bits = ps switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, 5 => 48, _ => 52 };
        bits = Math.Min(bits, have.PhysicalAddressBits);
        return granuleBits == 16 ? bits : Math.Min(bits, 48);
    }

    /// <summary>The first level of stage 1 (TR-014).</summary>
    internal static int StartLevel(int inputBits, int granuleBits) =>
        LastLevel - ((inputBits - 1 - granuleBits) / (granuleBits - 3));

    /// <summary>Lowest bit of the input address that a level resolves.</summary>
    internal static int Shift(int granuleBits, int level) => granuleBits + ((LastLevel - level) * (granuleBits - 3));

    /// <summary>Bits of the index into the start table.</summary>
    internal static int IndexBits(int inputBits, int granuleBits, int startLevel) => inputBits - Shift(granuleBits, startLevel);

    /// <summary>TTBR without CnP and ASID or VMID, aligned to the size of the table (TR-015, TR-032).</summary>
    internal static ulong TableBase(ulong ttbr, int indexBits, int outputBits, int granuleBits)
    {
        ulong address = ttbr & 0x0000_ffff_ffff_fffe;
        bool wide = granuleBits == 16 && outputBits == 52;
        int alignment = Math.Max(indexBits + 3, wide ? 6 : 0);
        ulong high = wide ? (ttbr >> 2 & 15) << 48 : 0;
        return high | (address >> alignment << alignment);
    }

    /// <summary>A block is allowed at the level (TR-020).</summary>
    internal static bool HasBlocks(CoreFeatures have, int granuleBits, int level) =>
        level == 2 || (level == 1 && (granuleBits == 12 || (granuleBits == 16 && have.PhysicalAddressBits == 52)));

    /// <summary>Bits 47 down to a size, and with the 64K granule and FEAT_LPA bits 15:12 as 51:48 (TR-021).</summary>
    internal static ulong OutputAddress(CoreFeatures have, int granuleBits, ulong descriptor, int sizeBits)
    {
        ulong low = descriptor & 0x0000_ffff_ffff_ffff;
        ulong high = granuleBits == 16 && have.LPA ? (descriptor >> 12 & 15) << 48 : 0;
        return high | (low >> sizeBits << sizeBits);
    }
}
