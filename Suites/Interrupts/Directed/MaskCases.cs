using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Interrupts.Directed.Say;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>Masks that go while an exception is pending, by an instruction or by a return (EX-306, EX-310, EX-316, EX-320).</summary>
internal static class MaskCases
{
    /// <summary>A pending exception that goes to the level it comes from: what makes it so.</summary>
    private static readonly (string Name, Line Line, bool IsVirtual, int Level, ulong Hcr, ulong Scr)[] s_sources =
    [
        ("irq-el1", Line.Irq, false, 1, 0, 0), ("fiq-el1", Line.Fiq, false, 1, 0, 0), ("irq-el2", Line.Irq, false, 2, Hcr.IMO, 0),
        ("fiq-el2", Line.Fiq, false, 2, Hcr.FMO, 0), ("fiq-el3", Line.Fiq, false, 3, 0, Scr.FIQ), ("irq-el2-tge", Line.Irq, false, 2, Hcr.TGE, 0),
        ("virq-el1", Line.Irq, true, 1, Hcr.IMO | Hcr.VI, 0), ("vfiq-el1", Line.Fiq, true, 1, Hcr.FMO | Hcr.VF, 0),
        ("vserror-el1", Line.SError, true, 1, Hcr.AMO | Hcr.VSE, 0),
    ];

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Opened(target), .. Returned(target), .. Synchronous()];

    /// <summary>After the mask bit is cleared the exception is taken at once, or at the ISB at the latest.</summary>
    private static IEnumerable<CaseBuilder> Opened(SuiteTarget target)
    {
        foreach ((string name, Line line, bool isVirtual, int level, ulong hcr, ulong scr) in s_sources.Where(s => s.Level <= target.HighestLevel))
        {
            int bit = line switch { Line.Irq => 2, Line.Fiq => 1, _ => 4 };
            Spsr after = Open(level, line.Mask());
            foreach ((string how, Func<Assembler, Assembler> opens, ulong pstate) in ((string, Func<Assembler, Assembler>, ulong)[])
            [
                ("daifclr", a => a.MsrImm("DAIFClr", bit), after), ("daif", a => a.Msr("DAIF", X1), after),
                ("daifclr-all", a => a.MsrImm("DAIFClr", 15), Open(level, Spsr.Daif)),
            ])
            {
                CaseBuilder says = That($"mask/{how}-{name}", $"{line.Name()} pending and masked at EL{level}: cleared by {how}, it is taken", "EX-316", isVirtual ? "EX-328" : level == 3 ? "EX-315" : "EX-310");
                yield return Sourced(says, target, line, isVirtual, hcr, scr).X(1, after & Spsr.Daif).At(level)
                    .Code(a => opens(a.Nop()).Isb().Nop())
                    .Takes(level, 0x200 + line.Vector(), spsr: pstate).SeesAny(FieldNames.Elr, Code + 8, Code + 12).Closed(target, isVirtual);
            }

            // The other masks have no say, and nothing comes before the mask goes.
            yield return Sourced(That($"mask/others-{name}", $"{line.Name()} pending at EL{level}: the other masks have no say", isVirtual ? "EX-328" : level == 3 ? "EX-315" : "EX-310"), target, line, isVirtual, hcr, scr)
                .Pstate(Open(level, Spsr.Daif & ~line.Mask())).Code(a => a.Nop().Isb().Nop()).Completes().Closed(target, isVirtual);
        }
    }

    /// <summary>What could not be taken waits for a level that can take it (EX-306).</summary>
    private static IEnumerable<CaseBuilder> Returned(SuiteTarget target)
    {
        foreach ((uint sgi, Line line) in ((uint, Line)[])[(Sgi1, Line.Irq), (Sgi0, Line.Fiq)])
        {
            foreach ((string name, int to, ulong masks, int taker) in ((string, int, ulong, int)[])
                [("el1", 1, Spsr.Daif, 1), ("el0", 0, Spsr.Daif, 1), ("el1-masked", 1, Spsr.Daif & ~line.Mask(), 0)])
            {
                Spsr there = Open(to, masks);
                CaseBuilder says = That($"mask/eret-{line.Name()}-{name}", $"{line.Name()} pending at EL2 without a level to go to: taken behind the ERET, or masked there", "EX-306", "EX-316", to == 0 ? "EX-311" : "EX-310")
                    .Pending(target, sgi).X(1, Code + 0x10).X(2, there).Pstate(Open(2, Spsr.Daif))
                    .Code(a => a.Msr("ELR_EL2", X1).Msr("SPSR_EL2", X2).Nop().Eret().Nop().Nop());
                yield return (taker == 0 ? says.Completes(there) : says.Takes(1, (to == 0 ? 0x400U : 0x200) + line.Vector(), elr: Code + 0x10, spsr: there)).Closed(target, isVirtual: false);
            }
        }
    }

    /// <summary>PSTATE.A, I, F mask no synchronous exception (EX-320).</summary>
    private static IEnumerable<CaseBuilder> Synchronous()
    {
        for (ulong masks = 0; masks < 8; masks++)
        {
            Spsr pstate = new(Spsr.At(0).Without(Spsr.Daif) | masks << 6);
            yield return That($"mask/svc-{masks}", $"SVC with PSTATE.{{A,I,F}} = {masks} is taken", "EX-320").Pstate(pstate).Code(a => a.Svc(0)).Takes(1, 0x400, 0x5600_0000, Code + 4, pstate);
        }
    }

    private static CaseBuilder Sourced(CaseBuilder says, SuiteTarget target, Line line, bool isVirtual, ulong hcr, ulong scr)
    {
        if (!isVirtual)
        {
            says.Pending(target, line == Line.Irq ? Sgi1 : Sgi0);
        }

        says.Change("HCR_EL2", hcr);
        return scr == 0 ? says : says.Change("SCR_EL3", scr);
    }

    private static CaseBuilder Closed(this CaseBuilder says, SuiteTarget target, bool isVirtual) => isVirtual ? says : says.ThenCloseGic(target);
}
