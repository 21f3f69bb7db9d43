using Conformance.Harness.Cases;
using Conformance.Suites.Interrupts.Matrices;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Timers;

/// <summary>The states in which counts, views and conditions are looked at.</summary>
internal static class Stages
{
    /// <summary>Every level, {E2H,TGE}, Security state, and both switches of CNTPOFF_EL2, with offsets that the dice choose.</summary>
    internal static IEnumerable<Stage> All(SuiteTarget target, IReadOnlyList<int> levels, bool physicalOffset, Func<string, Dice> dice)
    {
        bool offsets = physicalOffset && target.Features.Has("FEAT_ECV_POFF");
        foreach (int level in levels.Where(l => l <= target.HighestLevel))
        {
            foreach (Security security in Security.Of(target))
            {
                foreach ((string host, ulong bits) in Stage.Hosts(target))
                {
                    for (int switches = offsets ? 0 : 3; switches < 4; switches++)
                    {
                        bool ecv = (switches & 1) != 0;
                        bool enabled = (switches & 2) != 0;
                        if (!enabled && target.HighestLevel < 3)
                        {
                            continue;
                        }

                        string name = $"el{level}{security.Name}{host}{(offsets ? $"-ecv{(ecv ? 1 : 0)}{(enabled ? 1 : 0)}" : "")}";
                        Dice own = dice(name);
                        yield return new Stage(
                            name, level, bits, (security.In(Baseline.Of("SCR_EL3")) & ~Scr.ECVEn) | (enabled ? Scr.ECVEn : 0),
                            Stage.AllOpen | (offsets && ecv ? Cnthctl.ECV : 0), Stage.AllOpenBelow, Offset(own), Offset(own));
                    }
                }
            }
        }
    }

    /// <summary>An offset: ordinary, or beyond any count, so that the time wraps (TM-017).</summary>
    private static ulong Offset(Dice dice) => dice.OneIn(2) ? dice.Next() >> 16 : dice.Next();
}
