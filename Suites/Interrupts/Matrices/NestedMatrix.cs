using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts.Matrices;

/// <summary>
/// The controls of nested virtualization: they change nothing but the level that SPSR_EL1 shows (EX-063, EX-066, EX-304), and a
/// guest hypervisor's interrupts reach the level that the host says (F033).
/// </summary>
internal static class NestedMatrix
{
    private static readonly (string Name, ulong Bits, string Needs)[] s_patterns =
    [
        ("nv", Hcr.NV, "FEAT_NV"), ("nv-nv1", Hcr.NV | Hcr.NV1, "FEAT_NV"), ("nv-nv2", Hcr.NV | Hcr.NV2, "FEAT_NV2"),
        ("nv-nv1-nv2", Hcr.NV | Hcr.NV1 | Hcr.NV2, "FEAT_NV2"), ("nv2", Hcr.NV2, "FEAT_NV2"),
    ];

    internal static IEnumerable<Case> Cases(SuiteTarget target, ulong seed)
    {
        foreach ((string pattern, ulong bits, string needs) in s_patterns.Where(p => target.Features.Has(p.Needs)))
        {
            foreach (Mode mode in Mode.All.Where(m => m.Level < 3))
            {
                foreach ((string source, Line line, bool isVirtual) in ((string, Line, bool)[])
                    [("irq", Line.Irq, false), ("fiq", Line.Fiq, false), ("virq", Line.Irq, true), ("vfiq", Line.Fiq, true), ("vserror", Line.SError, true)])
                {
                    for (int turn = 0; turn < 8; turn++)
                    {
                        bool toEl2 = (turn & 1) != 0;
                        bool masked = (turn & 2) != 0;
                        ulong e2h = (turn & 4) != 0 && target.Features.Has("FEAT_VHE") ? Hcr.E2H : 0;
                        if ((!isVirtual && !target.Features.Has("FEAT_GICv3")) || ((turn & 4) != 0 && e2h == 0) || (e2h == 0 && !target.Features.Has("FEAT_E2H0") && target.Features.Has("FEAT_VHE")))
                        {
                            continue;
                        }

                        string id = $"interrupts/nested-{source}/{mode.Name}-{pattern}/{line.Name()[0]}mo{(toEl2 ? 1 : 0)}{(e2h != 0 ? "-e2h" : "")}-{(masked ? "masked" : "open")}";
                        Dice dice = new(seed, id);
                        var scene = new Scene(target, id) { Pstate = Surroundings.AnyPstate(target, mode, dice).With(line.Mask(), masked) };
                        scene.HcrEl2 |= bits | e2h | (toEl2 ? line.ToEl2() : 0) | (isVirtual ? line.VirtualPending() : 0);
                        scene.Group0 = !isVirtual && line == Line.Fiq;
                        scene.Group1 = !isVirtual && line == Line.Irq;
                        Surroundings.Fill(scene, dice);
                        scene.Rules("EX-304");
                        if (mode.Level == 1)
                        {
                            scene.Rules("F033");
                        }

                        if (scene.Build() is { } c)
                        {
                            yield return c;
                        }
                    }
                }
            }
        }
    }
}
