using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Directed;

/// <summary>What cache maintenance by address asks of stage 1: instruction × AP × level (TR-104). DC IVAC is a write, the others read.</summary>
internal static class MaintenanceMatrices
{
    internal static IEnumerable<Case> All(Facts facts, ulong seed)
    {
        foreach (Instruction instruction in Instruction.Maintenance)
        {
            foreach ((int level, Regime regime) in ((int, Regime)[])[(0, Regime.El10), (1, Regime.El10), (2, Regime.El2)])
            {
                if (level < instruction.LowestLevel || (level == 2 && (facts.Target.HighestLevel < 2 || !facts.E2h0))
                    || facts.Target.Features.FirstUnmet(instruction.Needs is { } needs ? [needs] : []) is not null)
                {
                    continue;
                }

                for (int ap = 0; ap < 4; ap++)
                {
                    Plain plain = new Plain(facts).Stage1(regime, Plain.Ordinary | (ulong)ap << 6);
                    string name = string.Create(CultureInfo.InvariantCulture, $"{instruction.Name}-ap{ap}");
                    var access = new AccessCase(plain.Scene, instruction, Spsr.At(level), Plain.Va, Plain.Target, new Dice(seed, $"{name}-{level}"));
                    if (access.Make(
                        t => string.Create(CultureInfo.InvariantCulture, $"translation/access/el{level}/{Groups.OfAccess(t)}matrix-{name}"),
                        $"AP {ap:b2}: who may maintain caches by address") is { } made)
                    {
                        yield return made;
                    }
                }
            }
        }
    }
}
