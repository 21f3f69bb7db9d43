using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Generated;

/// <summary>AT executed at EL1, in the regime that it asks about: a stage 2 fault of its walk is an exception to EL2 (TR-136).</summary>
internal static class RandomAtFromEl1
{
    internal const int Count = 1000;

    internal static IEnumerable<Case> Cases(Facts facts, ulong seed)
    {
        for (int n = 0; n < Count && facts.Target.HighestLevel >= 2; n++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{n:00000}");
            if (One(facts, new Dice(seed, "at-el1 " + name), name) is { } made)
            {
                yield return made;
            }
        }
    }

    internal static Case? One(Facts facts, Dice dice, string name)
    {
        var random = new RandomScene(facts, dice);
        random.Make(Regime.El10, stage1: !dice.OneIn(20), stage2: !dice.OneIn(5), offset: (ulong)dice.Below(0x1000));
        if (!random.Complete)
        {
            return null;
        }

        AtInstruction[] own = [.. AtInstruction.All.Where(a => a.Level < 2 && !a.BothStages && (!a.Pan || facts.Pan2))];
        Spsr pstate = Spsr.At(1).With(Spsr.Pan, facts.Pan && dice.OneIn(3));
        return AtFromEl1.Make(
            t => $"translation/at-el1/{Groups.Of(t)}/{name}", random.Scene, dice.Pick(own), pstate, random.Va);
    }
}
