using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Interrupts.Directed.Say;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>WFI ends when something is pending, masked or not, whether or not it can be taken here (EX-340, EX-341, EX-343).</summary>
/// <remarks>That a WFI goes on waiting cannot be asked for: it may end at any time (EX-340).</remarks>
internal static class WaitCases
{
    private const ulong Soon = 20_000; // ticks: enough for a few instructions, and soon over

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Masked(target), .. Virtual(), .. Woken(target)];

    private static IEnumerable<CaseBuilder> Masked(SuiteTarget target)
    {
        foreach ((uint sgi, Line line) in ((uint, Line)[])[(Sgi1, Line.Irq), (Sgi0, Line.Fiq)])
        {
            foreach ((string name, int level, ulong hcr, ulong masks) in ((string, int, ulong, ulong)[])
            [
                ("el0", 0, 0, 0), ("el1", 1, 0, 0), ("el2", 2, line.ToEl2(), 0), ("el2-tge", 2, Hcr.TGE, 0), ("el2-no-taker", 2, 0, 0),
                ("el2-no-taker-open", 2, 0, Spsr.Daif), ("el3-no-taker", 3, 0, 0), ("el3-no-taker-open", 3, 0, Spsr.Daif),
                ("el0-host", 0, Hcr.TGE | Hcr.E2H, 0), ("el1-twi", 1, Hcr.TWI, 0),
            ])
            {
                Spsr pstate = Open(level, masks);
                CaseBuilder says = That($"wait/{line.Name()}-{name}", $"WFI at EL{level} with an {line.Name()} pending that cannot be taken ends", "EX-340", "EX-341", "EX-343")
                    .Needs((hcr & Hcr.E2H) != 0 ? "FEAT_VHE" : "FEAT_AA64EL2", level == 3 ? "FEAT_AA64EL3" : "FEAT_AA64EL2")
                    .Pending(target, sgi).Change("SCTLR_EL2", Sctlr.nTWI).Change("HCR_EL2", hcr).Pstate(pstate).Code(a => a.Wfi().Nop());
                says.Completes(pstate);
                if ((hcr & Hcr.TWI) != 0)
                {
                    says.Or("trapped, as if it waited").Takes(2, 0x400).Rules("EX-171");
                }

                yield return says.ThenCloseGic(target);
            }
        }
    }

    private static IEnumerable<CaseBuilder> Virtual()
    {
        foreach (Line line in Lines.All)
        {
            foreach (int level in (int[])[0, 1])
            {
                Spsr pstate = Spsr.At(level);
                yield return That($"wait/v{line.Name()}-el{level}", $"WFI at EL{level} with a masked v{line.Name()} pending ends", "EX-340", "EX-341", "EX-343")
                    .Change("HCR_EL2", line.ToEl2() | line.VirtualPending()).Pstate(pstate).Code(a => a.Wfi().Nop()).Completes(pstate);
            }
        }
    }

    /// <summary>An interrupt that comes during the wait: the exception returns behind the WFI, or to it.</summary>
    private static IEnumerable<CaseBuilder> Woken(SuiteTarget target)
    {
        const uint timer = 1U << Gic.PhysicalTimer;
        ulong open = target.Features.FirstUnmet(["FEAT_E2H0"]) is null ? 3UL : 0xC00; // EL1PCTEN and EL1PCEN (EL1PTEN) in the layout without E2H, or with it
        foreach ((string name, int level, ulong hcr, int taker) in ((string, int, ulong, int)[])
            [("el1", 1, 0, 1), ("el1-to-el2", 1, Hcr.IMO, 2), ("el2", 2, Hcr.IMO, 2), ("el0", 0, 0, 1), ("el1-masked", 1, 0, 0), ("el2-masked", 2, Hcr.IMO, 0)])
        {
            Spsr pstate = Open(level, taker == 0 ? 0 : Spsr.Daif);
            CaseBuilder says = That($"wait/woken-{name}", $"WFI at EL{level} until the physical timer: {(taker == 0 ? "masked, execution goes on" : $"taken to EL{taker}")}", "EX-341", "EX-343", "EX-090")
                .Needs("FEAT_GICv3", level == 2 ? "FEAT_E2H0" : "FEAT_GICv3").WithGic(target, Group1, timer, 0).Set("CNTKCTL_EL1", 0x303).Set("CNTHCTL_EL2", open).Change("HCR_EL2", hcr).X(1, Soon).X(3, 1).Pstate(pstate)
                .Code(a => a.Msr("CNTP_TVAL_EL0", X1).Msr("CNTP_CTL_EL0", X3).Isb().Wfi().Nop().Mrs(X4, "CNTP_CTL_EL0"));
            if (taker == 0)
            {
                says.Completes(pstate); // WFI may end before the timer does
            }
            else
            {
                says.Takes(taker, (taker > level ? 0x400U : 0x200) + 0x80, spsr: pstate).SeesAny(FieldNames.Elr, Code + 8, Code + 0xC, Code + 0x10);
            }

            yield return says.NextStep().Set("CNTP_CTL_EL0", 2).At(target.HighestLevel).Code(a => a.Nop()).Completes().ThenCloseGic(target);
        }
    }
}
