using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions.Rules;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Matrices;

/// <summary>Illegal Execution state, misaligned PC, misaligned SP, and PSTATE on entry.</summary>
internal static class StateMatrices
{
    internal static IEnumerable<Matrix> All =>
    [
        .. Subjects.Select((i, n) => new Matrix($"illegal-state/{n:00}", [0, 1, 2, 3], [Knob.Tge, Knob.E2h, Knob.Nested, LevelTraps], (s, dice) =>
        {
            s.Pstate = s.Pstate.With(Spsr.Il);
            States.AnyEntryControls(s, dice);
            s.X(3, GuestMemory.Data).Runs(i);
        })),
        new("pc", [0, 1, 2, 3], [Knob.Tge, Knob.E2h, Knob.Security, Knob.NvAlone, PcSkew, Illegal], (s, dice) =>
        {
            States.AnyEntryControls(s, dice);
            s.Runs(Calls.Svc(0), Calls.Svc(1));
        }),
        .. StackUsers.Select((i, n) => new Matrix($"sp/{n}", [0], [Knob.Tge, Knob.E2h, Check1, Check2, SpSkew], (s, dice) => Stack(s, dice, i))),
        .. StackUsers.Select((i, n) => new Matrix($"sp/{n}", [1, 2, 3], [Check1, Check2, Check3, SpSkew], (s, dice) => Stack(s, dice, i))),
        Entry(0, [Knob.Tge, Knob.E2h, EntryBits1, EntryBits2]),
        Entry(1, [Knob.E2h, Knob.Nested, EntryBits1, StackSelect]),
        Entry(2, [Knob.E2h, Knob.Tge, EntryBits2, StackSelect]),
        Entry(3, [Knob.E2h, Knob.Tge, EntryBits2, StackSelect]),
        new("pstate", [0, 1, 2, 3], [Accessors, Knob.NvAlone, Knob.E2h], (s, dice) => { }),
    ];

    /// <summary>One instruction of each cause; every one is behind the Illegal Execution state (EX-213).</summary>
    private static readonly Instruction[] Subjects =
    [
        Instruction.Plain("NOP", Instruction.Encode(a => a.Nop())),
        Undefined.Udf(0),
        Calls.Svc(0x51),
        Calls.Hvc(0x52),
        Calls.Smc(0x53),
        Calls.Brk(0x54),
        SystemAccess.IdRegisterTo(3),
        Returns.Eret,
        Waiting.Sevl,
        PstateAccess.SetDaif(15),
    ];

    private static readonly Instruction[] StackUsers =
        [Memory.LdrbSp, Memory.LdrbSpOffset, Memory.StrbSp, Memory.PrfmSp, Memory.AddFromSp, FloatingPoint.All[3]];

    private static readonly Knob LevelTraps = new(
        new Setting("", _ => { }),
        new Setting("traps", s => s.Change("HCR_EL2", set: Hcr.TSC | Hcr.TID3 | Hcr.TWI | Hcr.TWE).Change("MDCR_EL2", set: MdcrEl2.TDE), "", "HCR_EL2"));

    private static readonly Knob PcSkew = new(
        [.. Enumerable.Range(1, 3).Select(n => new Setting($"by{n}", s => s.EntrySkew = (ulong)n))]);

    private static readonly Knob Illegal = new(
        new Setting("", _ => { }),
        new Setting("il", s => s.Pstate = s.Pstate.With(Spsr.Il)));

    private static readonly Knob Check1 = new(
        new Setting("", _ => { }),
        new Setting("sa", s => s.Change("SCTLR_EL1", set: Sctlr.SA)),
        new Setting("sa0", s => s.Change("SCTLR_EL1", set: Sctlr.SA0)));

    private static readonly Knob Check2 = new(
        new Setting("", s => s.ChangeIfThere("SCTLR_EL2", set: Sctlr.SA0)),
        new Setting("sa2", s => s.Change("SCTLR_EL2", set: Sctlr.SA, clear: Sctlr.SA0), "", "SCTLR_EL2"));

    private static readonly Knob Check3 = new(
        new Setting("", _ => { }),
        new Setting("sa3", s => s.Change("SCTLR_EL3", set: Sctlr.SA), "", "SCTLR_EL3"));

    private static readonly Knob SpSkew = new(
        new Setting("", _ => { }),
        new Setting("by8", s => s.X(1, 8)),
        new Setting("by1", s => s.X(1, 1)));

    private static readonly Knob EntryBits1 = Combinations("1", "SCTLR_EL1");

    private static readonly Knob EntryBits2 = Combinations("2", "SCTLR_EL2");

    private static readonly Knob StackSelect = new(
        new Setting("", s => s.Pstate = s.Pstate.With(Spsr.Sp, s.Pstate.Level > 0)),
        new Setting("t", s => s.Pstate = s.Pstate.Without(Spsr.Sp)));

