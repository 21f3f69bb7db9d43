using Conformance.Cpu.Features;

namespace Conformance.Cpu.Translation;

/// <summary>The controls of one half of a stage 1 regime, taken apart once: TTBRn_ELx and the fields of TCR_ELx for it.</summary>
/// <remarks>Source: DDI 0601, TCR_EL1, TCR_EL2, TCR_EL3; rules TR-010 to TR-018, TR-025, TR-047.</remarks>
internal sealed class AddressRange
{
    private const ulong Tag = 0xffUL << 56;

    internal AddressRange(CoreFeatures have, bool twoRanges, bool upper, ulong tcr, ulong ttbr)
    {
        Upper = upper;
        (int tbi, int tbid, int hpd) = (twoRanges, upper) switch
        {
            (true, true) => (38, 52, 42),
            (true, false) => (37, 51, 41),
            _ => (20, 29, 24),
        };
        TopByteIgnored = Bit(tcr, tbi);
        TopByteIgnoredForFetch = TopByteIgnored && !(have.PAuth && Bit(tcr, tbid));
        HierarchyDisabled = have.HPDS && Bit(tcr, hpd);
        uint granule = (uint)(tcr >> (upper ? 30 : 14)) & 3;
        GranuleBits = (upper, granule) switch
        {
            (false, 1) or (true, 3) => 16,
            (false, 2) or (true, 1) => 14,
            _ => 12, // the code that is reserved acts as 4K (TR-011 leaves it open)
        };
        int size = (int)(tcr >> (upper ? 16 : 0)) & 0x3f;
        InputBits = 64 - size;
        OutputBits = TableGeometry.OutputBits(have, (int)(tcr >> (twoRanges ? 32 : 16)) & 7, GranuleBits);
        NeverTranslates = size < 16 || size > TableGeometry.LargestSize(have, GranuleBits) || (twoRanges && Bit(tcr, upper ? 23 : 7));
        if (!NeverTranslates)
        {
            StartLevel = TableGeometry.StartLevel(InputBits, GranuleBits);
            TableBase = TableGeometry.TableBase(
                ttbr, TableGeometry.IndexBits(InputBits, GranuleBits, StartLevel), OutputBits, GranuleBits);
        }
    }

    /// <summary>It is the half of TTBR1.</summary>
    internal bool Upper { get; }

    internal bool TopByteIgnored { get; }

    internal bool TopByteIgnoredForFetch { get; }

    /// <summary>TnSZ is not legal (TR-013) or EPDn is set (TR-017): a Translation fault at level 0 for every address.</summary>
    internal bool NeverTranslates { get; }

    internal int InputBits { get; }

    /// <summary>12, 14 or 16.</summary>
    internal int GranuleBits { get; }

    internal int OutputBits { get; }

    internal int StartLevel { get; }

    /// <summary>Address of the start table.</summary>
    internal ulong TableBase { get; }

    /// <summary>HPDn.</summary>
    internal bool HierarchyDisabled { get; }

    /// <summary>All bits above the input size agree with the half (TR-012).</summary>
    internal bool Holds(ulong va, bool fetch)
    {
        bool ignored = fetch ? TopByteIgnoredForFetch : TopByteIgnored;
        ulong high = Upper ? ~va : va;
        return (ignored ? high & ~Tag : high) >> InputBits == 0;
    }

    /// <summary>The address without what is ignored of it, for a stage 1 that is off (TR-005).</summary>
    internal ulong Untagged(ulong va, bool fetch) => (fetch ? TopByteIgnoredForFetch : TopByteIgnored) ? va & ~Tag : va;

    private static bool Bit(ulong value, int n) => (value >> n & 1) != 0;
}
