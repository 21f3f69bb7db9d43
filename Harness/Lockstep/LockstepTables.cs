using System.Buffers.Binary;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>The page tables of the contexts with an MMU: an identity map with 4 KiB granule and 39 bits of address.</summary>
/// <remarks>
/// Code can be read and executed by all levels, the window can be read and written by all, and ends at its page; everything else
/// is the program's own, or is not mapped.
/// </remarks>
internal static class LockstepTables
{
    // T1SZ as T0SZ, though the upper half is disabled: where the PAC of a pointer starts then does not depend on its half.
    internal const ulong Tcr1 = 25 | (25 << 16) | (1 << 8) | (1 << 10) | (3 << 12) | (1 << 23) | (1ul << 32);
    internal const ulong Tcr2 = 25 | (1 << 8) | (1 << 10) | (3 << 12) | (1 << 16) | (1 << 23) | (1ul << 31);
    internal const ulong Mair = 0xff;
    internal const ulong Ttbr1 = Layout.Tables;
    internal const ulong Ttbr2 = Layout.Tables + 0x4000; // EL2 and EL3

    /// <summary>From a table to the same with big-endian descriptors, which walks read with SCTLR_ELx.EE.</summary>
    internal const ulong BigEndian = 0x8000;

    private const ulong Block = 1 | (3 << 8) | (1 << 10);  // valid, inner shareable, AF
    private const ulong Page = Block | 2;
    private const ulong Table = 3;
    private const ulong El0 = 1 << 6;                      // AP[1]
    private const ulong ReadOnly = 1 << 7;                 // AP[2]
    private const ulong Pxn = 1ul << 53;
    private const ulong Uxn = 1ul << 54;                   // XN at EL2
    private const int Shift = 21;

    /// <summary>Address and value of every entry that is not 0.</summary>
    internal static IEnumerable<(ulong Address, ulong Value)> Entries => Tables(0).Concat(
        Tables(BigEndian).Select(e => (e.Address, BinaryPrimitives.ReverseEndianness(e.Value))));

    private static IEnumerable<(ulong Address, ulong Value)> Tables(ulong offset) =>
        Regime(Ttbr1 + offset, 0, Uxn | Pxn, Uxn).Concat(Regime(Ttbr2 + offset, El0, Uxn, 0));

    /// <param name="at">The tables: three pages.</param>
    /// <param name="own">AP[1] of what is the program's own: RES1 in a regime of one level.</param>
    /// <param name="never">Execute-never for data.</param>
    /// <param name="program">Execute-never for the program itself.</param>
    private static IEnumerable<(ulong Address, ulong Value)> Regime(ulong at, ulong own, ulong never, ulong program)
    {
        ulong second = at + 0x1000;
        ulong third = at + 0x2000;
        yield return (at + 8, second | Table);
        for (ulong pa = 0x4000_0000; pa < Layout.Window; pa += 1 << Shift)
        {
            ulong attributes = pa < Layout.Mailbox ? own | program
                : pa >= Layout.Code ? El0 | ReadOnly
                : own | never;
            yield return (second + (8 * ((pa >> Shift) & 511)), pa | Block | attributes);
        }

        yield return (second + (8 * ((Layout.Window >> Shift) & 511)), third | Table);
        yield return (third, Layout.Window | Page | El0 | never);
    }
}
