using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Exceptions;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>The counts as each level reads them: what is off them, to the tick (TM-001 to TM-012).</summary>
internal static class CounterCases
{
    private static readonly (string Name, bool IsVirtual, string Needs)[] s_counts =
        [("CNTPCT_EL0", false, "FEAT_AA64"), ("CNTVCT_EL0", true, "FEAT_AA64"), ("CNTPCTSS_EL0", false, "FEAT_ECV"), ("CNTVCTSS_EL0", true, "FEAT_ECV")];

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target, ulong seed)
    {
        foreach ((string name, bool isVirtual, string needs) in s_counts.Where(c => target.Features.Has(c.Needs)))
        {
            string group = $"counter/{name[..name.IndexOf('_', StringComparison.Ordinal)].ToLowerInvariant()}";
            bool self = needs == "FEAT_ECV";
            foreach (Stage stage in Stages.All(target, [0, 1, 2, 3], !isVirtual, n => new Dice(seed, group + n)))
            {
                if (stage.Start(target) is not { } s)
                {
                    continue;
                }

                ulong offset = isVirtual ? TimerOracle.VirtualCountOffset(s) : TimerOracle.PhysicalCountOffset(s);
                CaseBuilder says = That($"{group}/{stage.Name}", $"{name} at EL{stage.Level} is the count less {(offset == 0 ? "nothing" : isVirtual ? "CNTVOFF_EL2" : "CNTPOFF_EL2")}", Rule(s, isVirtual), "TM-001", "TM-011")
                    .Rules(self ? ["TM-007"] : []).Needs(needs).NotesTheCount(target);
                yield return stage.In(says, target).Code(a => self ? a.Mrs(X2, name) : a.Isb().Mrs(X2, name)).Completes()
                    .ThenLiesBetween(target, offset, a => a.Add(X6, X2, X5));
            }
        }

        foreach (string name in s_counts.Where(c => target.Features.Has(c.Needs)).Select(c => c.Name))
        {
            for (int level = 0; level <= target.HighestLevel; level++)
            {
                // Two reads never go back; and there is no way to write.
                string lower = name.ToLowerInvariant();
                yield return That($"counter/order/{lower}-el{level}", $"{name} at EL{level} does not go back", "TM-008").Needs("FEAT_AA64")
                    .Set("CNTHCTL_EL2", Stage.AllOpen).Set("CNTKCTL_EL1", Stage.AllOpenBelow).At(level)
                    .Code(a =>
                    {
                        a.Isb().Mrs(X2, name).MovImm(X9, 1);
                        for (int n = 0; n < 20; n++)
                        {
                            a.Isb().Mrs(X3, name).Cmp(X3, X2).Csel(X9, X9, XZR, Cond.Cs).Mov(X2, X3);
                        }

                        return a;
                    }).Completes().Sees("X9", 1);
                int taker = Math.Max(level, 1);
                yield return That($"counter/written/{lower}-el{level}", $"MSR {name} at EL{level} is UNDEFINED", "TM-009").Set("CNTHCTL_EL2", Stage.AllOpen)
                    .Set("CNTKCTL_EL1", Stage.AllOpenBelow).At(level).Code(a => a.Msr(name, X1)).Takes(taker, level == 0 ? 0x400U : 0x200, 0x0200_0000, Code);
            }
        }

        foreach (int level in (int[])[0, 1, 2])
        {
            yield return That($"counter/written/cntfrq_el0-el{level}", $"MSR CNTFRQ_EL0 at EL{level} is UNDEFINED: only the highest level writes it", "TM-010").Needs("FEAT_AA64EL3")
                .Set("CNTHCTL_EL2", Stage.AllOpen).Set("CNTKCTL_EL1", Stage.AllOpenBelow).At(level).Code(a => a.Msr("CNTFRQ_EL0", X1)).Takes(Math.Max(level, 1), level == 0 ? 0x400U : 0x200, 0x0200_0000, Code);
        }

        // The highest level there is, not the highest that a case can use.
        yield return That("counter/cntfrq-written", "CNTFRQ_EL0 holds the 32 bits that the highest level writes", "TM-010").Needs(target.HighestLevel == 3 ? "FEAT_AA64EL3" : "!FEAT_AA64EL3")
            .At(target.HighestLevel).X(1, 0xFFFF_FFFF_1234_5678)
            .Code(a => a.Mrs(X3, "CNTFRQ_EL0").Msr("CNTFRQ_EL0", X1).Isb().Mrs(X2, "CNTFRQ_EL0").Msr("CNTFRQ_EL0", X3).Isb().Mrs(X4, "CNTFRQ_EL0").Sub(X5, X4, X3))
            .Completes().Sees("X2", 0x1234_5678, 0xFFFF_FFFF).Sees("X5", 0);
    }

    private static string Rule(Situation s, bool isVirtual) => (isVirtual, s.Level) switch
    {
        (false, >= 2) => "TM-002",
        (false, _) => "TM-003",
        (true, 0) => "TM-006",
        (true, 2) => "TM-005",
        _ => "TM-004",
    };
}
