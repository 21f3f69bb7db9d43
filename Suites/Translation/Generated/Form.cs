using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Generated;

/// <summary>Rolls the parts that random cases are put together from.</summary>
internal static class Form
{
    /// <summary>Valid MAIR bytes, without those that mean something else under FEAT_XS or FEAT_MTE2.</summary>
    private static readonly byte[] s_attributes =
        [0x00, 0x04, 0x08, 0x0C, 0x44, 0xFF, 0xFF, 0xBB, 0xEE, 0xDD, 0xCC, 0x88, 0xF4, 0x4F, 0xB4, 0x4B, 0xFB, 0xBF, 0x77, 0x33, 0x55, 0x17, 0x7F, 0xF7, 0x34];

    /// <summary>Stage 2 MemAttr values with a meaning (TR-082).</summary>
    private static readonly uint[] s_memAttr = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 15, 15, 15];

    /// <summary>MemAttr values with a meaning under FWB (TR-086).</summary>
    private static readonly uint[] s_forced = [0, 1, 2, 3, 5, 6, 6, 7, 7];

    private static readonly int[] s_sh = [0, 2, 3];

    internal static ulong Mair(Dice dice)
    {
        ulong mair = 0;
        for (int i = 0; i < 8; i++)
        {
            mair = mair << 8 | s_attributes[dice.Below(s_attributes.Length)];
        }

        return mair;
    }

    internal static int Shareability(Dice dice) => dice.Pick(s_sh);

    internal static uint MemAttr(Dice dice, bool forced) => forced ? dice.Pick(s_forced) : dice.Pick(s_memAttr);

    /// <summary>Permissions, attributes and the like of a stage 1 leaf: anything, but mostly with the access flag.</summary>
    internal static ulong Leaf1(Dice dice)
    {
        ulong bits = dice.Next();
        ulong leaf = bits & (Descriptor.El0 | Descriptor.ReadOnly | Descriptor.Ng | Descriptor.Ns | Descriptor.Dbm | Descriptor.Software);
        leaf |= Descriptor.Index((int)(bits >> 20 & 7)) | Descriptor.Sh(Shareability(dice));
        leaf |= dice.OneIn(8) ? 0 : Descriptor.Af;
        leaf |= dice.OneIn(3) ? Descriptor.Uxn : 0;
        return leaf | (dice.OneIn(3) ? Descriptor.Pxn : 0);
    }

    /// <summary>The same of a stage 2 leaf.</summary>
    internal static ulong Leaf2(Dice dice, bool forced)
    {
        ulong bits = dice.Next();
        ulong leaf = bits & (Descriptor.Dbm | Descriptor.Software) & ~(1UL << 55); // bit 55 is NS in Realm state only, 58 below
        leaf &= ~(1UL << 58);
        leaf |= (ulong)MemAttr(dice, forced) << 2 | Descriptor.Sh(Shareability(dice));
        leaf |= dice.OneIn(8) ? 0 : Descriptor.Af;
        leaf |= dice.OneIn(5) ? 0 : Descriptor.S2Read;
        leaf |= dice.OneIn(3) ? 0 : Descriptor.S2Write;
        return leaf | (dice.OneIn(3) ? (bits >> 30 & 3) << 53 : 0);
    }

    /// <summary>Bits 63:59 of a table descriptor; mostly none. Bit 63 means nothing in Non-secure state.</summary>
    internal static ulong TableBits(Dice dice) => dice.OneIn(3) ? (dice.Next() >> 59) << 59 : 0;

    /// <summary>An input size that the granule allows, so that every start level comes up often.</summary>
    internal static int InputBits(Dice dice, Granule granule, int smallest, int largest)
    {
        int level = dice.Below(4);
        int low = Math.Max(smallest, granule.Shift(level) + 1);
        int high = Math.Min(largest, granule.Shift(level) + granule.Stride());
        return low > high ? smallest + dice.Below(largest - smallest + 1) : low + dice.Below(high - low + 1);
    }

    /// <summary>A number of <paramref name="bits"/> random bits.</summary>
    internal static ulong Bits(Dice dice, int bits) => dice.Next() & ((1UL << bits) - 1);
}
