using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions.Rules;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Matrices;

/// <summary>Any cause in any state: every control bit of the rules at random, the oracle says what has to come of it.</summary>
internal static class RandomStates
{
    private const int Count = 4000;

    /// <summary>What the code is about; the name is part of the id. Twice: more often.</summary>
    private static readonly string[] s_kinds =
    [
        "svc", "hvc", "smc", "brk", "undefined", "wfi", "wfe", "wfit", "wfet", "fp", "sp", "pauth", "daif", "pstate",
        "system", "system", "system", "eret", "eret", "eret", "eret",
    ];

    private const ulong HcrBits = Hcr.TWI | Hcr.TWE | Hcr.TID1 | Hcr.TID2 | Hcr.TID3 | Hcr.TSC | Hcr.TACR | Hcr.TSW | Hcr.TPCP | Hcr.TPU | Hcr.TTLB
        | Hcr.TVM | Hcr.TRVM | Hcr.TDZ | Hcr.HCD | Hcr.AT | Hcr.TLOR | Hcr.TERR | Hcr.API | Hcr.APK | Hcr.FMO | Hcr.IMO | Hcr.AMO | Hcr.TEA;

    private const ulong ScrBits = Scr.TWI | Scr.TWE | Scr.HCE | Scr.SMD | Scr.API | Scr.APK | Scr.FGTEn | Scr.EA;

    private const ulong SctlrBits = Sctlr.SA | Sctlr.SA0 | Sctlr.nTWI | Sctlr.nTWE | Sctlr.UCT | Sctlr.UCI | Sctlr.DZE | Sctlr.UMA
        | Sctlr.EnIA | Sctlr.EnIB | Sctlr.EnDA | Sctlr.EnDB;

    /// <summary>The cases: numbers that turn out to be no legal state, or not predictable, are left out.</summary>
    internal static IEnumerable<Case> Cases(SuiteTarget target, ulong seed)
    {
        for (int n = 0; n < Count; n++)
        {
            Dice dice = new(seed, $"exceptions/random/{n:0000}");
            string kind = dice.Pick(s_kinds);
            if (Tell(new Story(target, $"exceptions/random/{kind}-{n:0000}", ""), dice, kind) is { } c)
            {
                yield return c;
            }
        }
    }

    private static Case? Tell(Story story, Dice dice, string kind)
    {
        SuiteTarget target = story.Target;
        int level = dice.Below(target.HighestLevel + 1);
        story.Pstate = States.AnyPstate(target, level, dice);
        Controls(story, dice);
        if (!Story.IsLegal(story.Start()))
        {
            return null;
        }

        States.AnyEntryControls(story, dice);
        if (dice.OneIn(20))
        {
            story.Pstate = story.Pstate.With(Spsr.Il);
        }

        if (kind == "eret")
        {
            ulong mode = dice.OneIn(2) ? dice.Next() & 0x1F : dice.Pick((ulong[])[0, 4, 5, 8, 9, 0xC, 0xD]);
            Instruction eret = dice.Below(6) switch { 0 => Returns.Eretaa, 1 => Returns.Eretab, _ => Returns.Eret };
            ReturnStories.Tell(story, dice, eret, mode, dice.OneIn(8) ? dice.Next() & 3 : 0);
        }
        else
        {
            Code(story, dice, kind);
            if (dice.OneIn(20))
            {
                story.EntrySkew = 1 + (dice.Next() % 3);
            }
        }

        States.AddWitnesses(story, dice);
        return story.Build();
    }

    /// <summary>Each control of the rules, where the target has it.</summary>
    private static void Controls(Story story, Dice dice)
    {
        SuiteTarget target = story.Target;
        if (Reach.CanSet(target, "HCR_EL2"))
        {
            Hypervisor(story, dice);
        }

        if (Reach.CanSet(target, "SCR_EL3"))
        {
            ulong open = Scr.HCE | Scr.API | Scr.APK | Scr.FGTEn; // usually 1
            ulong set = (dice.Next() | dice.Next()) & open;
            set |= dice.Next() & dice.Next() & (ScrBits & ~open);
            story.Change("SCR_EL3", set, ScrBits);
            story.Change("MDCR_EL3", (set & Scr.SMD) != 0 ? MdcrEl3.TDOSA : 0); // the executive's way out of a vector sets it then
            foreach (Setting setting in dice.OneIn(4) ? [dice.Pick([.. Knob.Security.For(target)])] : (Setting[])[])
            {
                setting.Apply(story);
            }

            story.Change("CPTR_EL3", dice.OneIn(8) ? CptrEl3.TFP : 0).Change("CPTR_EL3", dice.OneIn(8) ? CptrEl3.TCPAC : 0);
            story.Change("MDCR_EL3", dice.OneIn(8) ? MdcrEl3.TDA : 0).Change("MDCR_EL3", dice.OneIn(8) ? MdcrEl3.TDOSA : 0);
        }

        for (int level = 1; level <= target.HighestLevel; level++)
        {
            ulong bits = level == 1 ? SctlrBits : SctlrBits & ~Sctlr.UMA;
            story.Change($"SCTLR_EL{level}", (dice.Next() | dice.Next()) & bits & (level < 3 ? ~0UL : Sctlr.SA | Sctlr.EnIA), level < 3 ? bits : Sctlr.SA);
        }

        story.Change("CPACR_EL1", (dice.Next() | dice.Next()) & 3UL << 20, 3UL << 20);
    }

