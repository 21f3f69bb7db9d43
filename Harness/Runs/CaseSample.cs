using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>Some cases of many, for a device on which all would take too long: spread over the groups, and the same for the same seed.</summary>
internal static class CaseSample
{
    private const ulong Offset = 0xCBF2_9CE4_8422_2325; // FNV-1a, 64 bits
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>At most so many of the cases, in their order: one of each group before there are two of one.</summary>
    internal static IReadOnlyList<Case> Of(IEnumerable<Case> cases, int most, ulong seed)
    {
        Case[] all = [.. cases];
        return all.Length <= most ? all :
        [
            .. all.Index().GroupBy(c => c.Item.Group, StringComparer.Ordinal)
                .SelectMany(group => group.OrderBy(c => Lot(c.Item.Id, seed)).Select((c, round) => (c.Index, c.Item, Round: round, Lot: Lot(group.Key, seed))))
                .OrderBy(c => c.Round).ThenBy(c => c.Lot).Take(most)
                .OrderBy(c => c.Index).Select(c => c.Item),
        ];
    }

    /// <summary>A number that only the text and the seed decide, on every machine.</summary>
    private static ulong Lot(string text, ulong seed)
    {
        ulong lot = Offset ^ seed;
        foreach (char c in text)
        {
            lot = (lot ^ c) * Prime;
        }

        // Mixed once more: FNV leaves texts that differ only at their end next to each other.
        lot = (lot ^ (lot >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        lot = (lot ^ (lot >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return lot ^ (lot >> 33);
    }
}
