using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Generated;

/// <summary>Random tables, asked by AT instructions from a level whose own MMU is off.</summary>
internal static class RandomAt
{
    internal const int Count = 12_000;

    internal static IEnumerable<Case> Cases(Facts facts, ulong seed)
    {
        for (int n = 0; n < Count; n++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{n:00000}");
            if (One(facts, new Dice(seed, name), name) is { } made)
            {
                yield return made;
            }
        }
    }

    internal static Case? One(Facts facts, Dice dice, string name)
    {
        int home = facts.Target.HighestLevel;
        if (home < 2)
        {
            return null;
        }

        // EL2 with its MMU off can only ask for EL1&0.
        Regime regime = home < 3 || dice.OneIn(2) ? Regime.El10
            : facts.Vhe && (dice.OneIn(2) || !facts.E2h0) ? Regime.El20 : Regime.El2;
        var tables = new RandomTables(facts, dice);
        World world = tables.Scene.World;
        bool host = regime == Regime.El20 && dice.OneIn(2);
        world.Set(Control.HCR_EL2, 34, regime == Regime.El20 || (regime == Regime.El10 && facts.Vhe && home == 3 && dice.OneIn(6))); // E2H
        world.Set(Control.HCR_EL2, 27, host || (regime == Regime.El10 && !world.IsVhe && dice.OneIn(30))); // TGE
        if (facts.Nv && regime == Regime.El10 && dice.OneIn(3))
        {
            world.Set(Control.HCR_EL2, 42, !dice.OneIn(6)); // NV
            world.Set(Control.HCR_EL2, 43, !dice.OneIn(3)); // NV1
            world.Set(Control.HCR_EL2, 45, facts.Nv2 && dice.OneIn(2));
        }

        if (regime == Regime.El10 && dice.OneIn(20))
        {
            world.Set(Control.HCR_EL2, 12, true); // DC
        }

        bool stage1 = !dice.OneIn(10);
        bool tge = world.Bit(Control.HCR_EL2, 27);
        bool stage2 = regime == Regime.El10 && (world.Bit(Control.HCR_EL2, 12) || (!tge && dice.OneIn(2)));
        tables.Make(regime, stage1, stage2);
        if (!tables.Complete)
        {
            return null;
        }

        world[regime.Mair()] = Form.Mair(dice);
        Control sctlr = regime.Sctlr();
        if (dice.OneIn(8))
        {
            world.Set(sctlr, 2, false); // C
        }

        List<AtInstruction> forRegime = [.. AtInstruction.All.Where(a => (!a.Pan || facts.Pan2) && a.RegimeIn(world) == regime)];
        bool pan = facts.Pan && dice.OneIn(3);
        List<AtInstruction> chosen = [];
        for (int i = 0; i < 2; i++)
        {
            AtInstruction at = dice.Pick(forRegime);
            if (!chosen.Contains(at))
            {
                chosen.Add(at);
            }
        }

        int level = home == 3 && (regime != Regime.El10 || !dice.OneIn(3) || world.Bit(Control.HCR_EL2, 34)) ? 3 : 2;
        Case? made = AtCase.Make(t => $"translation/at/{Groups.Of(t)}/{name}", $"AT of a random address: {Say(chosen)}", tables.Scene, tables.Va, chosen, level, pan);

        // Groups for which a device may have to be spared stand apart from each other.
        const Trait both = Trait.BlockBeyondOutput | Trait.RefusedAtStage2;
        return (tables.Scene.Walker.Traits & both) == Trait.BlockBeyondOutput && stage2 ? null : made;
    }

    private static string Say(List<AtInstruction> instructions) => string.Join(", ", instructions.Select(a => a.Name));
}
