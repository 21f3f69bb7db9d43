using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Groups of descriptors with the Contiguous bit, all alike: it changes nothing that is seen (TR-028).</summary>
internal static class ContiguousCases
{
    private static readonly AtInstruction[] s_both = [.. AtInstruction.All.Where(a => a.Name is "S12E1R" or "S12E1W")];

    internal static IEnumerable<Case> All(Facts facts)
    {
        foreach (Granule granule in facts.Granules.Where(facts.Stage2Granules.Contains))
        {
            foreach (int level in (int[])[2, 3])
            {
                foreach (bool stage2 in (bool[])[false, true])
                {
                    int entries = granule == Granule.K16 ? level == 2 ? 32 : 128 : granule == Granule.K4 ? 16 : 32;
                    ulong size = 1UL << granule.Shift(level);
                    ulong first = 0x30_0000_0000 & ~((size * (ulong)entries) - 1);
                    var scene = new Scene(facts);
                    Tree tree = stage2
                        ? scene.Stage2(new Shape(granule, 39, 5), granule == Granule.K4 ? 1 : 2)
                        : scene.Stage1(Regime.El10, false, new Shape(granule, 39, 5));
                    if (!stage2)
                    {
                        scene.Disable(Regime.El10, true);
                    }

                    for (int i = 0; i < entries; i++)
                    {
                        ulong leaf = Descriptor.Af | 3UL << 8 | Descriptor.Contiguous | Descriptor.Type(level)
                            | (stage2 ? Scene.Stage2WriteBack | Descriptor.S2Read | Descriptor.S2Write : (ulong)Scene.WriteBack << 2);
                        tree.Map(first + ((ulong)i * size), level, leaf | ((0x20_0000_0000 & ~((size * (ulong)entries) - 1)) + ((ulong)i * size)));
                    }

                    foreach (int entry in (int[])[0, entries / 2, entries - 1])
                    {
                        string name = string.Create(CultureInfo.InvariantCulture, $"{granule.ToString().ToLowerInvariant()}-level{level}-{(stage2 ? "stage-2" : "stage-1")}-{entry}");
                        if (tree.Complete && AtCase.Make(_ => $"translation/at/contiguous/{name}", $"entry {entry} of {entries} with the Contiguous bit",
                            scene, first + ((ulong)entry * size) + 0x123, s_both, facts.Target.HighestLevel, false, "TR-028") is { } made)
                        {
                            yield return made;
                        }
                    }
                }
            }
        }
    }
}
