using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Interrupts.Directed.Say;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>Virtual exceptions after they were taken, and ESB (EX-329, EX-330, EX-332, EX-339).</summary>
internal static class VirtualCases
{
    private const ulong Syndrome = 0x155_AA55;

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Again(), .. ErrorBarrier(target), .. Status()];

    /// <summary>vIRQ and vFIQ are levels, vSError goes when it is taken.</summary>
    private static IEnumerable<CaseBuilder> Again()
    {
        foreach (Line line in Lines.All)
        {
            Spsr open = Open(1, line.Mask());
            CaseBuilder says = That($"virtual/{line.Name()}-again", $"v{line.Name()}: taken, then entered again with the mask clear", line == Line.SError ? "EX-329" : "EX-330", "EX-328")
                .Change("HCR_EL2", line.ToEl2() | line.VirtualPending()).Pstate(open).Code(a => a.Nop().Nop())
                .Takes(1, 0x200 + line.Vector(), elr: Code, spsr: open).NextStep().Pstate(open).Code(a => a.Nop().Nop());
            yield return line == Line.SError ? says.Completes(open) : says.Takes(1, 0x200 + line.Vector(), elr: Code, spsr: open);
        }

        // With nothing but the pending bit, and with nothing but the routing bit.
        foreach (Line line in Lines.All)
        {
            foreach ((string name, ulong hcr) in ((string, ulong)[])[("pending", line.VirtualPending()), ("routed", line.ToEl2())])
            {
                Spsr open = Open(1, Spsr.Daif);
                yield return That($"virtual/{line.Name()}-only-{name}", $"v{line.Name()} {name} alone: nothing is taken, and the bit stays", "EX-325")
                    .Change("HCR_EL2", hcr).Pstate(open).Code(a => a.Nop().Isb().Nop()).Completes(open)
                    .NextStep().At(2).Code(a => a.Mrs(X2, "HCR_EL2")).Completes().Sees("X2", hcr, line.VirtualPending() | line.ToEl2());
            }
        }
    }

    private static IEnumerable<CaseBuilder> ErrorBarrier(SuiteTarget target)
    {
        foreach ((string name, int level, ulong hcr, bool deferred) in ((string, int, ulong, bool)[])
        [
            ("el1", 1, Hcr.AMO | Hcr.VSE, true), ("el0", 0, Hcr.AMO | Hcr.VSE, true), ("not-routed", 1, Hcr.VSE, false), ("not-pending", 1, Hcr.AMO, false),
            ("el2", 2, Hcr.AMO | Hcr.VSE, false), ("el0-tge", 0, Hcr.TGE | Hcr.AMO | Hcr.VSE, false), ("el1-nv", 1, Hcr.NV | Hcr.AMO | Hcr.VSE, true),
        ])
        {
            ulong left = deferred ? hcr & ~Hcr.VSE : hcr;
            yield return That($"esb/{name}", $"ESB at EL{level}, HCR_EL2 0x{hcr:x}: the virtual SError is {(deferred ? "deferred to VDISR_EL2" : "left alone")}", "EX-332")
                .Needs("FEAT_RAS", (hcr & Hcr.NV) != 0 ? "FEAT_NV" : "FEAT_RAS").Change("HCR_EL2", hcr).Set("VSESR_EL2", Syndrome).Set("VDISR_EL2", 0).At(level)
                .Code(a => a.Esb().Nop()).Completes(Spsr.At(level))
                .NextStep().At(2).Code(a => a.Mrs(X2, "HCR_EL2").Mrs(X3, "VDISR_EL2")).Completes()
                .Sees("X2", left & (Hcr.AMO | Hcr.VSE), Hcr.AMO | Hcr.VSE).Sees("X3", deferred ? 1UL << 31 | Syndrome : 0, 0x81FF_FFFF);
        }

        // DISR_EL1 at EL1 is the virtual register while SErrors are virtual, so the guest sees what was deferred.
        yield return That("esb/disr", "DISR_EL1 at EL1 shows the virtual SError that ESB deferred", "EX-332")
            .Needs("FEAT_RAS").Change("HCR_EL2", Hcr.AMO | Hcr.VSE).Set("VSESR_EL2", Syndrome).Set("VDISR_EL2", 0).At(1)
            .Code(a => a.Esb().Isb().Mrs(X2, "DISR_EL1").Mrs(X3, "ISR_EL1").Msr("DISR_EL1", XZR)).Completes().Sees("X2", 1UL << 31 | Syndrome, 0x81FF_FFFF).Sees("X3", 0);
        if (target.HighestLevel == 3)
        {
            yield return That("esb/open", "ESB with the mask clear takes the virtual SError that is pending; nothing is deferred", "EX-332", "EX-329")
                .Needs("FEAT_RAS").Change("HCR_EL2", Hcr.AMO | Hcr.VSE).Set("VSESR_EL2", Syndrome).Set("VDISR_EL2", 0).Pstate(Open(1, Spsr.A))
                .Code(a => a.Esb().Nop()).Takes(1, 0x380, 0xBE00_0000 | Syndrome).Sees("VDISR_EL2", 0).Sees("HCR_EL2", Hcr.AMO, Hcr.AMO | Hcr.VSE);
        }
    }

    /// <summary>ISR_EL1 follows HCR_EL2.VI and its kin at once, whatever is masked (EX-335, EX-339).</summary>
    private static IEnumerable<CaseBuilder> Status()
    {
        for (ulong pending = 0; pending < 8; pending++)
        {
            for (ulong routed = 0; routed < 8; routed++)
            {
                // VSE, VI, VF and AMO, IMO, FMO stand in the order of ISR_EL1.A, I, F.
                ulong shown = (pending & routed) << 6;
                yield return That($"isr/pending{pending}-routed{routed}", $"HCR_EL2.{{VSE,VI,VF}} = {pending}, {{AMO,IMO,FMO}} = {routed}, all masked: ISR_EL1 is 0x{shown:x} at EL1, 0 at EL2", "EX-335", "EX-336", "EX-337", "EX-339")
                    .Change("HCR_EL2", pending << 6 | routed << 3).At(1).Code(a => a.Mrs(X2, "ISR_EL1")).Completes(Spsr.At(1)).Sees("X2", shown)
                    .NextStep().At(2).Code(a => a.Mrs(X2, "ISR_EL1")).Completes(Spsr.At(2)).Sees("X2", 0);
            }
        }
    }
}