    private static readonly Knob Accessors = new(
    [
        new Setting("currentel", s => s.Runs(PstateAccess.CurrentEl(3))),
        new Setting("spsel", s => s.Runs(PstateAccess.SpSel(3))),
        new Setting("nzcv", s => s.Runs(PstateAccess.Nzcv(3))),
        new Setting("pan", s => s.Runs(PstateAccess.Pan(3))),
        new Setting("uao", s => s.Runs(PstateAccess.Uao(3))),
        new Setting("dit", s => s.Runs(PstateAccess.Dit(3))),
        new Setting("ssbs", s => s.Runs(PstateAccess.Ssbs(3))),
        new Setting("tco", s => s.Runs(PstateAccess.Tco(3))),
        new Setting("allint", s => s.Runs(PstateAccess.Allint(3))),
        new Setting("sp-el0", s => s.Runs(PstateAccess.SpEl0(3))),
        new Setting("spsel-0", s => s.Runs(PstateAccess.SelectSp(0), PstateAccess.SpSel(3))),
        new Setting("spsel-1", s => s.Runs(PstateAccess.SelectSp(1), PstateAccess.SpSel(3))),
        new Setting("spsel-14", s => s.Runs(PstateAccess.SelectSp(14), PstateAccess.SpSel(3))),
        new Setting("pan-0", s => s.Runs(PstateAccess.SetPan(0), PstateAccess.Pan(3))),
        new Setting("pan-1", s => s.Runs(PstateAccess.SetPan(1), PstateAccess.Pan(3))),
        new Setting("uao-0", s => s.Runs(PstateAccess.SetUao(0), PstateAccess.Uao(3))),
        new Setting("uao-1", s => s.Runs(PstateAccess.SetUao(1), PstateAccess.Uao(3))),
        new Setting("dit-0", s => s.Runs(PstateAccess.SetDit(0), PstateAccess.Dit(3))),
        new Setting("dit-1", s => s.Runs(PstateAccess.SetDit(1), PstateAccess.Dit(3))),
        new Setting("ssbs-0", s => s.Runs(PstateAccess.SetSsbs(0), PstateAccess.Ssbs(3))),
        new Setting("ssbs-1", s => s.Runs(PstateAccess.SetSsbs(1), PstateAccess.Ssbs(3))),
        new Setting("msr-nzcv", s => s.X(3, 0xA5A5_A5A5_5FFF_FFFF).Runs(PstateAccess.WriteNzcv(3), PstateAccess.Nzcv(4))),
    ]);

    /// <summary>SPAN and DSSBS of one level, all four ways (EX-046 to EX-050).</summary>
    private static Knob Combinations(string label, string sctlr) => new(
        new Setting("", s => s.ChangeIfThere(sctlr, set: Sctlr.SPAN, clear: Sctlr.DSSBS)),
        new Setting($"nospan{label}", s => s.Change(sctlr, set: 0, clear: Sctlr.SPAN | Sctlr.DSSBS), "FEAT_PAN", sctlr),
        new Setting($"dssbs{label}", s => s.Change(sctlr, set: Sctlr.SPAN | Sctlr.DSSBS), "FEAT_SSBS", sctlr),
        new Setting($"nospan{label}-dssbs{label}", s => s.Change(sctlr, set: Sctlr.DSSBS, clear: Sctlr.SPAN), "FEAT_SSBS", sctlr));

    /// <summary>What the handler finds: SPSR, PSTATE and CurrentEL, each bit.</summary>
    private static Matrix Entry(int level, IReadOnlyList<Knob> knobs) => new("entry", [level], [.. knobs, EntryCause], (s, _) =>
    {
        s.Rules("EX-020", "EX-021", "EX-022", "EX-023", "EX-024", "EX-040", "EX-041", "EX-042", "EX-043", "EX-044",
            "EX-060", "EX-061", "EX-062", "EX-110", "EX-111");
    });

    private static readonly Knob EntryCause = new(
        new Setting("svc", s => s.Runs(Calls.Svc(0x61))),
        new Setting("udf", s => s.Runs(Undefined.Udf(0x62))),
        new Setting("smc", s => s.Runs(Calls.Smc(0x63))));

    private static void Stack(Story story, Dice dice, Instruction instruction)
    {
        States.AnyEntryControls(story, dice);
        ulong skew = story.General(1);
        ulong sp = GuestMemory.Data + (ulong)(16 * dice.Below(256)) + (skew == 1 ? (ulong)(1 + dice.Below(15)) : skew);
        story.X(1, sp).Runs(Memory.MovSp(1), instruction);
        story.Subject = 1;
    }
}
