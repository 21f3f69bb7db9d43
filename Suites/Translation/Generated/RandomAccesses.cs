using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Generated;

/// <summary>Random tables and a real access: every kind of access, every level with an MMU, PAN, UAO, NV bits, both stages.</summary>
internal static class RandomAccesses
{
    internal const int Count = 14_000;

    internal static IEnumerable<Case> Cases(Facts facts, ulong seed)
    {
        for (int n = 0; n < Count; n++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{n:00000}");
            if (One(facts, new Dice(seed, "access " + name), name) is { } made)
            {
                yield return made;
            }
        }
    }

    internal static Case? One(Facts facts, Dice dice, string name)
    {
        var random = new RandomScene(facts, dice);
        World world = random.Scene.World;
        int home = facts.Target.HighestLevel;
        int kind = dice.Below(10);
        (int level, bool e2h, bool tge) = kind switch
        {
            < 4 => (1, false, false),
            < 7 => (0, false, false),
            7 when home >= 2 && facts.Vhe => (0, true, true),
            8 when home >= 2 && facts.Vhe => (2, true, dice.OneIn(2)),
            9 when home >= 2 => (2, false, false),
            _ => (1, facts.Vhe && home >= 2, false),
        };
        world.Set(Control.HCR_EL2, 34, e2h);
        world.Set(Control.HCR_EL2, 27, tge);
        Regime regime = world.RegimeOf(level);
        if (level == 1 && facts.Nv && home >= 2 && dice.OneIn(4))
        {
            world.Set(Control.HCR_EL2, 42, true);
            world.Set(Control.HCR_EL2, 43, dice.OneIn(2));
        }

        Instruction instruction = dice.Pick(Instruction.All);
        if (level < instruction.LowestLevel || (instruction.Needs is { } needs && !facts.Has(needs))
            || (level == 0 && tge && instruction.Purpose is not (Purpose.Data or Purpose.Fetch)))
        {
            instruction = Instruction.All[0];
        }

        bool stage1 = !dice.OneIn(10);
        bool stage2 = home >= 2 && regime == Regime.El10 && (!stage1 || dice.OneIn(2));
        int unit = instruction.Effect is Effect.LoadPair or Effect.StorePair ? 16 : instruction.Effect == Effect.Zero ? 2048 : Math.Max(instruction.Size, 8);
        ulong offset = (ulong)(dice.Below(0xF00 / unit) * unit);
        if (instruction.CanBeUnaligned && dice.OneIn(3))
        {
            offset = (offset & ~15UL) + (ulong)dice.Below(16 - instruction.Size);
        }

        random.Make(regime, stage1, stage2, offset);
        if (!random.Complete)
        {
            return null;
        }

        Spsr pstate = Spsr.At(level)
            .With(Spsr.Pan, level > 0 && facts.Pan && dice.OneIn(3))
            .With(Spsr.Uao, level > 0 && facts.Has("FEAT_UAO") && dice.OneIn(5));
        bool asks = home >= 2 && stage1 && instruction.Purpose == Purpose.Data && !instruction.Unprivileged && instruction.Read != instruction.Write
            && (offset & ((ulong)instruction.Size - 1)) == 0 && !pstate.Has(Spsr.Pan) && dice.OneIn(6);
        AtInstruction? at = asks ? At(level, instruction.Write, stage2) : null;
        var access = new AccessCase(random.Scene, instruction, pstate, random.Va, random.Target, dice) { AskedBefore = at };
        string where = $"el{level}{(e2h ? tge ? "-host" : "-e2h" : "")}";
        return access.Make(
            t => $"translation/access/{where}/{Groups.OfAccess(t)}{instruction.Name}/{name}",
            $"{instruction.Name} at EL{level}{(at is null ? "" : $" after AT {at.Name}")}, stage 1 {(stage1 ? "on" : "off")}, stage 2 {(stage2 ? "on" : "off")}",
            at is null ? [] : ["TR-139"]);
    }

    private static AtInstruction At(int level, bool write, bool stage2) =>
        AtInstruction.All.First(a => a.Level == level && a.Write == write && a.BothStages == (stage2 && level < 2) && !a.Pan);
}
