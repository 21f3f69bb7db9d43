using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts.Matrices;

/// <summary>
/// One pending interrupt of each kind, physical or virtual, crossed with every mode, its mask, every control that routes it and
/// the Security state. Controls of the other kinds are at random: none of them has a say (EX-305).
/// </summary>
internal static class RoutingMatrix
{
    private static readonly ulong[] s_hosts = [0, Hcr.TGE, Hcr.E2H, Hcr.TGE | Hcr.E2H];

    internal static IEnumerable<Case> Physical(SuiteTarget target, ulong seed) =>
        target.Features.Has("FEAT_GICv3")
            ? new[] { Line.Irq, Line.Fiq }.SelectMany(line => Of(target, seed, line, isVirtual: false))
            : [];

    internal static IEnumerable<Case> Virtual(SuiteTarget target, ulong seed) =>
        Lines.All.SelectMany(line => Of(target, seed, line, isVirtual: true));

    private static IEnumerable<Case> Of(SuiteTarget target, ulong seed, Line line, bool isVirtual)
    {
        ulong[] hosts = [.. s_hosts.Where(h => (h & Hcr.E2H) == 0 ? target.Features.Has("FEAT_E2H0") || !target.Features.Has("FEAT_VHE") : target.Features.Has("FEAT_VHE"))];
        foreach (Mode mode in Mode.All.Where(m => m.Level <= target.HighestLevel))
        {
            foreach (Security security in Security.Of(target))
            {
                foreach (ulong host in hosts)
                {
                    for (int bits = 0; bits < 8; bits++)
                    {
                        // A virtual exception asks HCR_EL2.Vx in place of SCR_EL3, which has no say in it.
                        bool masked = (bits & 1) != 0;
                        bool toEl2 = (bits & 2) != 0;
                        bool third = (bits & 4) != 0;
                        if (!isVirtual && third && target.HighestLevel < 3)
                        {
                            continue;
                        }

                        string id = $"interrupts/{(isVirtual ? "virtual" : "physical")}-{line.Name()}/{mode.Name}{security.Name}/"
                            + $"{Flag("tge", host, Hcr.TGE)}-{Flag("e2h", host, Hcr.E2H)}-{line.Name()[0]}mo{(toEl2 ? 1 : 0)}"
                            + $"-{(isVirtual ? "v" : "scr")}{(third ? 1 : 0)}-{(masked ? "masked" : "open")}";
                        Dice dice = new(seed, id);
                        var scene = new Scene(target, id) { Pstate = Surroundings.AnyPstate(target, mode, dice).With(line.Mask(), masked) };
                        ulong others = Lines.All.Where(l => l != line).Aggregate(0UL, (all, l) => all | l.ToEl2());
                        scene.HcrEl2 |= host | (toEl2 ? line.ToEl2() : 0) | (dice.Next() & others);
                        ulong monitor = Lines.All.Aggregate(0UL, (all, l) => all | l.ToEl3()) & (isVirtual ? ulong.MaxValue : ~line.ToEl3());
                        scene.Scr = security.In(scene.Scr) | (dice.Next() & monitor) | (!isVirtual && third ? line.ToEl3() : 0);
                        if (isVirtual)
                        {
                            scene.HcrEl2 |= third ? line.VirtualPending() : 0;
                        }
                        else
                        {
                            scene.Group0 = line == Line.Fiq;
                            scene.Group1 = line == Line.Irq;
                        }

                        Surroundings.Fill(scene, dice);
                        if (scene.Build() is { } c)
                        {
                            yield return c;
                        }
                    }
                }
            }
        }
    }

    private static string Flag(string name, ulong value, ulong bit) => $"{name}{((value & bit) != 0 ? 1 : 0)}";
}
