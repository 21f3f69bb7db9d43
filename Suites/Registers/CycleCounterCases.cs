using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>Whether PMCCNTR_EL0 counts: PMCR_EL0.E, PMCNTENSET_EL0.C, and each bit of the filter at each level and Security state.</summary>
/// <remarks>
/// Source: DDI 0601, PMCCNTR_EL0, PMCCFILTR_EL0, PMCR_EL0. How fast it counts is the device's own; a case asks whether it has
/// moved across several Context synchronization events, and puts it to rest again.
/// </remarks>
internal static class CycleCounterCases
{
    private const ulong Cycles = 1UL << 31;
    private const ulong P = 1UL << 31;
    private const ulong U = 1UL << 30;
    private const ulong NSK = 1UL << 29;
    private const ulong NSU = 1UL << 28;
    private const ulong NSH = 1UL << 27;
    private const ulong M = 1UL << 26;
    private const ulong LongCycles = 1UL << 6; // PMCR_EL0.LC: overflow from bit 63
    private const uint CsetX3Ne = 0x9A9F_07E3;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach ((ulong enable, ulong set) in ((ulong, ulong)[])[(0, 0), (0, Cycles), (1, 0), (1, 1), (1, Cycles)])
        {
            bool counts = enable == 1 && set == Cycles;
            yield return Counting($"enable-{enable}-set-{set:x}", $"PMCR_EL0.E = {enable}, PMCNTENSET_EL0 = 0x{set:x}", 1, 0, counts, enable, set);
        }

        yield return That("pmu/cycles/overflow", "The cycle counter overflows from its highest value: PMOVSSET_EL0.C is set", Rule("PMCCNTR_EL0"), Rule("PMOVSSET_EL0"))
            .Needs("FEAT_PMUv3").Set("PMCR_EL0", 0).X(10, Cycles).X(11, 1 | LongCycles).X(12, ulong.MaxValue).At(1)
            .Code(a => a.Msr("PMOVSCLR_EL0", X10).Msr("PMCCNTR_EL0", X12).Isb().Mrs(X1, "PMOVSSET_EL0").Msr("PMCNTENSET_EL0", X10).Msr("PMCR_EL0", X11).Isb().Isb().Isb().Isb()
                .Mrs(X3, "PMCCNTR_EL0").Isb().Mrs(X2, "PMOVSSET_EL0").Msr("PMCR_EL0", XZR).Msr("PMCNTENCLR_EL0", X10).Msr("PMOVSCLR_EL0", X10).Isb().Mrs(X4, "PMOVSSET_EL0"))
            .Completes().SeesX(1, 0, Cycles).SeesX(2, Cycles, Cycles).SeesX(4, 0, Cycles);
        yield return That("pmu/cycles/no-overflow", "The cycle counter counts from 0 without an overflow", Rule("PMCCNTR_EL0"), Rule("PMOVSSET_EL0"))
            .Needs("FEAT_PMUv3").Set("PMCR_EL0", 0).X(10, Cycles).X(11, 1 | LongCycles).At(1)
            .Code(a => a.Msr("PMOVSCLR_EL0", X10).Msr("PMCCNTR_EL0", XZR).Isb().Msr("PMCNTENSET_EL0", X10).Msr("PMCR_EL0", X11).Isb().Isb()
                .Mrs(X3, "PMCCNTR_EL0").Isb().Mrs(X2, "PMOVSSET_EL0").Msr("PMCR_EL0", XZR).Msr("PMCNTENCLR_EL0", X10))
            .Completes().SeesX(2, 0, Cycles);
        foreach (bool secure in (bool[])[false, true])
        {
            foreach ((int level, ulong[] bits) in ((int, ulong[])[])[(0, [U, NSU]), (1, [P, NSK]), (2, [NSH]), (3, [P, M])])
            {
                if (secure && level >= 2)
                {
                    continue; // NS does not matter to EL3; EL2 may not be there in Secure state
                }

                ulong mine = bits.Aggregate((a, b) => a | b);
                for (int pattern = 0; pattern < 1 << bits.Length; pattern++)
                {
                    ulong filter = bits.Where((_, i) => (pattern >> i & 1) != 0).Aggregate(0UL, (a, b) => a | b);
                    foreach (ulong others in (ulong[])[0, (P | U | NSK | NSU | NSH | M) & ~mine])
                    {
                        string name = $"el{level}{(secure ? "-secure" : "")}-{filter | others:x8}";
                        CaseBuilder sentence = Counting(
                            name, $"PMCCFILTR_EL0 = 0x{filter | others:x8} in {(secure ? "Secure" : "Non-secure")} state", level, filter | others, Counts(level, filter, secure), 1, Cycles)
                            .Needs(level == 2 ? ["FEAT_AA64EL2", "FEAT_AA64EL3"] : ["FEAT_AA64EL3"]);
                        yield return secure ? sentence.Needs("!FEAT_RME").Change("SCR_EL3", 0, clear: Scr.NS) : sentence;
                    }
                }
            }
        }
    }

    /// <summary>In Non-secure state the bit of the level is compared with its Non-secure twin; at EL3, P with M; at EL2, NSH lets it count.</summary>
    private static bool Counts(int level, ulong filter, bool secure) => level switch
    {
        0 => ((filter & U) != 0) == (!secure && (filter & NSU) != 0),
        1 => ((filter & P) != 0) == (!secure && (filter & NSK) != 0),
        2 => (filter & NSH) != 0,
        _ => ((filter & P) != 0) == ((filter & M) != 0),
    };

    private static CaseBuilder Counting(string name, string title, int level, ulong filter, bool counts, ulong enable, ulong set) =>
        That($"pmu/cycles/{name}", $"{title}: the cycle counter {(counts ? "counts" : "stands still")} at EL{level}", Rule("PMCCNTR_EL0"))
            .Needs("FEAT_PMUv3").Set("PMUSERENR_EL0", 1).Set("PMCCFILTR_EL0", filter)
            .X(10, set).X(11, enable).X(12, Cycles | 1).At(level)
            .Code(a => a.Msr("PMCNTENSET_EL0", X10).Msr("PMCR_EL0", X11).Isb().Mrs(X1, "PMCCNTR_EL0").Isb().Isb().Isb().Isb().Isb()
                .Mrs(X2, "PMCCNTR_EL0").Msr("PMCR_EL0", XZR).Msr("PMCNTENCLR_EL0", X12).Cmp(X2, X1).Word(CsetX3Ne))
            .Completes().SeesX(3, counts ? 1UL : 0);
}
