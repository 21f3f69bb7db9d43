using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>Performance Monitors: set and clear views, counters that EL2 keeps for itself, and the selected counter.</summary>
/// <remarks>Source: DDI 0601, the pages of the registers; MDCR_EL2.HPMN. Nothing counts here: PMCR_EL0.E and HPME are 0.</remarks>
internal static class PmuCases
{
    private const ulong Cycles = 1UL << 31;
    private const int N = 11;

    private static readonly (string Set, string Clear)[] s_pairs =
    [
        ("PMCNTENSET_EL0", "PMCNTENCLR_EL0"),
        ("PMINTENSET_EL1", "PMINTENCLR_EL1"),
        ("PMOVSSET_EL0", "PMOVSCLR_EL0"),
    ];

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target)
    {
        long counters = target.Features.Numbers.GetValueOrDefault("$NUM_PMU_COUNTERS", 0);
        if (!target.Features.Has("FEAT_PMUv3") || counters < 3)
        {
            return [];
        }

        ulong all = Cycles | ((1UL << (int)Math.Min(counters, 31)) - 1);
        return [.. Views(all), .. Kept(counters), .. Resets(), .. Selected(), .. CycleCounterCases.All()];
    }

    /// <summary>Ones written through SET set, through CLR clear, zeros do nothing; both read the same bits.</summary>
    private static IEnumerable<CaseBuilder> Views(ulong all)
    {
        foreach ((string set, string clear) in s_pairs)
        {
            foreach (int level in (int[])[1, 2])
            {
                yield return That($"pmu/{set.ToLowerInvariant()}-el{level}", $"{set} sets, {clear} clears, both show the bits", Rule(set), Rule(clear))
                    .Needs("FEAT_PMUv3").Change("MDCR_EL2", All(all), 0x1F)
                    .X(0, ulong.MaxValue).X(1, Cycles | 5).X(4, 1).At(level)
                    .Code(a => a.Msr(clear, X0).Isb().Mrs(X8, set).Msr(set, X1).Isb().Mrs(X2, set).Mrs(X3, clear)
                        .Msr(clear, X4).Isb().Mrs(X5, set).Msr(set, X0).Isb().Mrs(X6, clear).Msr(clear, X0).Isb().Mrs(X7, clear))
                    .Completes().SeesX(8, 0).SeesX(2, Cycles | 5).SeesX(3, Cycles | 5).SeesX(5, Cycles | 4).SeesX(6, all).SeesX(7, 0);
            }
        }
    }

    /// <summary>HPMN: counters from HPMN up are EL2's; EL1 neither sees nor changes them (MDCR_EL2.HPMN).</summary>
    private static IEnumerable<CaseBuilder> Kept(long counters)
    {
        foreach ((string set, string clear) in s_pairs)
        {
            yield return That($"pmu/{set.ToLowerInvariant()}-hpmn", $"HPMN = 1: EL1 changes counter 0 and the cycle counter through {set} and {clear}, EL2 sees the rest unchanged", Rule(set), Rule(clear))
                .Needs("FEAT_PMUv3", "FEAT_AA64EL2").Change("MDCR_EL2", 1, 0x1F)
                .X(0, ulong.MaxValue).X(1, 2).At(2)
                .Code(a => a.Msr(clear, X0).Msr(set, X1)).Completes()
                .NextStep().At(1).Code(a => a.Mrs(X2, set).Msr(set, X0).Isb().Mrs(X3, set)).Completes().SeesX(2, 0).SeesX(3, Cycles | 1)
                .NextStep().At(2).Code(a => a.Mrs(X4, set)).Completes().SeesX(4, Cycles | 3)
                .NextStep().At(1).Code(a => a.Msr(clear, X0)).Completes()
                .NextStep().At(2).Code(a => a.Mrs(X5, set).Msr(clear, X0)).Completes().SeesX(5, 2);
        }

        foreach (ulong sel in (ulong[])[0, 1, 2, 31])
        {
            yield return That($"pmu/pmevcntr1-hpmn-sel-{sel}", $"HPMN = 1: PMEVCNTR1_EL0 belongs to EL2, whatever PMSELR_EL0 ({sel}) names", Rule("PMEVCNTR1_EL0"))
                .Needs("FEAT_PMUv3", "FEAT_AA64EL2", "FEAT_FGT").Change("MDCR_EL2", 1, 0x1F).Set("PMSELR_EL0", sel).At(1)
                .Code(a => a.Mrs(X2, "PMEVCNTR1_EL0")).Takes(2, 0x400, 0x6232_F851);
        }

        foreach ((int level, ulong seen) in ((int, ulong)[])[(1, 1), (2, (ulong)counters)])
        {
            yield return That($"pmu/pmcr-n-el{level}", $"HPMN = 1: PMCR_EL0.N at EL{level} is {seen}", Rule("PMCR_EL0"))
                .Needs("FEAT_PMUv3", "FEAT_AA64EL2").Change("MDCR_EL2", 1, 0x1F).At(level)
                .Code(a => a.Mrs(X2, "PMCR_EL0")).Completes().SeesX(2, seen << N, 0x1FUL << N);
        }

        foreach ((string name, ulong eel2, ulong seen) in ((string, ulong, ulong)[])[("secure", 0, (ulong)counters), ("secure-el2", Scr.EEL2, 1)])
        {
            yield return That($"pmu/pmcr-n-{name}", $"HPMN = 1: PMCR_EL0.N at Secure EL1 with Secure EL2 {(eel2 == 0 ? "disabled" : "enabled")} is {seen}", Rule("PMCR_EL0"))
                .Needs("FEAT_PMUv3", "FEAT_AA64EL2", "FEAT_AA64EL3", "!FEAT_RME", eel2 == 0 ? "FEAT_AA64EL3" : "FEAT_SEL2")
                .Change("SCR_EL3", eel2, clear: Scr.NS | Scr.EEL2).Change("MDCR_EL2", 1, 0x1F).At(1)
                .Code(a => a.Mrs(X2, "PMCR_EL0")).Completes().SeesX(2, seen << N, 0x1FUL << N);
        }
    }

    /// <summary>PMCR_EL0.P and C: what they reset, from which level, and that they read as 0.</summary>
    private static IEnumerable<CaseBuilder> Resets()
    {
        foreach ((string name, ulong bits, int level, ulong counter0, ulong counter1, ulong cycles) in ((string, ulong, int, ulong, ulong, ulong)[])
            [("p-el1", 2, 1, 0, 7, 9), ("p-el2", 2, 2, 0, 0, 9), ("c-el1", 4, 1, 5, 7, 0), ("c-el2", 4, 2, 5, 7, 0), ("none", 0, 2, 5, 7, 9)])
        {
            yield return That($"pmu/pmcr-{name}", $"HPMN = 1: PMCR_EL0 written with 0x{bits:x} at EL{level}", Rule("PMCR_EL0"))
                .Needs("FEAT_PMUv3", "FEAT_AA64EL2").Change("MDCR_EL2", 1, 0x1F)
                .X(0, 5).X(1, 7).X(2, 9).X(3, bits).At(2)
                .Code(a => a.Msr("PMEVCNTR0_EL0", X0).Msr("PMEVCNTR1_EL0", X1).Msr("PMCCNTR_EL0", X2)).Completes()
                .NextStep().At(level).Code(a => a.Msr("PMCR_EL0", X3).Isb().Mrs(X7, "PMCR_EL0")).Completes().SeesX(7, 0, 7)
                .NextStep().At(2).Code(a => a.Mrs(X4, "PMEVCNTR0_EL0").Mrs(X5, "PMEVCNTR1_EL0").Mrs(X6, "PMCCNTR_EL0"))
                .Completes().SeesX(4, counter0).SeesX(5, counter1).SeesX(6, cycles);
        }
    }

    /// <summary>PMXEVCNTR_EL0 and PMXEVTYPER_EL0 are the counter that PMSELR_EL0 names; SEL = 31 names the cycle counter's filter.</summary>
    private static IEnumerable<CaseBuilder> Selected()
    {
        const ulong filter = 0xC000_0000;
        foreach ((ulong sel, string register) in ((ulong, string)[])[(0, "PMEVTYPER0_EL0"), (1, "PMEVTYPER1_EL0"), (2, "PMEVTYPER2_EL0"), (31, "PMCCFILTR_EL0")])
        {
            yield return That($"pmu/pmxevtyper-{sel}", $"SEL = {sel}: PMXEVTYPER_EL0 is {register}", Rule("PMXEVTYPER_EL0"))
                .Needs("FEAT_PMUv3").X(0, sel).X(1, filter).X(3, 0x8000_0000).At(1)
                .Code(a => a.Msr("PMSELR_EL0", X0).Isb().Msr(register, XZR).Isb().Mrs(X4, "PMXEVTYPER_EL0").Msr("PMXEVTYPER_EL0", X1).Isb()
                    .Mrs(X2, register).Msr(register, X3).Isb().Mrs(X5, "PMXEVTYPER_EL0").Msr(register, XZR))
                .Completes().SeesX(4, 0, filter).SeesX(2, filter, filter).SeesX(5, 0x8000_0000, filter);
        }

        foreach (ulong sel in (ulong[])[0, 1, 2])
        {
            string register = $"PMEVCNTR{sel}_EL0";
            yield return That($"pmu/pmxevcntr-{sel}", $"SEL = {sel}: PMXEVCNTR_EL0 is {register}", Rule("PMXEVCNTR_EL0"))
                .Needs("FEAT_PMUv3").X(0, sel).X(1, 0x1234_5678).X(3, 0x8765_4321).At(1)
                .Code(a => a.Msr("PMSELR_EL0", X0).Isb().Msr("PMXEVCNTR_EL0", X1).Isb().Mrs(X2, register).Msr(register, X3).Isb().Mrs(X4, "PMXEVCNTR_EL0"))
                .Completes().SeesX(2, 0x1234_5678).SeesX(4, 0x8765_4321);
        }
    }

    /// <summary>HPMN that leaves every counter to EL1.</summary>
    private static ulong All(ulong counters) => (ulong)System.Numerics.BitOperations.PopCount(counters & ~Cycles);
}
