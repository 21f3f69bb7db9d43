using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Interrupts.Directed.Say;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>FEAT_NMI: PSTATE.ALLINT and SPINTMASK mask at their own level, and virtual Superpriority passes PSTATE.I and F (EX-317, EX-334).</summary>
/// <remarks>A case with ALLINT set says so in PSTATE; at the vector ALLINT is NOT SPINTMASK (EX-054). Physical Superpriority needs FEAT_GICv3_NMI.</remarks>
internal static class NmiCases
{
    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Masked(target), .. Virtual()];

    private static IEnumerable<CaseBuilder> Masked(SuiteTarget target)
    {
        foreach ((uint sgi, Line line) in ((uint, Line)[])[(Sgi1, Line.Irq), (Sgi0, Line.Fiq)])
        {
            foreach ((string name, int level, bool handler, ulong sctlr, bool allint, ulong hcr, int taker) in ((string, int, bool, ulong, bool, ulong, int)[])
            [
                ("el1-allint", 1, true, Sctlr.NMI, true, 0, 0), ("el1-open", 1, true, Sctlr.NMI, false, 0, 1), ("el1-off", 1, true, 0, true, 0, 1),
                ("el1-spintmask", 1, true, Sctlr.NMI | Sctlr.SPINTMASK, false, 0, 0), ("el1t-spintmask", 1, false, Sctlr.NMI | Sctlr.SPINTMASK, false, 0, 1),
                ("el1t-spintmask-allint", 1, false, Sctlr.NMI | Sctlr.SPINTMASK, true, 0, 0), ("el1-spintmask-off", 1, true, Sctlr.SPINTMASK, false, 0, 1),
                ("el1-to-el2", 1, true, Sctlr.NMI, true, line.ToEl2(), 2), ("el2-allint", 2, true, Sctlr.NMI, true, line.ToEl2(), 0),
                ("el2-open", 2, true, Sctlr.NMI, false, line.ToEl2(), 2), ("el2-spintmask", 2, true, Sctlr.NMI | Sctlr.SPINTMASK, false, line.ToEl2(), 0),
            ])
            {
                Spsr pstate = new Spsr((ulong)level << 2).With(Spsr.Sp, handler).With(Spsr.Allint, allint);
                CaseBuilder says = That($"nmi/{line.Name()}-{name}", $"{line.Name()} pending at EL{level}{(handler ? "h" : "t")}, SCTLR.{{SPINTMASK,NMI}} = {sctlr >> 61}, ALLINT = {(allint ? 1 : 0)}: {(taker == 0 ? "masked" : $"taken to EL{taker}")}", "EX-317")
                    .Needs("FEAT_NMI").Pending(target, sgi).Change($"SCTLR_EL{level}", sctlr).Change("HCR_EL2", hcr).Pstate(pstate).Code(a => a.Nop().Nop());
                yield return (taker == 0 ? says.Completes(pstate) : says.Takes(taker, (taker > level ? 0x400U : handler ? 0x200U : 0) + line.Vector(), elr: Code, spsr: pstate)).ThenCloseGic(target);
            }
        }
    }

    /// <summary>HCRX_EL2.VINMI and VFNMI: with SCTLR_EL1.NMI the interrupt has Superpriority, and PSTATE.I and F do not mask it.</summary>
    private static IEnumerable<CaseBuilder> Virtual()
    {
        foreach ((Line line, ulong super, ulong shown) in ((Line, ulong, ulong)[])[(Line.Irq, Hcrx.VINMI, 1UL << 10), (Line.Fiq, Hcrx.VFNMI, 1UL << 9)])
        {
            foreach ((string name, ulong nmi, bool allint, ulong hcrx, bool taken) in ((string, ulong, bool, ulong, bool)[])
            [
                ("super", Sctlr.NMI, false, super, true), ("super-allint", Sctlr.NMI, true, super, false), ("super-off", 0, false, super, false),
                ("ordinary", Sctlr.NMI, false, 0, false), ("super-spintmask", Sctlr.NMI | Sctlr.SPINTMASK, false, super, false),
            ])
            {
                Spsr pstate = Spsr.At(1).With(Spsr.Allint, allint);
                CaseBuilder says = That($"nmi/v{line.Name()}-{name}", $"v{line.Name()} at EL1 with all of DAIF set, HCRX_EL2 = 0x{hcrx:x}, SCTLR_EL1.{{SPINTMASK,NMI}} = {nmi >> 61}, ALLINT = {(allint ? 1 : 0)}", "EX-317", "EX-334")
                    .Needs("FEAT_NMI", "FEAT_HCX").Change("SCTLR_EL1", nmi).Set("HCRX_EL2", hcrx).Change("HCR_EL2", line.ToEl2() | line.VirtualPending())
                    .Pstate(pstate).Code(a => a.Nop().Mrs(X2, "ISR_EL1").Nop());
                yield return taken ? says.Takes(1, 0x200 + line.Vector(), elr: Code, spsr: pstate)
                    : says.Completes(pstate).Sees("X2", line.Mask() | (hcrx != 0 ? shown : 0));
            }
        }
    }
}
