using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Memory attributes in PAR_EL1: MAIR byte × SH of stage 1, and × MemAttr × SH of stage 2, with and without FWB (TR-080 to TR-087).</summary>
internal static class AttributeMatrices
{
    private static readonly byte[] s_attributes =
        [0x00, 0x04, 0x08, 0x0C, 0x44, 0x4F, 0xF4, 0x4B, 0xB4, 0xBB, 0xBF, 0xFB, 0xFF, 0xEE, 0xDD, 0xCC, 0x88, 0x99, 0x77, 0x33, 0x37, 0x7F];

    private static readonly int[] s_memAttr = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15];
    private static readonly int[] s_forced = [0, 1, 2, 3, 5, 6, 7];
    private static readonly int[] s_sh = [0, 2, 3];

    private static readonly AtInstruction[] s_stage1 = [.. AtInstruction.All.Where(a => a.Name == "S1E1R")];
    private static readonly AtInstruction[] s_both = [.. AtInstruction.All.Where(a => a.Name == "S12E1R")];

    internal static IEnumerable<Case> All(Facts facts)
    {
        int home = facts.Target.HighestLevel;
        foreach (byte attr in s_attributes)
        {
            foreach (int sh in s_sh)
            {
                foreach (bool cached in (bool[])[true, false])
                {
                    Plain plain = Page(facts, attr, sh, cached, stage2: false);
                    string name = string.Create(CultureInfo.InvariantCulture, $"{attr:x2}-sh{sh}{(cached ? "" : "-c0")}");
                    if (AtCase.Make(_ => $"translation/at/attributes/stage-1-{name}", $"MAIR byte 0x{attr:x2}, SH {sh}: ATTR and SH in PAR_EL1", plain.Scene, Plain.Va, s_stage1, home) is { } made)
                    {
                        yield return made;
                    }
                }
            }

            foreach (bool forced in facts.Fwb ? (bool[])[false, true] : [false])
            {
                foreach (int memAttr in forced ? s_forced : s_memAttr)
                {
                    foreach ((int sh1, int sh2) in ((int, int)[])[(3, 3), (0, 2), (2, 0), (0, 3), (0, 0)])
                    {
                        Plain plain = Page(facts, attr, sh1, cached: true, stage2: true)
                            .Stage2(Descriptor.Af | Descriptor.S2Read | Descriptor.S2Write | Descriptor.Sh(sh2) | (ulong)memAttr << 2, forced);
                        string name = string.Create(CultureInfo.InvariantCulture, $"{attr:x2}-{memAttr:x1}-sh{sh1}{sh2}{(forced ? "-fwb" : "")}");
                        if (AtCase.Make(t => $"translation/at/{Of(t)}/{name}", $"MAIR byte 0x{attr:x2} with MemAttr 0x{memAttr:x1}", plain.Scene, Plain.Va, s_both, home) is { } made)
                        {
                            yield return made;
                        }
                    }
                }
            }
        }
    }

    private static Plain Page(Facts facts, byte attr, int sh, bool cached, bool stage2)
    {
        Plain plain = new Plain(facts).Stage1(Regime.El10, Descriptor.Af | Descriptor.Sh(sh) | Descriptor.Index(7), stage2: stage2);
        World world = plain.Scene.World;
        world[Control.MAIR_EL1] = (world[Control.MAIR_EL1] & ~(0xFFUL << 56)) | (ulong)attr << 56;
        world.Set(Control.SCTLR_EL1, 2, cached);
        return plain;
    }

    private static string Of(Trait traits) => Groups.Of(traits) is var group && group == "random" ? "attributes" : group;
}
