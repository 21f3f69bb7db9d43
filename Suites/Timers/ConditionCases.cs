using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Exceptions;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>The condition of every timer, ISTATUS, and the output as the GIC shows it, with every offset (TM-015 to TM-034).</summary>
/// <remarks>
/// Compare values and offsets are so far apart that the condition does not depend on the count. The output is the interrupt's
/// bit of GICR_ISPENDR0, which shows a level whether or not anything is enabled.
/// </remarks>
internal static class ConditionCases
{
    private const ulong Quarter = 1UL << 62;
    private const ulong Minus = unchecked(0UL - Quarter);

    /// <summary>Offset and compare value: without an offset, with a time that is later than the count, with one that has wrapped.</summary>
    private static readonly (string Name, ulong Offset, ulong Compare, string Rule)[] s_times =
    [
        ("zero", 0, 0, "TM-015"), ("never", 0, ulong.MaxValue, "TM-015"), ("far", 0, 1UL << 63, "TM-015"),
        ("late", Minus, Quarter, "TM-015"), ("later", Minus, Quarter + (1UL << 61), "TM-015"),
        ("wrapped", Quarter, 1UL << 63, "TM-017"), ("wrapped-zero", Quarter, 0, "TM-017"), ("wrapped-never", Quarter, ulong.MaxValue, "TM-017"),
    ];

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target, ulong seed)
    {
        foreach (Timer timer in Timer.Of(target))
        {
            foreach (Stage stage in Stages.All(target, [target.HighestLevel], timer == Timer.Physical || timer == Timer.SecurePhysical, n => new Dice(seed, n)))
            {
                foreach ((string name, ulong offset, ulong compare, string rule) in s_times)
                {
                    // The offset that is not this timer's would decide otherwise.
                    ulong other = offset == 0 ? Quarter : 0;
                    Stage here = stage with
                    {
                        VirtualOffset = timer == Timer.Virtual ? offset : other,
                        PhysicalOffset = timer == Timer.Virtual ? other : offset,
                    };
                    if (here.Start(target) is { } s && One(target, here, s, timer, 1, compare, $"condition/{timer.Name}/{here.Name}-{name}") is { } says)
                    {
                        yield return says.Rules(rule);
                    }
                }
            }

            foreach (CaseBuilder says in Controls(target, timer))
            {
                yield return says;
            }
        }
    }

    /// <summary>Every value of CTL, with the condition met and not: the output is ENABLE, not IMASK, and the condition.</summary>
    private static IEnumerable<CaseBuilder> Controls(SuiteTarget target, Timer timer)
    {
        Stage stage = new("plain", target.HighestLevel, 0, Baseline.Of("SCR_EL3"), Stage.AllOpen, Stage.AllOpenBelow, 0, 0);
        Situation s = stage.Start(target)!;
        foreach (ulong control in (ulong[])[0, 1, 2, 3, 4, 5, 6, 7, 0xFFFF_FFFF_FFFF_FFF9])
        {
            foreach ((string name, ulong compare) in ((string, ulong)[])[("met", 0), ("not-met", ulong.MaxValue)])
            {
                yield return One(target, stage, s, timer, control, compare, $"control/{timer.Name}/ctl{control:x}-{name}")!.Rules("TM-025", "TM-028", (control & 1) == 0 ? "TM-027" : "TM-026");
            }
        }

        // The output is a level: whatever makes the condition false takes it away, and it comes back.
        Timer named = timer.At(target);
        yield return Levels(target, timer, stage, "cval", a => a.Msr(named.Cval, X10), a => a.Msr(named.Cval, XZR));
        yield return Levels(target, timer, stage, "imask", a => a.Msr(named.Ctl, X12), a => a.Msr(named.Ctl, X11));
        yield return Levels(target, timer, stage, "enable", a => a.Msr(named.Ctl, XZR), a => a.Msr(named.Ctl, X11)).Rules("TM-027");
        yield return Levels(target, timer, stage, "tval", a => a.Msr(named.Tval, X13), a => a.Msr(named.Tval, X14)).Rules("TM-022");
    }

    private static CaseBuilder? One(SuiteTarget target, Stage stage, Situation s, Timer timer, ulong control, ulong compare, string id)
    {
        bool?[] met = [.. TimerOracle.ConditionOffsets(s, timer).Select(o => TimerOracle.Met(compare, o, TimerOracle.AnyCount)).Distinct()];
        if (met.Contains(null))
        {
            return null;
        }

        string rule = timer.Stem switch { "CNTP" => "TM-031", "CNTV" => "TM-032", "CNTPS" => "TM-034", _ => "TM-033" };
        CaseBuilder says = That(id, $"{timer.Ctl} = 0x{control:x}, {timer.Cval} = 0x{compare:x}: the condition is {(met.Contains(true) ? met.Contains(false) ? "met or not" : "met" : "not met")}", rule, "TM-080")
            .Needs(timer.Needs, "FEAT_GICv3").Set(timer.Cval, compare).X(0, Gic.SgiFrame).X(1, control).X(4, 2);
        Timer named = timer.At(target, s.E2h);
        stage.In(says, target).Code(a => Disabled(a.Msr(named.Ctl, X1).Isb().Mrs(X2, named.Ctl).LdrW(X3, X0, Gic.SetPending), named));
        foreach (bool condition in met.Select(m => m!.Value))
        {
            Sees(says.Or(condition ? "met" : "not met").Completes(), timer, control, condition, 2, 3);
        }

        return says.Rules("TM-029", "TM-030");
    }

    /// <summary>X1: the condition met and the output up. Then <paramref name="down"/>, then <paramref name="up"/>.</summary>
    private static CaseBuilder Levels(SuiteTarget target, Timer timer, Stage stage, string name, Func<Assembler, Assembler> down, Func<Assembler, Assembler> up)
    {
        CaseBuilder says = That($"control/{timer.Name}/level-{name}", $"The output of {timer.Stem} goes and comes with {name}", "TM-016", "TM-028", "TM-030")
            .Needs(timer.Needs, "FEAT_GICv3").Set(timer.Cval, 0).X(0, Gic.SgiFrame).X(4, 2).X(10, ulong.MaxValue).X(11, 1).X(12, 3).X(13, 0x7FFF_FFFF).X(14, 0);
        uint bit = 1U << timer.Ppi;
        Timer named = timer.At(target);
        return stage.In(says, target).Code(a =>
        {
            a.Msr(named.Ctl, X11).Isb().LdrW(X1, X0, Gic.SetPending);
            down(a).Isb().LdrW(X2, X0, Gic.SetPending);
            return Disabled(up(a).Isb().LdrW(X3, X0, Gic.SetPending), named);
        }).Completes().Sees("X1", bit, bit).Sees("X2", 0, bit).Sees("X3", bit, bit);
    }

    private static Assembler Disabled(Assembler a, Timer timer) => a.Msr(timer.Ctl, X4).Isb();

    private static void Sees(CaseBuilder says, Timer timer, ulong control, bool met, int status, int pending)
    {
        bool enabled = (control & 1) != 0;
        uint bit = 1U << timer.Ppi;
        ulong seen = (control & 3) | (enabled && met ? 4UL : 0);
        says.Sees(FieldNames.General(status), seen, enabled ? ulong.MaxValue : ~4UL) // ISTATUS is UNKNOWN while disabled (TM-026)
            .Sees(FieldNames.General(pending), enabled && met && (control & 2) == 0 ? bit : 0, bit);
    }
}
