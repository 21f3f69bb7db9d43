using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;
using Conformance.Suites.Interrupts;
using Conformance.Suites.Interrupts.Matrices;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>Each timer's interrupt taken as an IRQ or FIQ, at every level that may run when it comes (TM-028, TM-080, TM-081; F035 to F038).</summary>
internal static class DeliveryCases
{
    internal static IEnumerable<CaseBuilder> All(SuiteTarget target)
    {
        foreach (Timer timer in Timer.Of(target))
        {
            foreach (Line line in (Line[])[Line.Irq, Line.Fiq])
            {
                foreach (Mode mode in Mode.All.Where(m => m.Level <= target.HighestLevel && (m.Level == 0 || m.Handler)))
                {
                    foreach ((string route, ulong hcr, ulong scr) in ((string, ulong, ulong)[])
                        [("", 0, 0), ("-el2", line.ToEl2(), 0), ("-tge", Hcr.TGE, 0), ("-host", Hcr.TGE | Hcr.E2H, 0), ("-el3", 0, line.ToEl3()), ("-nv", line.ToEl2() | Hcr.NV, 0)])
                    {
                        foreach (bool masked in (bool[])[false, true])
                        {
                            string id = $"taken/{timer.Name}-{line.Name()}/{mode.Name}{route}{(masked ? "-masked" : "")}";
                            if (One(target, timer, line, mode, hcr, scr, masked, id) is { } says)
                            {
                                yield return says;
                            }
                        }
                    }
                }
            }
        }
    }

    private static CaseBuilder? One(SuiteTarget target, Timer timer, Line line, Mode mode, ulong hcr, ulong scr, bool masked, string id)
    {
        bool group1 = line == Line.Irq;
        if ((scr != 0 && target.HighestLevel < 3) || (group1 && mode.Level == 3)
            || ((hcr & Hcr.E2H) != 0 && !target.Features.Has("FEAT_VHE")) || ((hcr & Hcr.NV) != 0 && !target.Features.Has("FEAT_NV")))
        {
            return null; // at EL3 Group 1 is left to the suite interrupts: IRQ or FIQ
        }

        Spsr pstate = new Spsr((ulong)mode.Level << 2).With(Spsr.Sp, mode.Handler).With(Spsr.Daif, masked);
        var stage = new Stage("", mode.Level, hcr, Baseline.Of("SCR_EL3") | scr, Stage.AllOpen, Stage.AllOpenBelow, 0, 0);
        if (stage.Start(target) is null)
        {
            return null;
        }

        Situation s = new(target, pstate, Code, stage.Registers(target), new Dictionary<int, ulong>());
        Delivery? delivery = InterruptOracle.Candidates(s, [line]).SingleOrDefault();
        uint bit = 1U << timer.Ppi;
        CaseBuilder says = That(id, $"{timer.Stem} expired, Group {(group1 ? 1 : 0)}, EL{mode.Level} runs: {delivery?.Name ?? "stays pending"}", "TM-028", "TM-080", "TM-081", Behaviour(timer))
            .Needs("FEAT_GICv3", timer.Needs).WithGic(target, group1 ? bit : 0, bit, 0).Set(timer.Cval, 0).Set(timer.Ctl, 1);
        stage.In(says, target).Pstate(pstate).Code(a => a.Nop().Nop());
        if (delivery is null)
        {
            says.Completes(pstate);
        }
        else
        {
            Arrival taken = Entry.Interrupt(s, delivery.Target, line.Vector(), 0);
            says.Takes(delivery.Target, taken.Vector, elr: Code, spsr: taken.Spsr).Rules("EX-090");
        }

        // The masked output goes, and with it the interrupt, though nobody acknowledged it (TM-028).
        return says.NextStep().Set(timer.Ctl, 3).X(0, Gic.SgiFrame).X(4, 2).At(target.HighestLevel)
            .Code(a => a.Isb().LdrW(X2, X0, Gic.SetPending).LdrW(X2, X0, Gic.SetPending).Nop()).Completes().Sees("X2", 0, bit)
            .NextStep().Set(timer.Ctl, 2).At(target.HighestLevel).Code(a => a.Nop()).Completes().ThenCloseGic(target);
    }

    private static string Behaviour(Timer timer) => timer.Stem switch
    {
        "CNTV" => "F035",
        "CNTP" or "CNTPS" => "F036",
        "CNTHP" => "F037",
        _ => "F038",
    };
}
