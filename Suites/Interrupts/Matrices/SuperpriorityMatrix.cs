using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts.Matrices;

/// <summary>
/// One interrupt, with Superpriority or without, from each source that can give it, against all that masks it: SCTLR_ELx.NMI and
/// SPINTMASK of the level that takes it, PSTATE.ALLINT, SP and the mask of its kind (EX-317, EX-334).
/// </summary>
internal static class SuperpriorityMatrix
{
    private const uint Group1Sgi = 1 << 1;
    private const ulong ListRegistersOn = 1;
    private const ulong VirtualGroup1 = 0xFF00_0002;

    /// <summary>Where an interrupt comes from.</summary>
    /// <param name="Name">For ids.</param>
    /// <param name="Line">Its kind.</param>
    /// <param name="Target">The level that takes it.</param>
    /// <param name="Levels">The levels at which it finds the PE.</param>
    private sealed record Source(string Name, Line Line, int Target, int[] Levels)
    {
        internal bool IsPhysical => Name.StartsWith("sgi", StringComparison.Ordinal);

        internal ulong Controls => Name switch
        {
            "sgi-el1" => 0,
            "sgi-el2" or "lr" => Line.ToEl2(),
            _ => Line.ToEl2() | Line.VirtualPending(),
        };
    }

    private static readonly Source[] s_sources =
    [
        new("sgi-el1", Line.Irq, 1, [0, 1]), new("sgi-el2", Line.Irq, 2, [1, 2]), new("lr", Line.Irq, 1, [0, 1]),
        new("virq", Line.Irq, 1, [0, 1]), new("vfiq", Line.Fiq, 1, [0, 1]),
    ];

    internal static IEnumerable<Case> Cases(SuiteTarget target) =>
        from source in s_sources
        where target.Features.Has(source.Line == Line.Fiq || source.Name == "virq" ? "FEAT_HCX" : "FEAT_GICv3_NMI") && target.Features.Has("FEAT_NMI")
        from level in source.Levels
        from bits in Enumerable.Range(0, 64)
        where level > 0 || (bits & 8) == 0 // EL0 has no SP_ELx to select
        where !Unsettles(target, source, bits)
        select Of(target, source, level, bits);

    /// <summary>
    /// The level that runs the cases would take the interrupt itself: it masks by PSTATE.I and F, which does not help where NMI is 1.
    /// </summary>
    private static bool Unsettles(SuiteTarget target, Source source, int bits) =>
        source.IsPhysical && source.Target == target.HighestLevel && (bits & 1) != 0 && (bits & 32) != 0;

    private static Case Of(SuiteTarget target, Source source, int level, int bits)
    {
        bool Bit(int n) => (bits >> n & 1) != 0;
        (bool nmi, bool spIntMask, bool allInt, bool sp, bool closed, bool super) = (Bit(0), Bit(1), Bit(2), Bit(3), Bit(4), Bit(5));
        Spsr pstate = new Spsr((ulong)level << 2 | Spsr.Daif).With(Spsr.Sp, sp).With(Spsr.Allint, allInt).With(source.Line.Mask(), closed);
        ulong sctlr = (nmi ? Sctlr.NMI : 0) | (spIntMask ? Sctlr.SPINTMASK : 0);
        string id = $"interrupts/superpriority/{source.Name}-at-el{level}-{(super ? "super" : "ordinary")}-nmi{(nmi ? 1 : 0)}-spintmask{(spIntMask ? 1 : 0)}-allint{(allInt ? 1 : 0)}-sp{(sp ? 1 : 0)}-{(closed ? "masked" : "open")}";
        CaseBuilder says = CaseBuilder.Case(id, $"{(super ? "An interrupt with Superpriority" : "An interrupt")} by {source.Name} at EL{level}, SCTLR_EL{source.Target}.{{SPINTMASK,NMI}} = {sctlr >> 61}")
            .Rules(source.IsPhysical || source.Name == "lr" ? ["EX-317"] : ["EX-317", "EX-334"]).Needs("FEAT_NMI");
        says = source.Name switch
        {
            "lr" => says.Needs("FEAT_GICv3_NMI").Set("ICH_HCR_EL2", ListRegistersOn).Set("ICH_VMCR_EL2", VirtualGroup1)
                .Set("ICH_LR0_EL2", ListRegister.Of(LrState.Pending, 40, 0, 1, nmi: super).Value),
            "virq" => says.Needs("FEAT_HCX").Set("HCRX_EL2", super ? Hcrx.VINMI : 0),
            "vfiq" => says.Needs("FEAT_HCX").Set("HCRX_EL2", super ? Hcrx.VFNMI : 0),
            _ => WithSgi(says, target, super),
        };

        // After the steps that set up, which the level of the executive may run with controls of its own.
        says.Change($"SCTLR_EL{source.Target}", sctlr).Change("HCR_EL2", source.Controls, Hcr.IMO | Hcr.FMO | Hcr.VI | Hcr.VF);
        says.Pstate(pstate).Code(a => level == 0 ? a.Nop().Nop() : a.Nop().Mrs(X2, "ISR_EL1").Nop());
        Say(superActs: super, wanted: super);
        if (source.IsPhysical && super)
        {
            says.Or("the distributor has no NMIs");
            Say(superActs: false, wanted: false);
        }

        return (source.IsPhysical ? ThenWithout(says, target).ThenCloseGic(target) : says).Build();

        void Say(bool superActs, bool wanted)
        {
            bool at = level == source.Target;
            bool byAll = nmi && at && (allInt || (sp && spIntMask));
            bool byMask = closed && (at || level == 0) && !(nmi && superActs);
            if (source.IsPhysical)
            {
                says.Sees("X5", wanted ? Group1Sgi : 0, Group1Sgi);
            }

            if (byAll || byMask)
            {
                says.Completes(pstate);
                if (level > 0)
                {
                    says.Rules("EX-338").Sees("X2", source.Line.Mask() | (superActs ? source.Line.Mask() << 3 : 0));
                }
            }
            else
            {
                says.Takes(source.Target, (level < source.Target ? 0x400U : sp ? 0x200U : 0) + source.Line.Vector(), elr: GuestMemory.Code, spsr: pstate)
                    .Sees(FieldNames.Pstate, spIntMask ? 0 : Spsr.Allint, Spsr.Allint);
            }
        }
    }

    /// <summary>An SGI of Group 1 is pending; X5 shows whether it has the non-maskable property.</summary>
    private static CaseBuilder WithSgi(CaseBuilder says, SuiteTarget target, bool nonMaskable) =>
        says.Needs("FEAT_GICv3_NMI", "FEAT_GICv3").WithGic(target, Group1Sgi, Group1Sgi, Group1Sgi)
            .Pstate(Spsr.At(target.HighestLevel).With(Spsr.Allint)).X(0, Gic.SgiFrame).X(1, nonMaskable ? Group1Sgi : 0)
            .Code(a => a.StrW(X1, X0, Gic.NonMaskable).Dsb().LdrW(X5, X0, Gic.NonMaskable)).Outcome("the property is given").Completes().NextStep();

    private static CaseBuilder ThenWithout(CaseBuilder says, SuiteTarget target) =>
        says.NextStep().Pstate(Spsr.At(target.HighestLevel).With(Spsr.Allint)).X(0, Gic.SgiFrame)
            .Code(a => a.StrW(XZR, X0, Gic.NonMaskable).Dsb()).Outcome("the property is taken away").Completes();
}
