using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.GuestHypervisor.Virtual.InterruptCases;
using Timer = Conformance.Suites.Timers.Timer;

namespace Conformance.Suites.GuestHypervisor.Virtual;

/// <summary>Timers of a guest and of its hypervisor over several turns (F035 to F038).</summary>
internal static class TimerStories
{
    /// <summary>The byte that no count reaches, only an offset.</summary>
    private const ulong Top = 0xFF00_0000_0000_0000;
    private const ulong Soon = 400;

    /// <summary>So far ahead that no story is there by itself.</summary>
    private const ulong Far = 1UL << 40;

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, ulong seed)
    {
        yield return Offsets(h, new Dice(seed, "offsets " + h.Name));
        yield return BackInTime(h);
        foreach (Timer timer in (Timer[])[Timer.Virtual, Timer.Physical])
        {
            yield return FiresMeanwhile(h, timer);
        }

        yield return Own(h, Timer.HypervisorPhysical, "F037");
        if (h.Target.Features.Has("FEAT_VHE"))
        {
            yield return Own(h, Timer.HypervisorVirtual, "F038");
        }
    }

    /// <summary>Each turn another offset: the guest's virtual count has it, nobody's physical count does, and EL2's view is as E2H says.</summary>
    private static CaseBuilder Offsets(Hypervisor h, Dice dice)
    {
        CaseBuilder says = h.That("timers", "offsets", "CNTVOFF_EL2 changes between turns: the guest's virtual count follows, physical counts do not", "F035", "TM-004", "TM-005");
        for (int turn = 0; turn < 6; turn++)
        {
            ulong offset = (ulong)(1 + dice.Below(200)) << 56;
            ulong seen = (0 - offset) & Top;
            says.Turn(
                a =>
                {
                    Write(a, "CNTVOFF_EL2", offset);
                    a.Isb().Mrs(X10, "CNTVCT_EL0").Mrs(X11, "CNTPCT_EL0");
                },
                a => a.Isb().Mrs(X12, "CNTVCT_EL0").Mrs(X13, "CNTPCT_EL0"),
                turn + 1).Sees("X12", seen, Top).Sees("X13", 0, Top).Sees("X10", h.E2h ? 0 : seen, Top).Sees("X11", 0, Top).NextStep();
        }

        return says.Alone(a => a.Msr("CNTVOFF_EL2", XZR).Isb());
    }

    /// <summary>The hypervisor moves the guest's time: the condition of its timer comes and goes with it.</summary>
    private static CaseBuilder BackInTime(Hypervisor h)
    {
        const ulong compare = 1UL << 60;
        ulong ahead = unchecked(0UL - (1UL << 61));
        CaseBuilder says = h.That("timers", "back-in-time", "the guest's virtual timer is met while the offset puts its time behind the compare value, and not otherwise", "F035", "TM-015", "TM-032");
        says.Turn(
            a => a.Msr("CNTVOFF_EL2", XZR).Isb(),
            a =>
            {
                a.MovImm(X0, compare).Msr("CNTV_CVAL_EL0", X0).MovImm(X0, 3).Msr("CNTV_CTL_EL0", X0).Isb().Mrs(X12, "CNTV_CTL_EL0");
            },
            1).Sees("X12", 3, 7).NextStep();
        for (int turn = 0; turn < 4; turn++)
        {
            bool met = turn % 2 == 0;
            says.Turn(
                a =>
                {
                    Write(a, "CNTVOFF_EL2", met ? ahead : 0);
                    a.Isb();
                },
                a => a.Isb().Mrs(X12, "CNTV_CTL_EL0").Mrs(X13, "CNTV_CVAL_EL0"),
                turn + 2).Sees("X12", met ? 7UL : 3, 7).Sees("X13", compare).NextStep();
        }

        return says.Alone(a =>
        {
            Write(a, h.For("CNTV_CTL_EL0"), 2);
            a.Msr("CNTVOFF_EL2", XZR).Isb();
        });
    }

    /// <summary>The guest starts its timer and calls; the hypervisor makes its time come; the interrupt is there as soon as the guest runs.</summary>
    private static CaseBuilder FiresMeanwhile(Hypervisor h, Timer timer)
    {
        uint bit = 1U << timer.Ppi;
        string count = timer == Timer.Virtual ? "CNTVCT_EL0" : "CNTPCT_EL0";
        CaseBuilder says = h.That("timers", $"meanwhile-{timer.Name}", $"{timer.Stem} of the guest fires while the hypervisor runs: nothing is taken at EL2, where it is masked, and the next turn ends with it", timer == Timer.Virtual ? "F035" : "F036", "F033", "TM-028")
            .Needs("FEAT_GICv3").WithGic(h.Target, bit, bit, 0, group0: false);
        says.Turn(
            a =>
            {
                Write(a, "HCR_EL2", Routed(h));
                a.Isb();
            },
            a =>
            {
                a.Isb().Mrs(X10, count).MovImm(X0, Far).Add(X10, X10, X0).Msr(timer.Cval, X10).MovImm(X0, 1).Msr(timer.Ctl, X0).Isb().Mrs(X12, timer.Ctl);
            },
            1).Sees("X12", 1, 7).NextStep();
        Report report = new();
        Interrupted(
            says,
            a =>
            {
                if (timer == Timer.Virtual)
                {
                    Write(a, "CNTVOFF_EL2", unchecked(0UL - (2 * Far)));
                }
                else
                {
                    Write(a, h.For(timer.Cval), 0);
                }

                a.Isb();
                new Report().ReadDevice(a, Gic.SgiFrame + Gic.SetPending, 0, 0); // the line needs a while
                report.ReadDevice(a, Gic.SgiFrame + Gic.SetPending, bit, bit);
            },
            a => a.Nop());
        report.Into(says);
        says.NextStep();
        Report after = new();
        says.Turn(
            a =>
            {
                after.Read(a, "ICC_IAR1_EL1", (ulong)timer.Ppi, 0xFF_FFFF);
                a.Mov(X11, X0);
                Write(a, h.For(timer.Ctl), 3);
                a.Isb().Msr("ICC_EOIR1_EL1", X11).Dsb().Isb();
            },
            a => a.Isb().Mrs(X12, timer.Ctl).Mrs(X13, timer.Cval),
            2).Sees("X12", 7, 7);
        if (timer == Timer.Physical)
        {
            says.Sees("X13", 0);
        }

        after.Into(says);
        says.NextStep().Alone(a =>
        {
            Write(a, h.For(timer.Ctl), 2);
            a.Msr("CNTVOFF_EL2", XZR);
            Write(a, "HCR_EL2", h.Hcr);
            a.Isb();
        });
        return says.ThenCloseGic(h.Target);
    }

    /// <summary>A timer of EL2 goes on while the guest runs, and ends its turn.</summary>
    private static CaseBuilder Own(Hypervisor h, Timer timer, string rule)
    {
        uint bit = 1U << timer.Ppi;
        CaseBuilder says = h.That("timers", $"own-{timer.Name}", $"{timer.Stem} of the hypervisor fires while the guest runs, and ends its turn; masked, the guest runs on", rule, "F033", "TM-028")
            .Needs("FEAT_GICv3", timer.Needs).WithGic(h.Target, bit, bit, 0, group0: false);
        string count = "CNTPCT_EL0"; // CNTHV counts without an offset, too
        for (int n = 0; n < 2; n++)
        {
            Interrupted(
                says,
                a =>
                {
                    Write(a, "HCR_EL2", Routed(h));
                    a.Isb().Mrs(X10, count).AddImm(X10, X10, (long)Soon).Msr(timer.Cval, X10);
                    Write(a, timer.Ctl, 1);
                    a.Isb();
                },
                a => a.Nop()).NextStep();
            Report report = new();
            says.Turn(
                a =>
                {
                    report.Read(a, timer.Ctl, 5, 7);
                    report.Read(a, "ICC_IAR1_EL1", (ulong)timer.Ppi, 0xFF_FFFF);
                    a.Mov(X11, X0);
                    Write(a, timer.Ctl, 3);
                    a.Isb().Msr("ICC_EOIR1_EL1", X11).Dsb().Isb();
                    report.ReadDevice(a, Gic.SgiFrame + Gic.SetPending, 0, bit);
                },
                a => a.Nop().Nop(),
                n + 1);
            report.Into(says);
            says.NextStep();
        }

        return says.Alone(a =>
        {
            Write(a, timer.Ctl, 2);
            Write(a, "HCR_EL2", h.Hcr);
            a.Isb();
        }).ThenCloseGic(h.Target);
    }
}
