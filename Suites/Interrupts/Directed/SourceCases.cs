using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Interrupts.Directed.Say;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>What the physical CPU interface lets through: groups, priorities, active interrupts, SGIs (EX-350, EX-351).</summary>
/// <remarks>Source: IHI 0069, "Physical interrupt handling and prioritization"; DDI 0601, the ICC registers.</remarks>
internal static class SourceCases
{
    private static readonly Spsr s_open = Spsr.At(1).Without(Spsr.Daif);

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Gates(target), .. Priorities(target), .. Generated(target), .. Handled(target)];

    /// <summary>Each of the enables between a pending interrupt and the PE, closed alone.</summary>
    private static IEnumerable<CaseBuilder> Gates(SuiteTarget target)
    {
        foreach ((uint sgi, Line line, string enable, ulong distributor) in ((uint, Line, string, ulong)[])
            [(Sgi0, Line.Fiq, "ICC_IGRPEN0_EL1", 2UL), (Sgi1, Line.Irq, "ICC_IGRPEN1_EL1", 1UL)])
        {
            int group = line == Line.Fiq ? 0 : 1;
            string rule = line == Line.Fiq ? "EX-350" : "EX-351";
            string other = group == 0 ? "ICC_IGRPEN1_EL1" : "ICC_IGRPEN0_EL1";
            yield return Taken(That($"source/group{group}", $"A Group {group} interrupt is an {line.Name()}", rule).Pending(target, sgi), target, line);
            yield return Taken(That($"source/group{group}-other-closed", $"{other} = 0 has no say in Group {group}", rule).Pending(target, sgi).Set(other, 0), target, line);
            yield return NotTaken(That($"source/group{group}-closed", $"{enable} = 0: a Group {group} interrupt is not signalled", rule).Pending(target, sgi).Set(enable, 0), target);
            yield return NotTaken(That($"source/group{group}-distributor-closed", $"GICD_CTLR with only the other group enabled: a Group {group} interrupt is not signalled", rule).Pending(target, sgi)
                .X(0, Gic.Distributor).X(1, distributor | 0x70).At(target.HighestLevel).Code(a => a.StrW(X1, X0).Dsb()).Completes().NextStep(), target);
            yield return NotTaken(That($"source/group{group}-not-enabled", $"GICR_ISENABLER0 clear: a Group {group} interrupt is not signalled", rule).Needs("FEAT_GICv3")
                .WithGic(target, Group1, 0, sgi), target);
            yield return That($"source/group{group}-highest", $"ICC_HPPIR{group}_EL1 shows the pending Group {group} interrupt, ICC_HPPIR{1 - group}_EL1 none", rule).Pending(target, sgi)
                .At(1).Code(a => a.Mrs(X2, "ICC_HPPIR0_EL1").Mrs(X3, "ICC_HPPIR1_EL1")).Completes()
                .Sees("X2", group == 0 ? 0UL : 1023, 0xFF_FFFF).Sees("X3", group == 1 ? 1UL : 1023, 0xFF_FFFF).ThenCloseGic(target);
            yield return NotTaken(That($"source/group{group}-not-pending", "Nothing pending: nothing is signalled", rule).Pending(target, 0), target);
        }
    }

    /// <summary>ICC_PMR_EL1 lets through what has a priority below it; of two the higher priority wins, whatever its group.</summary>
    private static IEnumerable<CaseBuilder> Priorities(SuiteTarget target)
    {
        foreach ((ulong priority, ulong mask, bool passes) in ((ulong, ulong, bool)[])
            [(0x80, 0x80, false), (0x80, 0x88, true), (0x80, 0x78, false), (0, 0, false), (0, 8, true), (0xF0, 0xF8, true), (0xF8, 0xF8, false), (0xF8, 0xFF, false)])
        {
            // With 5 bits 0xFF is kept as 0xF8; with more it is above, and the interrupt passes.
            CaseBuilder says = That($"source/priority{priority:x}-mask{mask:x}", $"Priority 0x{priority:x}, ICC_PMR_EL1 0x{mask:x}", "EX-351")
                .Needs("FEAT_GICv3").WithGic(target, Group1, Sgi1, 0, mask)
                .X(0, Gic.SgiFrame).X(1, priority << 8).X(2, Sgi1).At(target.HighestLevel)
                .Code(a => a.StrW(X1, X0, Gic.Priorities).StrW(X2, X0, Gic.SetPending).Dsb()).Completes().NextStep();
            if (mask == 0xFF)
            {
                yield return ClosePriorities(says.Pstate(s_open).Code(a => a.Nop().Nop()).Outcome("5 bits").Completes(s_open)
                    .Or("more bits").Takes(1, 0x280, elr: Code, spsr: s_open), target);
                continue;
            }

            yield return ClosePriorities(passes ? Take(says, Line.Irq) : Stay(says), target);
        }

        foreach ((string name, ulong priorities, Line first) in ((string, ulong, Line)[])[("0-first", 0x9080, Line.Fiq), ("1-first", 0x8090, Line.Irq)])
        {
            yield return ClosePriorities(Take(That($"source/both-groups-{name}", "Both groups pending: the higher priority is signalled", "EX-350", "EX-351")
                .Needs("FEAT_GICv3").WithGic(target, Group1, Sgi0 | Sgi1, 0)
                .X(0, Gic.SgiFrame).X(1, priorities).X(2, Sgi0 | Sgi1).At(target.HighestLevel)
                .Code(a => a.StrW(X1, X0, Gic.Priorities).StrW(X2, X0, Gic.SetPending).Dsb()).Completes().NextStep(), first), target);
        }
    }

    /// <summary>SGIs of the PE to itself. Its affinity is 0.0.0.0.</summary>
    /// <remarks>
    /// Source: IHI 0069, "Forwarding an SGI to a target PE", with one Security state: SGI0R makes those of Group 0 only, and so does
    /// ASGI1R, there being no other Security state. Whether SGI1R makes those of Group 0 as well is read in two ways, and accepted in both.
    /// </remarks>
    private static IEnumerable<CaseBuilder> Generated(SuiteTarget target)
    {
        foreach ((string register, int sgi, Line line, bool toSelf) in ((string, int, Line, bool)[])
        [
            ("ICC_SGI1R_EL1", 1, Line.Irq, true), ("ICC_SGI0R_EL1", 0, Line.Fiq, true), ("ICC_SGI1R_EL1", 1, Line.Irq, false), ("ICC_SGI0R_EL1", 0, Line.Fiq, false),
            ("ICC_SGI0R_EL1", 1, Line.Irq, false), ("ICC_ASGI1R_EL1", 0, Line.Fiq, true), ("ICC_ASGI1R_EL1", 1, Line.Irq, false), ("ICC_SGI1R_EL1", 0, Line.Fiq, true),
        ])
        {
            // To nobody: "all but self", or a group that the SGI does not belong to.
            bool wrongGroup = !toSelf && sgi == 1 && register != "ICC_SGI1R_EL1";
            bool otherGroup = register == "ICC_SGI1R_EL1" && sgi == 0;
            ulong value = (ulong)sgi << 24 | (toSelf || wrongGroup ? 1UL : 1UL << 40);
            CaseBuilder says = That($"source/{register.ToLowerInvariant()}-{(otherGroup ? "other-group" : toSelf ? "self" : wrongGroup ? "wrong-group" : "others")}", $"{register} at EL1, SGI {sgi}: {(otherGroup ? "taken, or nothing comes" : toSelf ? "taken" : "nothing comes")}", line == Line.Fiq ? "EX-350" : "EX-351")
                .Pending(target, 0).X(1, value).Pstate(s_open).Code(a => a.Msr(register, X1).Dsb().Isb().Nop().Nop());
            if (toSelf)
            {
                says.Takes(1, 0x200 + line.Vector(), spsr: s_open).SeesAny(FieldNames.Elr, Code + 4, Code + 8, Code + 0xC, Code + 0x10, Code + 0x14);
                says = otherGroup ? says.Or("it is for Group 1 alone").Completes(s_open) : says;
            }
            else
            {
                says.Completes(s_open);
            }

            yield return says.ThenCloseGic(target);
        }
    }

    /// <summary>Acknowledged, an interrupt is no longer signalled; ended, a new one is.</summary>
    private static IEnumerable<CaseBuilder> Handled(SuiteTarget target)
    {
        foreach ((uint sgi, Line line, string group) in ((uint, Line, string)[])[(Sgi0, Line.Fiq, "0"), (Sgi1, Line.Irq, "1")])
        {
            ulong intId = sgi >> 1; // SGI 0 or SGI 1
            string rule = line == Line.Fiq ? "EX-350" : "EX-351";
            yield return That($"source/acknowledged-{group}", $"ICC_IAR{group}_EL1 returns the INTID; the active interrupt is not signalled, its end lets the next one through", rule)
                .Pending(target, sgi).At(1).Code(a => a.Mrs(X2, $"ICC_IAR{group}_EL1").Dsb().Isb().Mrs(X3, "ISR_EL1").Mrs(X4, $"ICC_IAR{group}_EL1"))
                .Completes().Sees("X2", intId, 0xFF_FFFF).Sees("X3", 0).Sees("X4", 1023, 0xFF_FFFF)
                .NextStep().Pstate(s_open).Code(a => a.Nop().Nop()).Completes(s_open)
                .NextStep().X(0, Gic.SgiFrame).X(1, sgi).X(5, intId).At(target.HighestLevel)
                .Code(a => a.StrW(X1, X0, Gic.SetPending).Dsb()).Completes()
                .NextStep().Pstate(s_open).Code(a => a.Nop().Nop()).Completes(s_open)
                .NextStep().At(1).Code(a => a.Msr($"ICC_EOIR{group}_EL1", X5).Isb().Mrs(X6, "ISR_EL1")).Completes().Sees("X6", line.Mask())
                .NextStep().Pstate(s_open).Code(a => a.Nop().Nop()).Takes(1, 0x200 + line.Vector(), elr: Code, spsr: s_open).ThenCloseGic(target);
        }
    }

    private static CaseBuilder Take(CaseBuilder says, Line line) =>
        says.Pstate(s_open).Code(a => a.Nop().Nop()).Takes(1, 0x200 + line.Vector(), elr: Code, spsr: s_open);

    private static CaseBuilder Stay(CaseBuilder says) => says.Pstate(s_open).Code(a => a.Nop().Nop()).Completes(s_open);

    private static CaseBuilder Taken(CaseBuilder says, SuiteTarget target, Line line) => Take(says, line).ThenCloseGic(target);

    private static CaseBuilder NotTaken(CaseBuilder says, SuiteTarget target) => Stay(says).ThenCloseGic(target);

    /// <summary>Priorities are not part of what <see cref="Gic.Close"/> puts back.</summary>
    private static CaseBuilder ClosePriorities(CaseBuilder says, SuiteTarget target) =>
        says.NextStep().X(0, Gic.SgiFrame).At(target.HighestLevel).Code(a => a.StrW(XZR, X0, Gic.Priorities).Dsb()).Completes().ThenCloseGic(target);
}
