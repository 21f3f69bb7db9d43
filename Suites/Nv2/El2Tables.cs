using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2;

/// <summary>Stage 1 tables for the EL2 or EL2&amp;0 regime: RAM one to one, and a few pages that are made to differ.</summary>
/// <remarks>
/// 4 KiB granule, 39-bit addresses (T0SZ = T1SZ = 25), so the walk starts at level 1. All memory and all walks are Normal
/// Non-cacheable: the executive writes the tables with its MMU off. Source: translation rules TR-120 to TR-123.
/// </remarks>
internal static class El2Tables
{
    private const ulong Level1 = GuestMemory.Tables;
    private const ulong Level2 = GuestMemory.Tables + 0x1000;
    private const ulong Level3 = GuestMemory.Tables + 0x2000;
    private const ulong TableDescriptor = 3;
    private const ulong PageDescriptor = 3;
    private const ulong BlockDescriptor = 1;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong ReadOnlyBit = 1UL << 7;  // AP[2]
    private const ulong UserBit = 1UL << 6;      // AP[1]: RES1 in the EL2 regime, EL0 access in EL2&0
    private const ulong Sizes = 25 | 25 << 16;

    /// <summary>Virtual addresses of pages, in the lower range.</summary>
    internal const ulong Writable = 0x8000_0000;
    internal const ulong ReadOnly = 0x8000_1000;
    internal const ulong NoPage = 0x8000_2000;
    internal const ulong NoAccessFlag = 0x8000_3000;
    internal const ulong User = 0x8000_4000;
    internal const ulong NoLevel2 = 0x8020_0000;
    internal const ulong NoLevel1 = 0xC000_0000;

    /// <summary>What is to be added for the upper range of the EL2&amp;0 regime.</summary>
    internal const ulong UpperRange = 0xFFFF_FF80_0000_0000;

    /// <summary>The physical page behind every mapped one.</summary>
    internal const ulong Behind = GuestMemory.Data;

    /// <summary>Puts the tables into memory and turns the EL2 MMU on.</summary>
    internal static CaseBuilder Install(CaseBuilder says, bool e2h)
    {
        ulong access = AccessFlag | (e2h ? 0 : UserBit);
        ulong page = Behind | access | PageDescriptor;
        says.Fill(Level1, 0x3000, 0, 0)
            .Memory(Level1 + (8 * 1), GuestMemory.RamBase | access | BlockDescriptor)
            .Memory(Level1 + (8 * 2), Level2 | TableDescriptor)
            .Memory(Level2, Level3 | TableDescriptor)
            .Memory(Level3 + (8 * 0), page)
            .Memory(Level3 + (8 * 1), page | ReadOnlyBit)
            .Memory(Level3 + (8 * 3), page & ~AccessFlag)
            .Memory(Level3 + (8 * 4), page | UserBit)
            .Set("MAIR_EL2", 0x44)
            .Set("TTBR0_EL2", Level1);
        if (e2h)
        {
            says.Set("TTBR1_EL2", Level1).Set("TCR_EL2", Sizes | 2UL << 30); // TG1 = 4 KiB
        }
        else
        {
            says.Set("TCR_EL2", 25 | 1UL << 31 | 1UL << 23); // bits 31 and 23 are RES1
        }

        return says.Change("SCTLR_EL2", 1); // M
    }
}
