using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>Names without a slot under every pattern: swapped, trapped, left alone, not EL1's at all (F070, F078, EX-197, EX-291).</summary>
internal static class OtherNameCases
{
    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed) =>
        Of(target, seed, OtherNames.Swapped, 6, "EX-291", "F070")
            .Concat(Of(target, seed, OtherNames.Trapped, 2, "EX-197"))
            .Concat(Of(target, seed, OtherNames.Plain, 2))
            .Concat(Of(target, seed, OtherNames.Higher, 1, "EX-151", "EX-289"));

    private static IEnumerable<Case> Of(
        SuiteTarget target, ulong seed, IReadOnlyList<NestedName> names, int samples, params IReadOnlyList<string> rules)
    {
        foreach (NestedName name in OtherNames.For(target, names))
        {
            foreach (Nvx nvx in Nvx.Defined)
            {
                IReadOnlyList<Effect> allowed = NestedOracle.AtEl1(name, nvx.InForce());
                foreach (bool write in Nv2Rules.Directions(name).Where(w => RealRegisters.MayAccess(target, name, w, allowed)))
                {
                    for (int i = 0; i < samples; i++)
                    {
                        string op = write ? "msr" : "mrs";
                        var story = new AccessStory(target, seed, $"nv2/{name.Label}/{op}-nv{nvx.Label}-{i}", name, write, nvx);
                        yield return story
                            .Rules(Nv2Rules.Of(story.Accessor, name, nvx, allowed)).Rules(rules)
                            .KeepsNamesake()
                            .Build(Title(story, allowed[0]), allowed);
                    }
                }
            }
        }
    }

    private static string Title(AccessStory story, Effect effect) => effect switch
    {
        Effect.Register register => $"{story.Accessor} at EL1, NVx={story.Nvx.Label}: reaches {register.Name}, not memory",
        Effect.Trap => $"{story.Accessor} at EL1, NVx={story.Nvx.Label}: trap to EL2, EC 0x18, not memory",
        _ => $"{story.Accessor} at EL1, NVx={story.Nvx.Label}: UNDEFINED",
    };
}
