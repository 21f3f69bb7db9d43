using Conformance.Suites.Exceptions.Rules;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Matrices;

/// <summary>SVC, HVC, SMC, BRK and UNDEFINED under every control that routes them.</summary>
internal static class CallMatrices
{
    internal static IEnumerable<Matrix> All =>
    [
        new("svc", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, Knob.Security, Knob.FineGrainedEnable, FineGrainedSvc, Knob.NvAlone],
            (s, dice) => Tell(s, dice, Calls.Svc(Immediate(dice)))),
        new("hvc", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, Knob.Security, HvcEnable, HcdWithEl3, Knob.Nested],
            (s, dice) => Tell(s, dice, Calls.Hvc(Immediate(dice)))),
        new("smc", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, Knob.Security, Knob.Bit("tsc", "HCR_EL2", Hcr.TSC), SmcDisable, Knob.Nested],
            (s, dice) => Tell(s, dice, Calls.Smc(Immediate(dice)))),
        new("brk", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, Knob.Security, Knob.Bit("tde", "MDCR_EL2", MdcrEl2.TDE), Knob.NvAlone],
            (s, dice) => Tell(s, dice, Calls.Brk(Immediate(dice)))),
        .. Undefined.Everywhere.Select((instruction, n) => new Matrix($"undefined/{n:00}", [0, 1, 2, 3],
            [Knob.Tge, Knob.E2h, Knob.NvAlone], (s, dice) => Tell(s, dice, instruction))),
    ];

    private static readonly Knob FineGrainedSvc = new(
        new Setting("", _ => { }),
        new Setting("svc-el0", s => s.Change("HFGITR_EL2", set: Hfgitr.SVC_EL0), "FEAT_FGT", "HFGITR_EL2"),
        new Setting("svc-el1", s => s.Change("HFGITR_EL2", set: Hfgitr.SVC_EL1), "FEAT_FGT", "HFGITR_EL2"),
        new Setting("svc-both", s => s.Change("HFGITR_EL2", set: Hfgitr.SVC_EL0 | Hfgitr.SVC_EL1), "FEAT_FGT", "HFGITR_EL2"));

    private static readonly Knob HvcEnable = Knob.ClosedBit("no-hce", "SCR_EL3", Scr.HCE);

    /// <summary>RES0 with EL3, so it must not matter. Without EL3 it closes the executive's way back to EL2.</summary>
    private static readonly Knob HcdWithEl3 = new(
        new Setting("", _ => { }),
        new Setting("hcd", s => s.Change("HCR_EL2", set: Hcr.HCD), "", "SCR_EL3"));

    private static readonly Knob SmcDisable = Knob.Bit("smd", "SCR_EL3", Scr.SMD);

    /// <summary>Edge values now and then, and never the number that ends a case.</summary>
    private static int Immediate(Dice dice) => dice.Below(4) switch
    {
        0 => dice.Pick([0, 1, 0x8000, 0xFFFF]),
        _ => dice.Below(0xE000),
    };

    private static void Tell(Story story, Dice dice, Instruction instruction)
    {
        States.AnyEntryControls(story, dice);
        if (dice.OneIn(2))
        {
            story.ReadsCurrentEl();
        }

        story.Runs(instruction);
    }
}
