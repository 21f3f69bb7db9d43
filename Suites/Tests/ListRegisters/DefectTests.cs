using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Directed;
using Conformance.Suites.ListRegisters.Enumerated;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>Devices that are wrong in one rule each: a case of that rule has to see it.</summary>
/// <remarks>
/// Such a device answers by the oracle's own rules, but for one defect: it takes its state or the access for something else, or makes
/// something else of the effect.
/// </remarks>
public class DefectTests
{
    private const ulong Hw = ListRegister.HwBit;
    private const ulong PriorityField = 0xFFUL << ListRegister.PriorityAt;

    private static readonly Sizes s_sizes = new(4, 5, 5);
    private static readonly CaseMaker s_right = new(new VirtualInterface(s_sizes));
    private static readonly CaseMaker s_rightWithNmi = new(new VirtualInterface(s_sizes with { Nmi = true }));

    private static readonly Dictionary<string, (Func<CaseMaker, IEnumerable<Case>> Cases, Defect Defect)> s_defects = new()
    {
        ["GV-007 PRIbits is one too many"] = (Controls, After((_, a, e) => a.Op == Op.ReadCtlr ? e with { Value = e.Value + 0x100 } : e)),
        ["GV-018 without En the controls are not written"] = (Controls, After((s, a, e) => !s.En && a.Op == Op.ReadPmr ? e with { Value = 0xFF } : e)),
        ["GV-040 unimplemented priority bits count"] = (Controls, After((_, a, e) => a.Op == Op.SetLr && (a.Value >> 48 & 7) != 0 ? Lr(e, a.Index, 8UL << 48) : e)),
        ["GV-041 unimplemented INTID bits are part of the INTID"] = (Controls, After((s, a, e) => a.Op == Op.Iar && e.Value != 1023 ? e with { Value = s.Lrs[0].Value & uint.MaxValue } : e)),
        ["GV-042 EOI is lost"] = (Controls, After((_, a, e) => a.Op == Op.SetLr && (a.Value & (Hw | ListRegister.EoiBit)) == ListRegister.EoiBit ? Lr(e, a.Index, ListRegister.EoiBit) : e)),
        ["GV-042 pINTID has nine bits"] = (Controls, After((_, a, e) => a.Op == Op.SetLr && (a.Value & Hw) != 0 ? Lr(e, a.Index, e.State.Lrs[a.Index].Value & 1UL << 40) : e)),
        ["GV-044 an active state cannot be written"] = (Controls, After((s, a, e) => a.Op == Op.SetLr && a.Value >> 63 != 0 ? e with { State = s } : e)),
        ["GV-046 an invalid list register is cleared"] = (Controls, After((_, a, e) => a.Op == Op.SetLr && a.Value >> 62 == 0 ? e with { State = e.State.WithLr(a.Index, default) } : e)),
        ["GV-048 the INTID has 8 bits"] = (Controls, After((_, a, e) => a.Op == Op.Iar ? e with { Value = e.Value & 0xFF } : e)),
        ["GV-050 Group 0 counts like Group 1"] = (Priorities, Before((s, a) => a.Op == Op.Iar && a.Group == 0 ? Vmcr(s, VirtualState.Vbpr0At, Math.Max(2, s.Vbpr0 - 1)) : s, keepControls: true)),
        ["GV-051 Group 1 counts like Group 0"] = (Priorities, Before((s, a) => a.Op == Op.Iar && a.Group == 1 && !s.Cbpr ? Vmcr(s, VirtualState.Vbpr1At, Math.Min(7, s.Vbpr1 + 1)) : s, keepControls: true)),
        ["GV-052 VCBPR is ignored"] = (Priorities, Before((s, _) => s with { Vmcr = s.Vmcr & ~VirtualState.VmcrCbpr }, keepControls: true)),
        ["GV-053 VBPR0 has no minimum"] = (Controls, After((_, a, e) => a is { Op: Op.WriteBpr, Group: 0, Value: < 2 } ? e with { State = Vmcr(e.State, VirtualState.Vbpr0At, a.Value) } : e)),
        ["GV-054 VBPR1 has the minimum of VBPR0"] = (Controls, After((_, a, e) => a is { Op: Op.WriteBpr, Group: 1, Value: < 3 } && !e.State.Cbpr ? e with { State = Vmcr(e.State, VirtualState.Vbpr1At, 2) } : e)),
        ["GV-055 with VCBPR ICV_BPR1 is not saturated"] = (Controls, After((s, a, e) => a is { Op: Op.ReadBpr, Group: 1 } && s.Cbpr ? e with { Value = s.Vbpr0 + 1 & 7 } : e)),
        ["GV-055 with VCBPR ICV_BPR1 is written"] = (Controls, After((s, a, e) => a is { Op: Op.WriteBpr, Group: 1 } && s.Cbpr ? e with { State = Vmcr(e.State, VirtualState.Vbpr1At, Math.Max(3, a.Value & 7)) } : e)),
        ["GV-056 all bits of the mask exist"] = (Controls, After((_, a, e) => a.Op == Op.WritePmr ? e with { State = Vmcr(e.State, VirtualState.VpmrAt, a.Value & 0xFF, 0xFF) } : e)),
        ["GV-057 a binary point is clamped as a whole word"] = (Controls, Changes(a => a.Op == Op.WriteBpr && a.Value > 7 ? a with { Value = 7 } : a)),
        ["GV-059 a binary point cleans the active priorities"] = (Controls, After((_, a, e) => a.Op == Op.WriteBpr ? e with { State = e.State with { Active0 = 0, Active1 = 0 } } : e)),
        ["GV-060 pending and active is a candidate"] = (Winners, Before((s, _) => Each(s, lr => lr.State == LrState.PendingActive ? lr.With(LrState.Pending) : lr))),
        ["GV-061 a disabled group is a candidate"] = (Winners, Before((s, _) => s with { Vmcr = s.Vmcr | 3 }, keepControls: true)),
        ["GV-062 the highest number wins"] = (Winners, Before((s, _) => Each(s, lr => new ListRegister(lr.Value ^ 0xF8UL << ListRegister.PriorityAt)))),
        ["GV-064 the best of the group is taken"] = (Winners, Before((s, a) => Each(s, lr => lr.Group == a.Group ? lr : default))),
        ["GV-065 the mask is not strict"] = (Priorities, Before((s, _) => Vmcr(s, VirtualState.VpmrAt, s.Vpmr + 1, 0x1FF), keepControls: true)),
        ["GV-066 subpriority preempts"] = (Priorities, Before((s, _) => s with { Vmcr = (s.Vmcr & ~0xFC_0010UL) | 0x4C_0000 }, keepControls: true)),
        ["GV-067 Group 0 is signalled as vIRQ"] = (States, Shows((_, l) => new Lines(l.Irq || l.Fiq, false))),
        ["GV-068 the line stays up"] = (States, Shows((_, _) => new Lines(true, false))),
        ["GV-070 En does not matter"] = (States, Before((s, _) => s with { Hcr = s.Hcr | 1 }, keepControls: true)),
        ["GV-073 ISR_EL1 does not show virtual interrupts"] = (States, Shows((_, _) => default)),
        ["GV-074 the lowest priority is never pending"] = (m => Seen(m, 0xF8), After((s, a, e) => a.Op == Op.Hppir && s.Lrs[0].Priority(s_sizes) == 0xF8 ? e with { Value = 1023 } : e)),
        ["GV-075 the running priority is not masked"] = (Priorities, After((s, a, e) => a.Op == Op.Iar && e.Value == 1023 && s.Lrs[0].Group == a.Group
            && (s.Lrs[0].Priority(s_sizes) & VirtualInterface.GroupMask(s, a.Group, new RuleSet())) < Running(s) && s.Lrs[0].Priority(s_sizes) < s.Vpmr ? e with { Value = 40 } : e)),
        ["GV-080 an acknowledge takes the other group"] = (States, Changes(a => a.Op == Op.Iar ? a with { Group = 1 - a.Group } : a)),
        ["GV-081 an acknowledge leaves the interrupt pending"] = (States, After((s, a, e) => a.Op == Op.Iar && e.Value != 1023 ? e with { State = e.State.WithLr(0, s.Lrs[0].With(LrState.PendingActive)) } : e)),
        ["GV-082 no level becomes active"] = (States, After((s, a, e) => a.Op == Op.Iar ? e with { State = e.State with { Active0 = s.Active0, Active1 = s.Active1 } } : e)),
        ["GV-082 the level is one of Group 0"] = (States, After((_, a, e) => a is { Op: Op.Iar, Group: 1 } && e.Value != 1023 ? e with { State = e.State with { Active0 = e.State.Active, Active1 = 0 } } : e)),
        ["GV-084 HPPIR asks the mask"] = (m => Seen(m, 0x80), After((s, a, e) => a.Op == Op.Hppir && s.Vpmr <= s.Lrs[0].Priority(s_sizes) ? e with { Value = 1023 } : e)),
        ["GV-085 HPPIR tells of the other group by 1022"] = (States, After((_, a, e) => a.Op == Op.Hppir && e.Value == 1023 ? e with { Value = 1022 } : e)),
        ["GV-086 disabling a group drops its interrupts"] = (Controls, After((_, a, e) => a is { Op: Op.WriteIgrpen, Value: 0 } ? e with { State = Each(e.State, _ => default) } : e)),
        ["GV-090 the lowest active priority runs"] = (Priorities, After((s, a, e) => a.Op == Op.Rpr && s.Active != 0 ? e with { Value = (ulong)UInt128.Log2(s.Active) << 3 } : e)),
        ["GV-091 the running priority depends on En"] = (Priorities, After((s, a, e) => a.Op == Op.Rpr && !s.En ? e with { Value = 0xFF } : e)),
        ["GV-092 EL1 cannot clear active priorities"] = (Controls, After((s, a, e) => a.Op == Op.WriteAp ? e with { State = s } : e)),
        ["GV-095 the upper half is active priorities"] = (Controls, After((_, a, e) => a.Op == Op.SetAp && a.Value > uint.MaxValue ? e with { State = e.State with { Active0 = 1 } } : e)),
        ["GV-100 special INTIDs are ended"] = (Controls, Changes(a => a.Op == Op.Eoir && (a.Value & 0xFF_FFFF) is >= 1020 and <= 1023 ? a with { Value = 8192 } : a)),
        ["GV-101 EOIR drops the lowest priority"] = (States, After((s, a, e) => a.Op == Op.Eoir && UInt128.PopCount(s.Active) > 1
            ? e with { State = e.State.WithActive(a.Group, UInt128.One << (int)UInt128.TrailingZeroCount(a.Group == 0 ? s.Active0 : s.Active1)) } : e)),
        ["GV-102 EOIR does not deactivate"] = (States, After((s, a, e) => a.Op == Op.Eoir && !s.Eoim ? e with { State = e.State.WithLr(0, s.Lrs[0]) } : e)),
        ["GV-103 EOIR deactivates in the split mode"] = (States, After((s, a, e) => a.Op == Op.Eoir && s.Eoim && e.State != s && s.Lrs[0].IsActive ? e with { State = e.State.WithLr(0, default) } : e)),
        ["GV-104 DIR drops the priority, too"] = (States, After((s, a, e) => a.Op == Op.Dir && s.Eoim ? e with { State = e.State with { Active0 = 0, Active1 = 0 } } : e)),
        ["GV-107 the end of an interrupt is not told"] = (States, After((s, a, e) => a.Op is Op.Eoir or Op.Dir && s.Lrs[0].IsActive && !e.State.Lrs[0].IsActive ? Lr(e, 0, e.State.Lrs[0].Value & ListRegister.EoiBit) : e)),
        ["GV-108 an LPI stays active in the split mode"] = (States, After((s, a, e) => a is { Op: Op.Eoir, Value: >= 8192 } && s.Eoim ? e with { State = e.State.WithLr(0, s.Lrs[0]) } : e)),
        ["GV-109 what is not found is not counted"] = (Maintenance, After((s, a, e) => a.Op is Op.Eoir or Op.Dir ? e with { State = e.State.WithEoiCount(s.EoiCount) } : e)),
        ["GV-110 EOIR counts in the split mode"] = (Maintenance, After((s, a, e) => a is { Op: Op.Eoir, Value: < 8192 } && s.Eoim && e.State.Active != s.Active ? e with { State = e.State.WithEoiCount(s.EoiCount + 1) } : e)),
        ["GV-111 LPIs are counted"] = (Maintenance, After((s, a, e) => a.Op is Op.Eoir or Op.Dir && a.Value >= 8192 ? e with { State = e.State.WithEoiCount(s.EoiCount + 1) } : e)),
        ["GV-112 an EOIR that drops nothing counts twice"] = (Maintenance, After((s, a, e) => a.Op == Op.Eoir && s.Active == 0 ? e with { State = e.State.WithEoiCount(s.EoiCount + 2) } : e)),
        ["GV-113 an EOIR for a wrong priority counts"] = (Priorities, After((s, a, e) => a.Op == Op.Eoir && s.Lrs[0].IsActive ? e with { State = e.State.WithEoiCount(1) } : e)),
        ["GV-114 EOIcount saturates"] = (Maintenance, After((s, a, e) => a.Op is Op.Eoir or Op.Dir && s.EoiCount == 31 ? e with { State = e.State.WithEoiCount(31) } : e)),
        ["GV-115 an end takes the pending state, too"] = (States, After((s, a, e) => a.Op == Op.Eoir && s.Lrs[0].State == LrState.PendingActive && !e.State.Lrs[0].IsActive ? e with { State = e.State.WithLr(0, default) } : e)),
        ["GV-116 nothing preempts"] = (Stories.All, After((s, a, e) => a.Op == Op.Iar && s.Active != 0 ? e with { State = s, Value = 1023 } : e)),
        ["GV-117 EOIR compares priorities under the binary point"] = (Stories.All, After((s, a, e) => a.Op == Op.Eoir && s.Lrs[0].IsActive
            && (s.Lrs[0].Priority(s_sizes) & VirtualInterface.GroupMask(s, a.Group, new RuleSet())) != Running(s) ? e with { State = e.State.WithLr(0, s.Lrs[0]) } : e)),
        ["GV-118 without En the end deactivates no more, but drops"] = (States, After((s, a, e) => a.Op == Op.Eoir && !s.En && s.Lrs[0].IsActive ? e with { State = e.State.WithLr(0, s.Lrs[0]).WithActive(a.Group, 0) } : e)),
        ["GV-119 a pending list register is a match"] = (States, After((s, a, e) => a.Op is Op.Dir && s.Eoim && s.Lrs[0].State == LrState.Pending ? e with { State = s } : e)),
        ["GV-120 EISR looks at valid list registers"] = (Maintenance, new Defect(Empty: (s, x) => (x.Eisr | Mask(s, lr => lr.Eoi), x.Elrsr))),
        ["GV-121 an ended list register is empty"] = (Maintenance, new Defect(Empty: (s, x) => (x.Eisr, Mask(s, lr => !lr.IsValid)))),
        ["GV-122 absent list registers are empty"] = (Maintenance, new Defect(Empty: (_, x) => (x.Eisr, x.Elrsr | 0xFFF0))),
        ["GV-123 MISR.EOI is not raised"] = (Maintenance, new Defect(Misr: (_, m) => m & ~1UL)),
        ["GV-124 underflow means none"] = (Maintenance, new Defect(Misr: (s, m) => s.Lrs.Count(lr => lr.IsValid) == 1 ? m & ~2UL : m)),
        ["GV-125 LRENP does not need its enable"] = (Maintenance, new Defect(Misr: (s, m) => s.EoiCount != 0 ? m | 4 : m)),
        ["GV-126 pending and active counts as pending"] = (Maintenance, new Defect(Misr: (s, m) => s.Lrs.Any(lr => lr.State == LrState.PendingActive) ? m & ~8UL : m)),
        ["GV-127 VGrp0D follows VENG1"] = (Maintenance, new Defect(Misr: (s, m) => (m & ~0x20UL) | ((s.Hcr & 0x20) != 0 && !s.Enabled(1) ? 0x20UL : 0))),
        ["GV-129 what is not in list registers is pending, too"] = (Maintenance, new Defect(Misr: (s, m) => s.EoiCount != 0 ? m & ~8UL : m)),
        ["GV-130 a cause stays"] = (Stories.All, new Defect(Misr: (_, m) => m | 0x10)),
        ["GV-133 reading EISR clears it"] = (Maintenance, After((_, a, e) => a.Op == Op.Eisr && e.Value != 0 ? e with { State = Each(e.State, _ => default) } : e)),
        ["GV-140 other bits of ICV_CTLR are written"] = (Controls, Changes(a => a.Op == Op.WriteCtlr && a.Value == 4 ? a with { Value = 2 } : a)),
        ["GV-141 any bit of ICV_IGRPEN enables"] = (Controls, Changes(a => a.Op == Op.WriteIgrpen && a.Value != 0 ? a with { Value = 1 } : a)),
        ["GV-142 EL1 writes a mask of its own"] = (Controls, After((s, a, e) => a.Op == Op.WritePmr ? e with { State = s } : e)),
    };

