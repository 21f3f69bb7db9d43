using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Interrupts.Directed.Say;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>FEAT_NMI: PSTATE.ALLINT and SPINTMASK mask at their own level, and virtual Superpriority passes PSTATE.I and F (EX-317, EX-334).</summary>
/// <remarks>A case with ALLINT set says so in PSTATE; at the vector ALLINT is NOT SPINTMASK (EX-054). Physical Superpriority needs FEAT_GICv3_NMI, and a distributor that has it.</remarks>
internal static class NmiCases
{
    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Masked(target), .. Virtual(), .. Acknowledged(target)];

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

    /// <summary>
    /// The physical interface: an NMI is told apart where SCTLR_ELx.NMI says so, is masked by no ICC_PMR_EL1, comes before priority 0 and
    /// preempts it, and ends before it. SGIs 1 and 2 are Group 1 at priority 0; X5 tells who got the non-maskable property.
    /// </summary>
    private static IEnumerable<CaseBuilder> Acknowledged(SuiteTarget target)
    {
        const uint sgi2 = 1 << 2;
        const ulong active = 1UL << 63;
        int home = target.HighestLevel;
        foreach (bool apart in (bool[])[true, false])
        {
            foreach ((string name, uint pending, uint nmis, ulong mask, ulong[] told) in ((string, uint, uint, ulong, ulong[])[])
            [
                // HPPIR1, IAR1 or NMIAR1, the other of them, RPR, EOIR1 of what was acknowledged, IAR1 or NMIAR1
                ("one", Sgi1, Sgi1, 0xFF, [1, 1, 1023, active, 1023]), ("one-masked", Sgi1, Sgi1, 0, [1, 1, 1023, active, 1023]),
                ("two", Sgi1 | sgi2, Sgi1 | sgi2, 0xFF, [1, 1, 1023, active, 2]), ("behind", Sgi1 | sgi2, sgi2, 0xFF, [2, 2, 1023, active, 1023]),
            ])
            {
                string taker = apart ? "ICC_NMIAR1_EL1" : "ICC_IAR1_EL1";
                CaseBuilder says = That($"nmi/acknowledge-{name}{(apart ? "-apart" : "")}", $"An NMI of the distributor is acknowledged by {taker}, whatever the mask, and ends first", "EX-317", "EX-338")
                    .Needs("FEAT_GICv3_NMI").Change("SCTLR_EL2", apart ? Sctlr.NMI : 0).WithGic(target, Group1, Sgi1 | sgi2, pending, mask)
                    .X(0, Gic.SgiFrame).X(1, nmis).Pstate(Spsr.At(home).With(Spsr.Allint))
                    .Code(a => a.StrW(X1, X0, Gic.NonMaskable).Dsb().LdrW(X5, X0, Gic.NonMaskable)).Outcome("the property is given").Completes()
                    .NextStep().Pstate(Spsr.At(2).With(Spsr.Allint))
                    .Code(a => a.Mrs(X1, "ISR_EL1").Mrs(X2, "ICC_HPPIR1_EL1").Mrs(X10, apart ? "ICC_IAR1_EL1" : "ICC_HPPIR1_EL1").Mrs(X3, taker).Dsb().Isb()
                        .Mrs(X4, taker).Mrs(X6, "ICC_RPR_EL1").Mrs(X7, "ICC_AP1R0_EL1").Msr("ICC_EOIR1_EL1", X3).Dsb().Isb()
                        .Mrs(X8, "ICC_RPR_EL1").Mrs(X9, taker).Dsb().Isb().Msr("ICC_EOIR1_EL1", X9).Isb());
                says = says.Sees("X5", nmis, Sgi1 | sgi2).Completes()
                    .Sees("X1", 0x480, 0x480).Sees("X4", told[2]).Sees("X6", told[3], active | 0xFF).Sees("X7", active, active)
                    .Sees("X8", 0xFF, active | 0xFF);
                says = name == "two" ? says.SeesAny("X2", 1, 2).SeesAny("X3", 1, 2) : says.Sees("X2", told[0]).Sees("X3", told[1]);
                says = apart ? says.Sees("X10", 1022) : says;

                // Behind an NMI the ordinary interrupt is left, which ICC_NMIAR1_EL1 does not give.
                says = name == "behind" ? says.Sees("X9", apart ? 1023UL : 1) : name == "two" ? says.SeesAny("X9", 1, 2) : says.Sees("X9", told[4]);
                yield return says.Or("the distributor has no NMIs").Completes().Sees("X5", 0, Sgi1 | sgi2)
                    .NextStep().Pstate(Spsr.At(home).With(Spsr.Allint)).X(0, Gic.SgiFrame)
                    .Code(a => a.StrW(XZR, X0, Gic.NonMaskable).Msr("ICC_AP1R0_EL1", XZR).Dsb().Isb()).Outcome("the property is taken away").Completes()
                    .ThenCloseGic(target);
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
