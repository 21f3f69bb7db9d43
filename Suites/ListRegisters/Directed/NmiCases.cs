using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.ListRegisters.Directed.Say;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Virtual interrupts with superpriority (GV-150 to GV-157), on devices with FEAT_GICv3_NMI.</summary>
internal static class NmiCases
{
    internal static IEnumerable<Case> All(CaseMaker make)
    {
        if (!make.Sizes.Nmi)
        {
            yield break;
        }

        foreach (LrState state in (LrState[])[LrState.Pending, LrState.Active])
        {
            foreach (ulong priority in (ulong[])[0, 0x80, 0xF8])
            {
                foreach ((string running, VirtualState start) in Starts(make))
                {
                    foreach (bool second in make.Sizes.ListRegisters > 1 ? Both : [false])
                    {
                        foreach (bool enabled in Both)
                        {
                            VirtualState s = start.WithLr(0, ListRegister.Of(state, Spi, priority, 1, nmi: true)) with { NmiEnabled = enabled };
                            s = second ? s.WithLr(1, ListRegister.Of(LrState.Pending, OtherSpi, 0, 1)) : s;
                            foreach (GicAccess access in Accesses(enabled))
                            {
                                yield return make.Single(
                                    $"nmi/{(priority == 0 ? "" : "priority-set/")}{Word(state)}-{Hex(priority)}-{running}{(second ? "-other" : "")}{(enabled ? "-enabled" : "")}-{Word(access)}", s, access);
                            }
                        }
                    }
                }
            }
        }

        VirtualState masked = make.Idle with { Vmcr = Field(make.Idle.Vmcr, VirtualState.VpmrAt, 0xFF, 0x50) };
        yield return That("nmi/group-0", "NMI of a Group 0 interrupt counts as 0, or gives it superpriority", 154).Needs("FEAT_GICv3_NMI")
            .With(make, masked.WithLr(0, ListRegister.Of(LrState.Pending, Spi, 0x80, 0, nmi: true))).Virtual().At(1)
            .Code(a => a.Mrs(X2, "ICC_IAR0_EL1"))
            .Outcome("counts as 0").Completes().SeesX(2, 1023, make.Sizes.IntIdMask).Or("superpriority").Completes().SeesX(2, Spi, make.Sizes.IntIdMask).Build();
        yield return That("nmi/closed", "ICC_NMIAR1_EL1 is UNDEFINED while SCTLR_EL1.NMI is 0, before any trap", 153).Needs("FEAT_GICv3_NMI")
            .Set("ICH_HCR_EL2", VirtualState.HcrTall1).Virtual().At(1).Code(a => a.Mrs(X2, "ICC_NMIAR1_EL1")).Takes(1, 0x200, Undefined).Build();
        yield return That("nmi/trapped", "TALL1 traps ICC_NMIAR1_EL1 when SCTLR_EL1.NMI is 1", 153, 24).Needs("FEAT_GICv3_NMI")
            .Set("ICH_HCR_EL2", VirtualState.HcrTall1).Change("SCTLR_EL1", Nmi.SctlrNmi).Virtual().Pstate(Spsr.At(1).With(Spsr.Allint))
            .Code(a => a.Mrs(X2, "ICC_NMIAR1_EL1")).Takes(2, 0x400, Trap("ICC_NMIAR1_EL1", read: true, X2)).Build();
        yield return That("nmi/closed-el2", "ICC_NMIAR1_EL1 is UNDEFINED at EL2 while SCTLR_EL2.NMI is 0, whatever SCTLR_EL1.NMI is", 153).Needs("FEAT_GICv3_NMI")
            .Change("SCTLR_EL1", Nmi.SctlrNmi).Virtual().At(2).Code(a => a.Mrs(X2, "ICC_NMIAR1_EL1")).Takes(2, 0x200, Undefined).Build();
        foreach (CaseBuilder sentence in Selected(make))
        {
            yield return sentence.Build();
        }
    }

    /// <summary>IMO decides which interface ICC_NMIAR1_EL1 reaches at EL1, and nothing at EL2 (GV-011, GV-015).</summary>
    private static IEnumerable<CaseBuilder> Selected(CaseMaker make)
    {
        VirtualState s = make.Idle.WithLr(0, ListRegister.Of(LrState.Pending, Spi, 0, 1, nmi: true)) with { NmiEnabled = true };
        foreach (ulong route in (ulong[])[0, Hcr.FMO, Hcr.IMO, Hcr.FMO | Hcr.IMO])
        {
            string name = $"nmi/select{((route & Hcr.FMO) != 0 ? "-fmo" : "")}{((route & Hcr.IMO) != 0 ? "-imo" : "")}";
            bool isVirtual = (route & Hcr.IMO) != 0;
            yield return That(name, $"ICC_NMIAR1_EL1 at EL1 is the {(isVirtual ? "virtual" : "physical")} register", 11, 152).Needs("FEAT_GICv3_NMI")
                .With(make, s).Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO).Pstate(Spsr.At(1).With(Spsr.Allint))
                .Code(a => a.Mrs(X2, "ICC_NMIAR1_EL1").Dsb().Isb()).Completes().SeesX(2, isVirtual ? Spi : 1023, make.Sizes.IntIdMask)
                .Sees("ICH_LR0_EL2", (isVirtual ? 2UL : 1) << ListRegister.StateAt, 3UL << ListRegister.StateAt);
            yield return That($"{name}-at-el2", "ICC_NMIAR1_EL1 at EL2 is the physical register", 15).Needs("FEAT_GICv3_NMI")
                .With(make, s).Change("SCTLR_EL2", Nmi.SctlrNmi).Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO).Pstate(Spsr.At(2).With(Spsr.Allint))
                .Code(a => a.Mrs(X2, "ICC_NMIAR1_EL1").Dsb().Isb()).Completes().SeesX(2, 1023, make.Sizes.IntIdMask)
                .Sees("ICH_LR0_EL2", 1UL << ListRegister.StateAt, 3UL << ListRegister.StateAt);
        }
    }

    private static IEnumerable<(string Name, VirtualState State)> Starts(CaseMaker make)
    {
        yield return ("idle", make.Idle);
        yield return ("masked", make.Idle with { Vmcr = Field(make.Idle.Vmcr, VirtualState.VpmrAt, 0xFF, 0) });
        yield return ("running-00", make.Idle.WithActive(1, 1));
        yield return ("running-40", make.Idle.WithActive(1, Level(make.Sizes, 0x40)));
        yield return ("running-nmi", make.Idle with { NmiActive = true });
        yield return ("running-nmi-40", make.Idle.WithActive(1, Level(make.Sizes, 0x40)) with { NmiActive = true });
    }

    private static GicAccess[] Accesses(bool enabled) =>
        [new(Op.Iar, 1), new(Op.Iar, 0), new(Op.Rpr), new(Op.Eoir, 1, Value: Spi), .. enabled ? (GicAccess[])[new(Op.Nmiar, 1)] : []];
}
