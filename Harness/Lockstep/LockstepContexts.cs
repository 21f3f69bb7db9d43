using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>The sets of system registers that blocks run under: alignment checks, FP traps, pointer authentication keys.</summary>
/// <remarks>
/// SCTLR_ELx.SA and SA0 stay clear: that QEMU has no SP alignment check is known from the suite exceptions, and one instruction in
/// twenty would show it. Every second context
/// has stage 1 on; with it off data is Device-nGnRnE memory, and a misaligned access faults whatever SCTLR_ELx.A holds.
/// </remarks>
internal static class LockstepContexts
{
    internal const int Count = 16;

    private const ulong Hcr = (1ul << 31) | (3ul << 40);                 // RW, APK, API
    private const ulong SctlrReserved = 0x30c5_0830 & ~0x18ul;            // RES1, without SA and SA0
    private const ulong MmuAndCaches = 1 | 4 | (1ul << 12);
    private const ulong PauthEnables = (3ul << 30) | (1ul << 27) | (1ul << 13);

    /// <summary>Stage 1 is on: data is Normal memory.</summary>
    internal static bool HasMmu(int context) => context % 2 == 1;

    /// <summary>The values of <see cref="Layout.ContextRegisters"/>.</summary>
    internal static IReadOnlyList<IReadOnlyList<ulong>> All(ulong seed)
    {
        var random = new SplitMix(seed ^ 0xc0_47e7);
        List<IReadOnlyList<ulong>> all = [];
        for (int c = 0; c < Count; c++)
        {
            ulong sctlr = SctlrReserved | (random.Percent(25) ? 2ul : 0)
                | (random.Percent(75) ? PauthEnables : random.Next() & PauthEnables) | (random.Percent(50) ? 1ul << 9 : 0)
                | (random.Percent(30) ? 1ul << 44 : 0);
            bool mmu = HasMmu(c);
            sctlr |= (mmu ? MmuAndCaches : 0) | (random.Percent(30) ? 1ul << 6 : 0);
            bool fpTraps = c >= Count - 2;
            ulong cpacr = (fpTraps ? (ulong)random.Below(4) : 3ul) << 20;
            ulong cptr = 0x22fful | (fpTraps && random.Percent(50) ? 1ul << 10 : 0);
            List<ulong> values = [];
            foreach (string register in Layout.ContextRegisters)
            {
                values.Add(register switch
                {
                    "HCR_EL2" => Hcr,
                    "SCTLR_EL1" or "SCTLR_EL2" => sctlr,
                    "CPACR_EL1" => cpacr,
                    "CPTR_EL2" => cptr,
                    "TCR_EL1" => mmu ? LockstepTables.Tcr1 : 0,
                    "TCR_EL2" => mmu ? LockstepTables.Tcr2 : 0,
                    "MAIR_EL1" or "MAIR_EL2" => LockstepTables.Mair,
                    "TTBR0_EL1" => LockstepTables.Ttbr1,
                    "TTBR0_EL2" => LockstepTables.Ttbr2,
                    _ when register.StartsWith("AP", StringComparison.Ordinal) => random.Next(),
                    _ => 0,
                });
            }

            all.Add(values);
        }

        return all;
    }
}
