using System.Globalization;
using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts.Matrices;

/// <summary>Any controls at once, several exceptions pending: which of them goes first is open, all else is not (EX-318).</summary>
internal static class RandomScenes
{
    private const int Count = 2000;

    internal static IEnumerable<Case> Cases(SuiteTarget target, ulong seed)
    {
        for (int n = 0; n < Count; n++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"interrupts/several/{n}");
            if (One(target, id, new Dice(seed, id)) is { } c)
            {
                yield return c;
            }
        }
    }

    private static Case? One(SuiteTarget target, string id, Dice dice)
    {
        Mode mode = dice.Pick([.. Mode.All.Where(m => m.Level <= target.HighestLevel)]);
        var scene = new Scene(target, id) { Pstate = Surroundings.AnyPstate(target, mode, dice) };
        ulong hcr = dice.Next();
        ulong nested = target.Features.Has("FEAT_NV2") ? Hcr.NV | Hcr.NV1 | Hcr.NV2 : target.Features.Has("FEAT_NV") ? Hcr.NV | Hcr.NV1 : 0;
        scene.HcrEl2 |= hcr & (Hcr.IMO | Hcr.FMO | Hcr.AMO | Hcr.VI | Hcr.VF | Hcr.VSE);
        scene.HcrEl2 |= (dice.OneIn(4) ? Hcr.TGE : 0) | (target.Features.Has("FEAT_VHE") && (dice.OneIn(3) || !target.Features.Has("FEAT_E2H0")) ? Hcr.E2H : 0);
        scene.HcrEl2 |= dice.OneIn(4) ? dice.Next() & nested : 0;
        ulong route = dice.OneIn(2) ? dice.Next() & (Scr.IRQ | Scr.FIQ | Scr.EA) : 0;
        scene.Scr = dice.Pick(Security.Of(target)).In(scene.Scr) | route;
        if (target.Features.Has("FEAT_GICv3"))
        {
            int pending = dice.Below(6); // both groups together now and then
            scene.Group0 = pending is 0 or 1 or 2;
            scene.Group1 = pending is 2 or 3 or 4;
        }

        Surroundings.Fill(scene, dice);
        return scene.Build();
    }
}
