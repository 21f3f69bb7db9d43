using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Permissions of stage 2, by accesses: S2AP × XN × level × access, with stage 1 off and on (TR-055 to TR-057, TR-060; F019).</summary>
internal static class Stage2Matrices
{
    private static readonly string[] s_accesses = ["ldr", "str", "ldadd", "fetch", "dc-civac"];

    internal static IEnumerable<Case> All(Facts facts, ulong seed)
    {
        foreach (Instruction instruction in Instruction.All.Where(i => s_accesses.Contains(i.Name) && (i.Needs is null || facts.Has(i.Needs))))
        {
            for (int bits = 0; bits < 64; bits++)
            {
                (int ap, int xn, int level, bool stage1) = (bits & 3, bits >> 2 & 3, bits >> 4 & 1, (bits & 32) != 0);
                var plain = new Plain(facts);
                if (stage1)
                {
                    // Readable and executable by both levels; writable by EL0 only where nothing is to be executed.
                    ulong own = instruction.Purpose == Purpose.Fetch ? Descriptor.El0 | Descriptor.ReadOnly : Descriptor.El0;
                    plain.Stage1(Regime.El10, Plain.Ordinary | own, stage2: true);
                }

                plain.Stage2(Descriptor.Af | 3UL << 8 | Scene.Stage2WriteBack | (ulong)ap << 6 | (ulong)xn << 53);
                string name = string.Create(
                    CultureInfo.InvariantCulture, $"{instruction.Name}-el{level}-s2ap{ap}-xn{xn}{(stage1 ? "-stage1" : "")}");
                var access = new AccessCase(plain.Scene, instruction, Spsr.At(level), stage1 ? Plain.Va : Plain.Ipa, Plain.Target, new Dice(seed, name));
                if (access.Make(
                    t => Groups.OfAccess(t).Length == 0 ? $"translation/permissions/stage-2/{name}" : $"translation/access/el{level}/{Groups.OfAccess(t)}{name}",
                    $"S2AP {ap:b2}, XN {xn:b2}: {instruction.Name} at EL{level}") is { } made)
                {
                    yield return made;
                }
            }
        }
    }
}
