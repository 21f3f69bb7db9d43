using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>Offsets that change under a running timer: the condition and the output follow (TM-011, TM-016, TM-030, TM-031, TM-035).</summary>
/// <remarks>
/// The compare value is one that no count has reached, the offset makes the time later than it: the condition is met just while the
/// offset is in force.
/// </remarks>
internal static class ChangeCases
{
    private const ulong Compare = 1UL << 61;
    private const ulong Ahead = unchecked(0UL - (1UL << 62));

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target)
    {
        ulong open = Baseline.Of("SCR_EL3");
        ulong hcr = Baseline.Of("HCR_EL2");
        (string Name, Timer Timer, string Register, ulong On, ulong Off, string Rule, string[] Needs)[] changes =
        [
            ("voff", Timer.Virtual, "CNTVOFF_EL2", Ahead, 0, "TM-032", []),
            ("voff-other", Timer.Physical, "CNTVOFF_EL2", 0, 0, "TM-031", []),
            ("poff", Timer.Physical, "CNTPOFF_EL2", Ahead, 0, "TM-031", ["FEAT_ECV_POFF"]),
            ("ecv", Timer.Physical, "CNTHCTL_EL2", Stage.AllOpen | Cnthctl.ECV, Stage.AllOpen, "TM-031", ["FEAT_ECV_POFF"]),
            ("ecven", Timer.Physical, "SCR_EL3", open, open & ~Scr.ECVEn, "TM-031", ["FEAT_ECV_POFF", "FEAT_AA64EL3"]),
            ("host", Timer.Physical, "HCR_EL2", hcr, hcr | Hcr.E2H | Hcr.TGE, "TM-031", ["FEAT_ECV_POFF", "FEAT_AA64EL3", "FEAT_VHE", "FEAT_E2H0"]),
            ("tge", Timer.Physical, "HCR_EL2", hcr | Hcr.E2H, hcr | Hcr.E2H | Hcr.TGE, "TM-031", ["FEAT_ECV_POFF", "FEAT_AA64EL3", "FEAT_VHE"]),
            ("secure", Timer.Physical, "SCR_EL3", open, open & ~Scr.NS, "TM-031", ["FEAT_ECV_POFF", "FEAT_AA64EL3", "!FEAT_RME"]),
        ];
        foreach ((string name, Timer timer, string register, ulong on, ulong off, string rule, string[] needs) in changes)
        {
            bool acts = name != "voff-other";
            CaseBuilder says = That($"change/{timer.Name}-{name}", $"{timer.Stem} with {register} on, off, on again: condition and output {(acts ? "follow" : "stay")}", rule, "TM-011", "TM-016", "TM-030", "TM-035")
                .Needs(needs).Needs("FEAT_GICv3", timer.Needs).Set(timer.Cval, Compare).Set("CNTVOFF_EL2", timer == Timer.Virtual ? on : 0);
            if (needs.Contains("FEAT_ECV_POFF"))
            {
                says.Set("CNTPOFF_EL2", Ahead).Set("CNTHCTL_EL2", Stage.AllOpen | Cnthctl.ECV);
            }

            if (register is "SCR_EL3" or "HCR_EL2")
            {
                says.Set(register, on);
            }

            ulong up = acts ? 5UL : 1;
            ulong bit = acts ? 1U << timer.Ppi : 0;
            yield return says.X(0, Gic.SgiFrame).X(10, on).X(11, off).X(12, 1).X(13, 2).At(target.HighestLevel).Code(a =>
            {
                Timer named = timer.At(target);
                Looks(a.Msr(named.Ctl, X12), named, 1);
                Looks(a.Msr(register, X11), named, 3);
                return Looks(a.Msr(register, X10), named, 5).Msr(named.Ctl, X13).Isb();
            }).Completes()
                .Sees("X1", up, 7).Sees("X2", bit, 1U << timer.Ppi).Sees("X3", 1, 7).Sees("X4", 0, 1U << timer.Ppi).Sees("X5", up, 7).Sees("X6", bit, 1U << timer.Ppi);
        }

        // A guest's timer goes on with its offset while EL2 runs, and CNTP and CNTPS do not share a thing.
        foreach (Timer timer in Timer.Of(target))
        {
            Timer[] others = [.. Timer.Of(target).Where(t => t != timer)];
            CaseBuilder says = That($"change/alone-{timer.Name}", $"{timer.Stem} alone is up: no other timer's output is", "TM-028", "TM-080", "TM-081")
                .Needs("FEAT_GICv3", timer.Needs).Set(timer.Cval, 0).Set("CNTVOFF_EL2", 0);
            foreach (Timer other in others)
            {
                says.Set(other.Cval, ulong.MaxValue).Set(other.Ctl, 1);
            }

            ulong ppis = Timer.Of(target).Aggregate(0UL, (all, t) => all | 1UL << t.Ppi);
            yield return says.X(0, Gic.SgiFrame).X(1, 1).X(4, 2).At(target.HighestLevel).Code(a =>
            {
                a.Msr(timer.At(target).Ctl, X1).Isb().LdrW(X2, X0, Gic.SetPending).LdrW(X2, X0, Gic.SetPending);
                foreach (Timer each in Timer.Of(target))
                {
                    a.Msr(each.At(target).Ctl, X4);
                }

                return a.Isb();
            }).Completes().Sees("X2", 1UL << timer.Ppi, ppis);
        }
    }

    /// <summary>CTL to a register, and what is pending, some time later, to the next.</summary>
    private static Assembler Looks(Assembler a, Timer timer, int to) =>
        a.Isb().LdrW(to + 1, X0, Gic.SetPending).LdrW(to + 1, X0, Gic.SetPending).Mrs(to, timer.Ctl).LdrW(to + 1, X0, Gic.SetPending);
}
