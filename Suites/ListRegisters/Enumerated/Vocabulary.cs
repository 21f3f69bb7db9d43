using System.Globalization;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>INTIDs, priorities and words that the enumerations share.</summary>
internal static class Vocabulary
{
    /// <summary>Shared peripheral interrupts, of the virtual machine and of the board: nothing is connected to them.</summary>
    internal const ulong Spi = 40;
    internal const ulong OtherSpi = 41;
    internal const ulong Physical = 150;

    internal const ulong Lpi = 8192 + 7;

    internal static readonly LrState[] States = [LrState.Invalid, LrState.Pending, LrState.Active, LrState.PendingActive];
    internal static readonly int[] Groups = [0, 1];
    internal static readonly bool[] Both = [false, true];

    internal static string Word(LrState state) => state switch
    {
        LrState.Invalid => "invalid",
        LrState.Pending => "pending",
        LrState.Active => "active",
        _ => "pending-active",
    };

    internal static string Word(bool set, string yes, string no) => set ? yes : no;

    internal static string Hex(ulong value) => value.ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>The access in a few letters: <c>iar1</c>.</summary>
    internal static string Word(GicAccess access) => access.Op switch
    {
        Op.Iar => access.Group == 0 ? "iar0" : "iar1",
        Op.Hppir => access.Group == 0 ? "hppir0" : "hppir1",
        Op.Eoir => access.Group == 0 ? "eoir0" : "eoir1",
        Op.Dir => "dir",
        Op.Nmiar => "nmiar1",
        _ => access.Register[4..].Replace("_EL1", "", StringComparison.Ordinal).Replace("_EL2", "", StringComparison.Ordinal).ToLowerInvariant(),
    };

    /// <summary>Every level of priority with 5 bits; with more of them, 32 of which the finest bits differ.</summary>
    internal static IEnumerable<ulong> Priorities(Sizes sizes)
    {
        for (ulong n = 0; n < 32; n++)
        {
            ulong low = sizes.PriorityBits == 5 ? 0 : (n & 3) << 1;
            yield return (n << 3 | low) & sizes.PriorityMask;
        }
    }

    /// <summary>The level of an active priority register that a priority has.</summary>
    internal static UInt128 Level(Sizes sizes, ulong priority) => UInt128.One << (int)(priority >> (8 - sizes.PreemptionBits));

    /// <summary>Changes a field of ICH_VMCR_EL2.</summary>
    internal static ulong Field(ulong vmcr, int at, ulong mask, ulong value) => (vmcr & ~(mask << at)) | (value & mask) << at;
}
