using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions.Rules;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Matrices;

/// <summary>System registers, DAIF, WFI and WFE, FP and pointer authentication under their traps.</summary>
internal static class TrapMatrices
{
    private const ulong HcrTraps = Hcr.TID1 | Hcr.TID2 | Hcr.TID3 | Hcr.TACR | Hcr.TSW | Hcr.TPCP | Hcr.TPU | Hcr.TTLB | Hcr.TVM | Hcr.TRVM
        | Hcr.TDZ | Hcr.AT;

    internal static IEnumerable<Matrix> All =>
    [
        .. SystemAccess.AtEl0.Select(i => System(i, [0], [Knob.Tge, Knob.E2h, Level2Traps, El0Controls])),
        .. SystemAccess.AboveEl0.Select(i => System(i, [0], [Knob.Tge])),
        .. SystemAccess.All.Select(i => System(i, [1], [Knob.Nested, Level2Traps, Level3Traps])),
        .. SystemAccess.All.Select(i => System(i, [2, 3], [Knob.E2h, Level3Traps])),
        .. SystemAccess.All.Select(i => new Matrix($"system-one-trap/{Slug(i)}", [1], [SingleTraps], (s, dice) => Tell(s, dice, i))),
        new("system-rt", [0], [TransferRegister], (s, dice) => { }),
        .. Daif.Select(d => new Matrix($"daif/{d.Slug}", [0, 1, 2, 3], [Knob.Tge, Knob.E2h, Knob.NvAlone, UserMask], (s, dice) =>
            Tell(s, dice, d.Make(dice)))),
        .. Waits.Select(w => new Matrix($"wait/{w.Slug}", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, Knob.Security, ClosedFor(w.Slug), HcrTrapFor(w.Slug), ScrTrapFor(w.Slug)], (s, dice) => Wait(s, dice, w.Instruction))),
        new("fp/0", [0, 1, 2, 3], [Knob.Tge, Knob.E2h, Knob.Security, Cpacr, CptrEl2Knob, CptrEl3Knob],
            (s, dice) => StackInData(s, dice, FloatingPoint.All[0])),
        .. FloatingPoint.All.Skip(1).Select((i, n) => new Matrix($"fp/{n + 1}", [0, 1, 2, 3],
            [Cpacr, CptrEl2Knob, CptrEl3Knob], (s, dice) => StackInData(s, dice, i))),
        .. PointerAuthentication.All.Select((i, n) => new Matrix($"pauth/{n}", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, KeyEnables, Knob.ClosedBit("no-api", "HCR_EL2", Hcr.API, "FEAT_PAuth"),
                Knob.ClosedBit("no-api3", "SCR_EL3", Scr.API, "FEAT_PAuth")], (s, dice) => Tell(s, dice, i))),
    ];

    private static readonly Knob Level2Traps = new(
        new Setting("", _ => { }),
        new Setting("traps2", s => s.Change("HCR_EL2", set: HcrTraps, clear: Hcr.APK).Change("MDCR_EL2", set: MdcrEl2.TDA | MdcrEl2.TDRA | MdcrEl2.TDOSA)
            .Change("CPTR_EL2", set: CptrEl2.TCPAC), "", "HCR_EL2"));

    private static readonly Knob Level3Traps = new(
        new Setting("", _ => { }),
        new Setting("traps3", s => s.Change("MDCR_EL3", set: MdcrEl3.TDA | MdcrEl3.TDOSA).Change("CPTR_EL3", set: CptrEl3.TCPAC)
            .Change("SCR_EL3", set: 0, clear: Scr.APK), "", "SCR_EL3"));

    /// <summary>The EL0 controls of SCTLR_EL1 and SCTLR_EL2, each way round.</summary>
    private static readonly Knob El0Controls = new(
        new Setting("", s => s.ChangeIfThere("SCTLR_EL2", set: Sctlr.UCI | Sctlr.UCT | Sctlr.DZE)),
        new Setting("el0-closed1", s => s.Change("SCTLR_EL1", set: 0, clear: Sctlr.UCI | Sctlr.UCT | Sctlr.DZE)
            .ChangeIfThere("SCTLR_EL2", set: Sctlr.UCI | Sctlr.UCT | Sctlr.DZE)),
        new Setting("el0-closed2", s => { }));

    private static readonly Knob SingleTraps = new(
    [
        new Setting("", _ => { }),
        .. ((string, ulong)[])[("tid1", Hcr.TID1), ("tid2", Hcr.TID2), ("tid3", Hcr.TID3), ("tacr", Hcr.TACR), ("tsw", Hcr.TSW), ("tpcp", Hcr.TPCP),
            ("tpu", Hcr.TPU), ("ttlb", Hcr.TTLB), ("tvm", Hcr.TVM), ("trvm", Hcr.TRVM), ("tdz", Hcr.TDZ), ("at", Hcr.AT)]
            is var hcr ? hcr.Select(t => new Setting(t.Item1, s => s.Change("HCR_EL2", set: t.Item2), "", "HCR_EL2")) : [],
        new Setting("no-apk", s => s.Change("HCR_EL2", set: 0, clear: Hcr.APK), "FEAT_PAuth", "HCR_EL2"),
        new Setting("tda", s => s.Change("MDCR_EL2", set: MdcrEl2.TDA), "", "MDCR_EL2"),
        new Setting("tdra", s => s.Change("MDCR_EL2", set: MdcrEl2.TDRA), "", "MDCR_EL2"),
        new Setting("tdosa", s => s.Change("MDCR_EL2", set: MdcrEl2.TDOSA), "", "MDCR_EL2"),
        new Setting("tde", s => s.Change("MDCR_EL2", set: MdcrEl2.TDE), "", "MDCR_EL2"),
        new Setting("tcpac", s => s.Change("CPTR_EL2", set: CptrEl2.TCPAC), "", "CPTR_EL2"),
    ]);

    private static readonly Knob TransferRegister = new(
        [.. Enumerable.Range(0, 31).Select(rt => new Setting($"x{rt}", s => s.Runs(SystemAccess.IdRegisterTo(rt)), "FEAT_IDST"))]);

    private static readonly Knob UserMask = Knob.ClosedBit("no-uma", "SCTLR_EL1", Sctlr.UMA);

    private static readonly Knob Cpacr = Field("cpacr", "CPACR_EL1", 20, [3, 0, 1, 2]);

    private static readonly Knob CptrEl2Knob = new(
        [.. Enumerable.Range(0, 4).Select(n => new Setting(n == 3 ? "" : $"cptr{n}", s => Cptr(s, (ulong)n), "", "CPTR_EL2"))]);

    private static readonly Knob CptrEl3Knob = Knob.Bit("tfp3", "CPTR_EL3", CptrEl3.TFP);

    private static readonly Knob KeyEnables = new(
        new Setting("", _ => { }),
        new Setting("keys", s =>
        {
            for (int level = 1; level <= s.Target.HighestLevel; level++)
            {
                s.Change($"SCTLR_EL{level}", set: Sctlr.EnIA | Sctlr.EnIB | Sctlr.EnDA | Sctlr.EnDB);
            }
        }));

    private static readonly (string Slug, Func<Dice, Instruction> Make)[] Daif =
    [
        ("mrs", _ => PstateAccess.Daif(3)),
        ("msr", _ => PstateAccess.WriteDaif(4)),
        ("set", dice => PstateAccess.SetDaif(dice.Below(16))),
        ("clr", dice => PstateAccess.ClearDaif(dice.Below(16))),
    ];

    private static readonly (string Slug, Instruction Instruction)[] Waits =
    [
        ("wfi", Waiting.Wfi),
        ("wfe", Waiting.Wfe),
        ("wfit", Waiting.Wfit(4)),
        ("wfet", Waiting.Wfet(21)),
    ];

    private static Matrix System(Instruction instruction, IReadOnlyList<int> levels, IReadOnlyList<Knob> knobs) =>
        new($"system/{Slug(instruction)}", levels, knobs, (s, dice) => Tell(s, dice, instruction));

    /// <summary>CPTR_EL2 has FPEN with E2H and TFP without; E2H comes before this knob.</summary>
    private static void Cptr(Story story, ulong fpen)
    {
        if (story.Start().E2h)
        {
            story.Change("CPTR_EL2", fpen << 20, 3UL << 20);
        }
        else
        {
            story.Change("CPTR_EL2", (fpen & 1) == 0 ? CptrEl2.TFP : 0, CptrEl2.TFP);
        }
    }

    private static Knob Field(string label, string register, int lsb, int[] values) => new(
        [.. values.Select((v, n) => new Setting(n == 0 ? "" : $"{label}{v}", s => s.Change(register, (ulong)v << lsb, 3UL << lsb), "", register))]);

    private static Knob ClosedFor(string slug) => new(
        new Setting("", _ => { }),
        new Setting("closed", s => s.Change("SCTLR_EL1", 0, Trap(slug, Sctlr.nTWI, Sctlr.nTWE)).Change("SCTLR_EL2", 0, Trap(slug, Sctlr.nTWI, Sctlr.nTWE)), "", "SCTLR_EL2"),
        new Setting("closed1", s => s.Change("SCTLR_EL1", 0, Trap(slug, Sctlr.nTWI, Sctlr.nTWE))),
        new Setting("closed2", s => s.Change("SCTLR_EL2", 0, Trap(slug, Sctlr.nTWI, Sctlr.nTWE)), "", "SCTLR_EL2"));

    private static Knob HcrTrapFor(string slug) => Knob.Bit("hcr", "HCR_EL2", Trap(slug, Hcr.TWI, Hcr.TWE));

    private static Knob ScrTrapFor(string slug) => Knob.Bit("scr", "SCR_EL3", Trap(slug, Scr.TWI, Scr.TWE));

    private static ulong Trap(string slug, ulong wfi, ulong wfe) => slug.StartsWith("wfi", StringComparison.Ordinal) ? wfi : wfe;

    /// <summary>SEVL and a WFE drain the Event Register; neither may trap. Timeouts are far away.</summary>
    private static void Wait(Story story, Dice dice, Instruction instruction)
    {
        States.AnyEntryControls(story, dice);
        story.X(4, ulong.MaxValue).X(21, ulong.MaxValue);
        story.Runs(Waiting.Sevl, Waiting.Wfe, instruction);
        story.Subject = 2;
    }

    private static void StackInData(Story story, Dice dice, Instruction instruction)
    {
        ulong sp = GuestMemory.Data + (ulong)(16 * dice.Below(256));
        story.X(1, sp).Runs(Memory.MovSp(1), instruction);
        story.Subject = 1;
    }

    private static void Tell(Story story, Dice dice, Instruction instruction)
    {
        States.AnyEntryControls(story, dice);
        story.X(3, GuestMemory.Data).X(4, dice.Next()).X(5, dice.Next());
        if (dice.OneIn(2))
        {
            story.ReadsCurrentEl();
        }

        story.Runs(instruction);
    }

    private static string Slug(Instruction instruction) => instruction.Name
        .Replace(" X3,", "", StringComparison.Ordinal).Replace(", X3", "", StringComparison.Ordinal)
        .Replace(' ', '-').ToLowerInvariant();
}
