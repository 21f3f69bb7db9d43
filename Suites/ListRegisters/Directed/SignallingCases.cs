using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Whether a virtual interrupt is taken, and what shows that it is pending (GV-067 to GV-073, GV-083, GV-087).</summary>
internal static class SignallingCases
{
    private const uint IrqVector = 0x80;
    private const uint FiqVector = 0x100;
    private const int UnmaskIrqFiq = 3;

    /// <summary>Where a virtual interrupt comes from.</summary>
    private enum Source
    {
        ListRegister,
        Hcr,
        Both,
    }

    internal static IEnumerable<CaseBuilder> All(CaseMaker make) => Taken(make).Concat(Shown(make)).Concat(Around(make));

    private static VirtualState Pending(CaseMaker make, int group) =>
        make.Idle.WithLr(0, ListRegister.Of(LrState.Pending, Enumerated.Vocabulary.Spi, 0x80, group));

    private static IEnumerable<CaseBuilder> Taken(CaseMaker make)
    {
        foreach (int group in (int[])[0, 1])
        {
            (ulong route, ulong line, ulong mask, uint vector) = group == 1 ? (Hcr.IMO, Hcr.VI, Spsr.I, IrqVector) : (Hcr.FMO, Hcr.VF, Spsr.F, FiqVector);
            foreach (Source source in Enum.GetValues<Source>())
            {
                foreach (int level in (int[])[0, 1])
                {
                    foreach (ulong routes in (ulong[])[0, Hcr.IMO, Hcr.FMO, Hcr.IMO | Hcr.FMO])
                    {
                        foreach (ulong open in (ulong[])[0, Spsr.I, Spsr.F, Spsr.I | Spsr.F])
                        {
                            foreach (bool enabled in source == Source.Hcr ? (bool[])[true] : [true, false])
                            {
                                bool up = (source != Source.ListRegister || enabled) && (routes & route) != 0 && (open & mask) != 0;
                                VirtualState s = source == Source.Hcr ? make.Idle : Pending(make, group);
                                string name = $"signal/taken-g{group}-{source.ToString().ToLowerInvariant()}-el{level}{Word(routes, Hcr.IMO, "imo")}{Word(routes, Hcr.FMO, "fmo")}"
                                    + $"{Word(open, Spsr.I, "i")}{Word(open, Spsr.F, "f")}{(enabled ? "" : "-off")}";
                                CaseBuilder sentence = That(name, up ? "The virtual interrupt is taken to EL1" : "No virtual interrupt is taken", [69, 70, .. routes is 0 or (Hcr.IMO | Hcr.FMO) ? (int[])[] : [13]])
                                    .With(make, s with { Hcr = enabled ? VirtualState.HcrEn : 0 })
                                    .Change("HCR_EL2", routes | (source != Source.ListRegister ? line : 0), Hcr.IMO | Hcr.FMO)
                                    .Pstate(Spsr.At(level).Without(open)).Code(a => a.Isb().Nop().Nop());
                                yield return up ? sentence.Takes(1, (level == 1 ? 0x200u : 0x400) + vector) : sentence.Completes();
                            }
                        }
                    }
                }
            }
        }
    }

    private static string Word(ulong value, ulong bit, string word) => (value & bit) != 0 ? $"-{word}" : "";

