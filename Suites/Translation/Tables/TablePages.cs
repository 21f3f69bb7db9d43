using Conformance.Harness.Cases;

namespace Conformance.Suites.Translation.Tables;

/// <summary>Hands out the table memory of a case, small tables from the bottom and those above 64 KiB from the top.</summary>
public sealed class TablePages
{
    private const int LargestFromBottom = 16;

    private ulong _bottom = GuestMemory.Tables;
    private ulong _top = GuestMemory.Tables + GuestMemory.TablesSize;

    /// <summary>A free piece of 2^<paramref name="sizeLog2"/> bytes at a multiple of 2^<paramref name="alignLog2"/>; null when there is none.</summary>
    public ulong? Take(int sizeLog2, int alignLog2)
    {
        ulong size = 1UL << sizeLog2;
        ulong align = 1UL << Math.Max(sizeLog2, alignLog2);
        if (sizeLog2 <= LargestFromBottom)
        {
            ulong start = (_bottom + align - 1) & ~(align - 1);
            if (start + size > _top)
            {
                return null;
            }

            _bottom = start + size;
            return start;
        }

        ulong high = (_top - size) & ~(align - 1);
        if (high < _bottom)
        {
            return null;
        }

        _top = high;
        return high;
    }
}
