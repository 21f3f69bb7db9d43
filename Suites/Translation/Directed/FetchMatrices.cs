using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Execute permissions of stage 1, by fetches: UXN, PXN × their table bits × AP × WXN × level × NV bits (TR-042, TR-043, TR-045, TR-046, TR-111, TR-113).</summary>
internal static class FetchMatrices
{
    internal static IEnumerable<Case> All(Facts facts, ulong seed)
    {
        Instruction fetch = Instruction.All.First(i => i.Name == "fetch");
        foreach ((int level, Regime regime, int nv) in Levels(facts))
        {
            for (int bits = 0; bits < 128; bits++)
            {
                (int ap, int xn, int table, bool wxn) = (bits & 3, bits >> 2 & 3, bits >> 4 & 3, (bits & 64) != 0);
                Plain plain = new Plain(facts).Host(regime == Regime.El20, regime == Regime.El20 && level == 0).Nested(nv)
                    .Stage1(regime, Plain.Ordinary | (ulong)ap << 6 | (ulong)xn << 53, (ulong)table << 59);
                plain.Scene.World.Set(regime.Sctlr(), 19, wxn);
                string name = string.Create(CultureInfo.InvariantCulture,
                    $"el{level}{(regime == Regime.El20 ? "-host" : nv == 0 ? "" : $"-nv{nv}")}-ap{ap}-xn{xn}-table{table}{(wxn ? "-wxn" : "")}");
                var access = new AccessCase(plain.Scene, fetch, Spsr.At(level), Plain.Va, Plain.Target, new Dice(seed, name));
                if (access.Make(t => $"translation/permissions/fetch/{Groups.OfAccess(t)}{name}", $"AP {ap:b2}, UXN:PXN {xn:b2}, table bits {table:b2}: who may execute") is { } made)
                {
                    yield return made;
                }
            }
        }
    }

    private static IEnumerable<(int Level, Regime Regime, int Nv)> Levels(Facts facts)
    {
        foreach (int nv in facts.Nv ? (int[])[0, 1, 3] : [0])
        {
            yield return (1, Regime.El10, nv);
            if (nv != 1)
            {
                yield return (0, Regime.El10, nv);
            }
        }

        if (facts.Target.HighestLevel >= 2)
        {
            if (facts.E2h0)
            {
                yield return (2, Regime.El2, 0);
            }

            if (facts.Vhe)
            {
                yield return (2, Regime.El20, 0);
                yield return (0, Regime.El20, 0);
            }
        }
    }
}