    /// <summary>ISR_EL1: virtual at EL1 for the interrupts that HCR_EL2 routes, never at EL2.</summary>
    private static IEnumerable<CaseBuilder> Shown(CaseMaker make)
    {
        foreach (int group in (int[])[0, 1])
        {
            (ulong route, ulong line, ulong shown) = group == 1 ? (Hcr.IMO, Hcr.VI, 0x80UL) : (Hcr.FMO, Hcr.VF, 0x40);
            foreach (ulong routes in (ulong[])[0, Hcr.IMO, Hcr.FMO, Hcr.IMO | Hcr.FMO])
            {
                foreach (Source source in Enum.GetValues<Source>())
                {
                    foreach (int level in (int[])[1, 2])
                    {
                        foreach (bool enabled in (bool[])[true, false])
                        {
                            bool up = level == 1 && (routes & route) != 0 && (source != Source.ListRegister || enabled);
                            yield return That(
                                $"signal/shown-g{group}-{source.ToString().ToLowerInvariant()}-el{level}{Word(routes, Hcr.IMO, "imo")}{Word(routes, Hcr.FMO, "fmo")}{(enabled ? "" : "-off")}",
                                $"ISR_EL1 at EL{level} shows {(up ? "the virtual interrupt" : "no virtual interrupt")}", [73, 67, .. enabled ? (int[])[] : [70]])
                                .With(make, (source == Source.Hcr ? make.Idle : Pending(make, group)) with { Hcr = enabled ? VirtualState.HcrEn : 0 })
                                .Change("HCR_EL2", routes | (source != Source.ListRegister ? line : 0), Hcr.IMO | Hcr.FMO).At(level)
                                .Code(a => a.Isb().Mrs(X3, "ISR_EL1")).Completes().SeesX(3, up ? shown : 0, Lines.Mask);
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<CaseBuilder> Around(CaseMaker make)
    {
        foreach (int group in (int[])[0, 1])
        {
            uint vector = group == 1 ? IrqVector : FiqVector;
            string iar = group == 1 ? "ICC_IAR1_EL1" : "ICC_IAR0_EL1";
            VirtualState s = Pending(make, group);
            ulong waiting = s.Lrs[0].Value;
            ulong kept = s.Lrs[0].Kept(make.Sizes);
            yield return That($"signal/not-at-el2-g{group}", "A virtual interrupt waits while EL2 runs, and is taken at EL1", 71)
                .With(make, s).Virtual().Pstate(Spsr.At(2).Without(Spsr.Daif)).Code(a => a.Isb().Nop().Nop())
                .Completes().Sees("ICH_LR0_EL2", waiting & kept, kept)
                .NextStep().Pstate(Spsr.At(1).Without(Spsr.I | Spsr.F)).Code(a => a.Isb().Nop().Nop()).Takes(1, 0x200 + vector);
            yield return That($"signal/not-with-tge-g{group}", "No virtual interrupt is taken at EL0 with TGE", 71, 16, 69)
                .With(make, s).Virtual(Hcr.TGE).Pstate(Spsr.At(0).Without(Spsr.I | Spsr.F)).Code(a => a.Nop().Nop().Nop())
                .Completes().Sees("ICH_LR0_EL2", waiting & kept, kept);
            foreach (int level in (int[])[0, 1])
            {
                yield return That($"signal/wfi-g{group}-el{level}", "A virtual interrupt that is pending and masked ends WFI", 72)
                    .With(make, s).Virtual().At(level).Code(a => a.Wfi().Nop()).Completes();
            }

            yield return That($"signal/acknowledged-g{group}", "After an acknowledge the interrupt is not taken, even if the next instruction unmasks", 83, 81)
                .With(make, s).Virtual().At(1).Code(a => a.Mrs(X2, iar).MsrImm("DAIFClr", UnmaskIrqFiq).Nop().Nop())
                .Completes().SeesX(2, Enumerated.Vocabulary.Spi, make.Sizes.IntIdMask);
            yield return That($"signal/masked-g{group}", "After a write of ICC_PMR_EL1 no interrupt that it masks is taken", 87)
                .With(make, s).Virtual().X(0, 0x80).X(1, 0x88).At(1)
                .Code(a => a.Msr("ICC_PMR_EL1", X0).MsrImm("DAIFClr", UnmaskIrqFiq).Nop().Nop().MsrImm("DAIFSet", UnmaskIrqFiq)).Completes()
                .NextStep().At(1).Code(a => a.Msr("ICC_PMR_EL1", X1).Isb().MsrImm("DAIFClr", UnmaskIrqFiq).Nop().Nop()).Takes(1, 0x200 + vector);
            yield return That($"signal/group-g{group}", "A group that is disabled is not signalled, and keeps its list registers", 86, 61)
                .With(make, s).Virtual().At(1)
                .Code(a => a.Msr(group == 1 ? "ICC_IGRPEN1_EL1" : "ICC_IGRPEN0_EL1", XZR).Isb().MsrImm("DAIFClr", UnmaskIrqFiq).Nop().Nop())
                .Completes().Sees("ICH_LR0_EL2", waiting & kept, kept);
        }
    }
}
