using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Data permissions of stage 1, asked by AT: AP × APTable × HPD × PAN × NV bits × dirty state (TR-040, TR-046, TR-047, TR-049, TR-069 to TR-072, TR-111 to TR-114).</summary>
internal static class PermissionMatrices
{
    internal static IEnumerable<Case> All(Facts facts)
    {
        int home = facts.Target.HighestLevel;
        foreach (Regime regime in Regimes(facts))
        {
            AtInstruction[] instructions = [.. AtInstruction.All.Where(a => !a.BothStages && (!a.Pan || facts.Pan2)
                && (regime == Regime.El2 ? a.Level == 2 : regime == Regime.El10 ? a.Level < 2 : a.Level < 3))];
            foreach (int nv in regime == Regime.El10 && facts.Nv ? (int[])[0, 1, 3, 2] : [0])
            {
                for (int bits = 0; bits < 64; bits++)
                {
                    foreach (int hd in facts.FlagByHardware ? (int[])[0, 1] : [0])
                    {
                        (int ap, int table, bool hpd, bool pan) = (bits & 3, bits >> 2 & 3, (bits & 16) != 0, (bits & 32) != 0);
                        if ((pan && !facts.Pan) || (hpd && !facts.Hpd))
                        {
                            continue;
                        }

                        Plain plain = new Plain(facts).Host(regime == Regime.El20, regime == Regime.El20).Nested(nv)
                            .Stage1(regime, Plain.Ordinary | (ulong)ap << 6 | (hd == 1 ? 1UL << 51 : 0), (ulong)table << 61);
                        bool two = regime != Regime.El2;
                        plain.Scene.World.Set(regime.Tcr(), two ? 41 : 24, hpd);
                        plain.Scene.World.Set(regime.Tcr(), two ? 39 : 21, hd == 1);
                        plain.Scene.World.Set(regime.Tcr(), two ? 40 : 22, hd == 1);
                        string name = string.Create(CultureInfo.InvariantCulture,
                            $"{regime.ToString().ToLowerInvariant()}-ap{ap}-table{table}{(hpd ? "-hpd" : "")}{(pan ? "-pan" : "")}{(hd == 1 ? "-clean" : "")}{(nv == 0 ? "" : $"-nv{nv}")}");
                        if (AtCase.Make(t => $"translation/at/{Groups.Of(t)}/permission-{name}", $"AP {ap:b2}, APTable {table:b2}: who may read and write",
                            plain.Scene, Plain.Va, instructions, home, pan) is { } made)
                        {
                            yield return made;
                        }
                    }
                }
            }
        }
    }

    internal static IEnumerable<Regime> Regimes(Facts facts)
    {
        yield return Regime.El10;
        if (facts.Target.HighestLevel >= 2)
        {
            if (facts.E2h0)
            {
                yield return Regime.El2;
            }

            if (facts.Vhe)
            {
                yield return Regime.El20;
            }
        }
    }
}
