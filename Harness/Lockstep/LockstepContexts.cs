using Conformance.Harness.Cases;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>
/// The sets of system registers that blocks run under: EL2 with and without E2H and TGE, stage 1, endianness, alignment checks,
/// traps, pointer authentication keys.
/// </summary>
/// <remarks>
/// SCTLR_ELx.SA and SA0 stay clear: that QEMU has no SP alignment check is known from the suite exceptions, and one instruction in
/// twenty would show it. Every second context has stage 1 on; with it off data is Device-nGnRnE memory, and a misaligned access
/// faults whatever SCTLR_ELx.A holds. With TGE and no E2H it is off: that QEMU walks by SCTLR_EL1.M, which the architecture treats
/// as 0 there, every access of EL0 would show.
/// </remarks>
internal static class LockstepContexts
{
    internal const int Count = 32;

    // The first 16 have E2H = 0; of the others all but the last four have E2H = 1.
    private const int FirstWithE2H = 16;
    private const int FirstTgeAlone = 28;

    private const ulong SctlrReserved = 0x30c5_0830 & ~0x18ul;            // RES1, without SA and SA0
    private const ulong MmuAndCaches = 1 | 4 | (1ul << 12);
    private const ulong PauthEnables = (3ul << 30) | (1ul << 27) | (1ul << 13);
    private const ulong ForEl0 = (1ul << 14) | (1ul << 15) | (1ul << 26); // DZE, UCT, UCI
    private const ulong NoWfiTrap = 1ul << 16;                            // nTWI
    private const ulong E0E = 1ul << 24;
    private const ulong EE = 1ul << 25;

    private const ulong HcrOpen = (1ul << 31) | (3ul << 40);              // RW, APK, API
    private const ulong HcrTge = 1ul << 27;
    private const ulong HcrE2H = 1ul << 34;

    // Traps of what a block executes and the program's handlers at EL1 do not: TWI, TSW, TPCP, TPU, TTLB, TDZ, AT.
    private const ulong HcrTraps = (1ul << 13) | (1ul << 22) | (1ul << 23) | (1ul << 24) | (1ul << 25) | (1ul << 28) | (1ul << 44);

    private const ulong ScrTwi = 1ul << 12;

    /// <summary>Stage 1 is on: data is Normal memory.</summary>
    internal static bool HasMmu(int context) => context % 2 == 1 && context < FirstTgeAlone;

    /// <summary>HCR_EL2.E2H is 1.</summary>
    internal static bool HasE2H(int context) => context is >= FirstWithE2H and < FirstTgeAlone;

    /// <summary>HCR_EL2.TGE is 1: there is no EL1.</summary>
    internal static bool HasTge(int context) => context >= FirstTgeAlone || (HasE2H(context) && context % 4 >= 2);

    /// <summary>The values of <see cref="Layout.ContextRegisters"/>.</summary>
    internal static IReadOnlyList<IReadOnlyList<ulong>> All(ulong seed)
    {
        var random = new SplitMix(seed ^ 0xc0_47e7);
        return [.. Enumerable.Range(0, Count).Select(c => One(c, random))];
    }

    private static List<ulong> One(int c, SplitMix random)
    {
        bool mmu = HasMmu(c);
        bool e2h = HasE2H(c);
        ulong sctlr = SctlrReserved | (random.Percent(25) ? 2ul : 0)
            | (random.Percent(75) ? PauthEnables : random.Next() & PauthEnables) | (random.Percent(50) ? 1ul << 9 : 0)
            | (random.Percent(30) ? 1ul << 44 : 0);
        sctlr |= (mmu ? MmuAndCaches : 0) | (random.Percent(30) ? 1ul << 6 : 0);
        ulong forEl0 = random.Next() & ForEl0;
        forEl0 |= random.Percent(40) ? E0E : 0;
        ulong wfi = random.Percent(50) ? NoWfiTrap : 0;
        bool[] big = [random.Percent(30), random.Percent(30), random.Percent(30)];
        bool fpTraps = c % 8 >= 6 && c != 6 && c != 7;
        ulong cpacr = (fpTraps ? (ulong)random.Below(4) : 3ul) << 20;
        ulong cptr = 0x22fful | (fpTraps && random.Percent(50) ? 1ul << 10 : 0);
        ulong hcr = HcrOpen | (random.Next() & random.Next() & HcrTraps) | (e2h ? HcrE2H : 0) | (HasTge(c) ? HcrTge : 0);

        ulong Sctlr(int level, bool el0) => (el0 ? (sctlr & ~NoWfiTrap) | forEl0 | wfi : sctlr) | (big[level - 1] ? EE : 0);
        ulong Table(ulong at, int level) => at + (big[level - 1] ? LockstepTables.BigEndian : 0);

        return [.. Layout.ContextRegisters.Select<string, ulong>(register => register switch
        {
            // WFI never waits below EL3.
            "SCR_EL3" => Baseline.Of(register) | ScrTwi,
            "HCR_EL2" => hcr,
            "SCTLR_EL1" => Sctlr(1, true),
            "SCTLR_EL2" => Sctlr(2, e2h),
            "SCTLR_EL3" => Sctlr(3, false),
            "CPACR_EL1" => cpacr,
            "CPTR_EL2" => e2h ? (fpTraps ? (ulong)random.Below(4) : 3ul) << 20 : cptr,
            "TCR_EL1" => mmu ? LockstepTables.Tcr1 : 0,
            "TCR_EL2" => !mmu ? 0 : e2h ? LockstepTables.Tcr1 : LockstepTables.Tcr2,
            "TCR_EL3" => mmu ? LockstepTables.Tcr2 : 0,
            "MAIR_EL1" or "MAIR_EL2" or "MAIR_EL3" => LockstepTables.Mair,
            "TTBR0_EL1" => Table(LockstepTables.Ttbr1, 1),
            "TTBR0_EL2" => Table(e2h ? LockstepTables.Ttbr1 : LockstepTables.Ttbr2, 2),
            "TTBR0_EL3" => Table(LockstepTables.Ttbr2, 3),
            _ when register.StartsWith("AP", StringComparison.Ordinal) => random.Next(),
            _ => 0,
        })];
    }
}