    private static void Hypervisor(Story story, Dice dice)
    {
        SuiteTarget target = story.Target;
        ulong open = Hcr.API | Hcr.APK;
        ulong hcr = (dice.Next() & dice.Next() & HcrBits & ~open) | ((dice.Next() | dice.Next()) & open);
        hcr |= dice.OneIn(2) ? Hcr.TGE : 0;
        hcr &= target.HighestLevel == 2 ? ~Hcr.HCD : ~0UL; // the executive's way back to EL2 is an HVC
        story.Change("HCR_EL2", hcr, HcrBits);
        foreach (Knob knob in (Knob[])[Knob.E2h, Knob.Nested])
        {
            dice.Pick([.. knob.For(target)]).Apply(story);
        }

        bool e2h = (story.Current("HCR_EL2") & Hcr.E2H) != 0;
        story.Change("CPTR_EL2", e2h ? dice.Next() & 3UL << 20 : dice.OneIn(3) ? CptrEl2.TFP : 0, e2h ? 3UL << 20 : CptrEl2.TFP)
            .Change("CPTR_EL2", dice.OneIn(4) ? CptrEl2.TCPAC : 0)
            .Change("MDCR_EL2", dice.Next() & dice.Next() & (MdcrEl2.TDE | MdcrEl2.TDA | MdcrEl2.TDOSA | MdcrEl2.TDRA));
        if (target.Features.Has("FEAT_FGT"))
        {
            story.Set("HFGITR_EL2", dice.Next() & (Hfgitr.ERET | Hfgitr.SVC_EL0 | Hfgitr.SVC_EL1));
        }
    }

    private static void Code(Story story, Dice dice, string kind)
    {
        ulong sp = GuestMemory.Data + (ulong)(16 * dice.Below(256)) + (dice.OneIn(3) ? 0 : dice.Next() & 15);
        story.X(1, sp).X(3, GuestMemory.Data).X(4, ulong.MaxValue).X(5, dice.Next()).X(21, ulong.MaxValue);
        if (dice.OneIn(3))
        {
            story.ReadsCurrentEl();
        }

        Instruction[] drain = [Waiting.Sevl, Waiting.Wfe];
        Instruction[] stack = [Memory.MovSp(1)];
        (Instruction[] before, Instruction subject) = kind switch
        {
            "svc" => ([], Calls.Svc(dice.Below(0x10000))),
            "hvc" => ([], Calls.Hvc(dice.Below(0xE000))),
            "smc" => ([], Calls.Smc(dice.Below(0xE000))),
            "brk" => ([], Calls.Brk(dice.Below(0x10000))),
            "undefined" => ([], dice.Pick(Undefined.Everywhere)),
            "wfi" => (drain, Waiting.Wfi),
            "wfe" => (drain, Waiting.Wfe),
            "wfit" => (drain, Waiting.Wfit(4)),
            "wfet" => (drain, Waiting.Wfet(21)),
            "fp" => (stack, dice.Pick(FloatingPoint.All)),
            "sp" => (stack, dice.Pick([Memory.LdrbSp, Memory.LdrbSpOffset, Memory.StrbSp, Memory.PrfmSp, Memory.AddFromSp])),
            "pauth" => ([], dice.Pick(PointerAuthentication.All)),
            "daif" => ([], dice.Pick([PstateAccess.Daif(8), PstateAccess.SetDaif(dice.Below(16)), PstateAccess.ClearDaif(dice.Below(16))])),
            "pstate" => ([], dice.Pick([PstateAccess.SpEl0(8), PstateAccess.SelectSp(dice.Below(16)), PstateAccess.Pan(8), PstateAccess.Dit(8)])),
            _ => ((Instruction[])[], dice.Pick(SystemAccess.All)),
        };
        story.Runs(before);
        story.Subject = story.Code.Count;
        story.Runs(subject);
    }
}