    private static readonly Dictionary<string, Defect> s_nmi = new()
    {
        ["GV-150 the mask masks an NMI"] = After((s, a, e) => a.Op == Op.Iar && s.Vpmr == 0 ? e with { State = s, Value = 1023 } : e),
        ["GV-151 an NMI preempts an NMI"] = After((s, a, e) => a is { Op: Op.Iar, Group: 1 } && s.NmiActive && s.Lrs[0].State == LrState.Pending ? e with { Value = 40 } : e),
        ["GV-152 IAR1 acknowledges an NMI"] = After((_, a, e) => a.Op == Op.Iar && e.Value == 1022 ? e with { Value = 40 } : e),
        ["GV-155 the running priority hides the NMI"] = After((_, a, e) => a.Op == Op.Rpr ? e with { Value = e.Value & 0xFF } : e),
        ["GV-156 EOIR leaves the NMI active"] = After((s, a, e) => a.Op == Op.Eoir ? e with { State = e.State with { NmiActive = s.NmiActive } } : e),
        ["GV-157 no superpriority is shown"] = Shows((_, l) => l with { Super = false }),
    };

    public static TheoryData<string> Names => [.. s_defects.Keys];

    public static TheoryData<string> NmiNames => [.. s_nmi.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_device_that_breaks_a_rule_is_seen_by_a_case_of_the_rule(string name)
    {
        (Func<CaseMaker, IEnumerable<Case>> cases, Defect defect) = s_defects[name];

        Sees(cases, s_right, new CaseMaker(new VirtualInterface(s_sizes, defect)), name[..6]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(NmiNames))]
    public void A_device_that_breaks_a_rule_of_NMIs_is_seen_by_a_case_of_the_rule(string name) =>
        Sees(NmiCases.All, s_rightWithNmi, new CaseMaker(new VirtualInterface(s_sizes with { Nmi = true }, s_nmi[name])), name[..6]).ShouldBeTrue();

    [Fact]
    public void A_device_without_a_defect_is_not_blamed()
    {
        foreach (Case c in States(s_right).Concat(Winners(s_right)).Concat(Controls(s_right)))
        {
            Judge.Of(c, Translation.Echo.Of(c)).Verdict.ShouldBe(Verdict.Pass, c.Id);
        }
    }

    private static bool Sees(Func<CaseMaker, IEnumerable<Case>> cases, CaseMaker right, CaseMaker wrong, string rule) =>
        cases(right).Zip(cases(wrong)).Any(p => p.First.Rules.Contains(rule) && Judge.Of(p.First, Translation.Echo.Of(p.Second)).Verdict == Verdict.Fail);

    private static IEnumerable<Case> States(CaseMaker make) => LrStateCases.All(make);

    private static IEnumerable<Case> Winners(CaseMaker make) => WinnerCases.All(make);

    private static IEnumerable<Case> Priorities(CaseMaker make) => PriorityCases.All(make);

    private static IEnumerable<Case> Maintenance(CaseMaker make) => MaintenanceCases.All(make, 1);

    private static IEnumerable<Case> Controls(CaseMaker make) => ControlCases.All(make);

    /// <summary>HPPIR of one interrupt that the mask covers.</summary>
    private static IEnumerable<Case> Seen(CaseMaker make, ulong priority) => PriorityCases.Reported(make, priority);

    private static Defect After(Func<VirtualState, GicAccess, Effect, Effect> change) => new(After: change);

    private static Defect Changes(Func<GicAccess, GicAccess> change) => new(Access: change);

    private static Defect Shows(Func<VirtualState, Lines, Lines> change) => new(Lines: change);

    /// <summary>The device takes its state for another one while it decides; what it does not change stays as it was.</summary>
    private static Defect Before(Func<VirtualState, GicAccess, VirtualState> change, bool keepControls = false) => new(
        Before: change, After: (s, _, e) => keepControls ? e with { State = e.State with { Vmcr = s.Vmcr, Hcr = s.Hcr } } : e);

    private static Effect Lr(Effect effect, int n, ulong flip) => effect with { State = effect.State.WithLr(n, new ListRegister(effect.State.Lrs[n].Value ^ flip)) };

    private static VirtualState Each(VirtualState s, Func<ListRegister, ListRegister> change) => s with { Lrs = [.. s.Lrs.Select(change)] };

    private static VirtualState Vmcr(VirtualState s, int at, ulong value, ulong mask = 7) => s with { Vmcr = (s.Vmcr & ~(mask << at)) | value << at };

    private static ulong Mask(VirtualState s, Func<ListRegister, bool> which) =>
        s.Lrs.Select((lr, n) => which(lr) ? 1UL << n : 0).Aggregate(0UL, (sum, bit) => sum | bit);

    private static ulong Running(VirtualState s) => s.Active == 0 ? 0x100 : (ulong)UInt128.TrailingZeroCount(s.Active) << 3;
}
