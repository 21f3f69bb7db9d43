using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>The access has the byte order of EL2, SCTLR_EL2.EE, and not that of EL1 (F072).</summary>
/// <remarks>
/// Source: Arm Architecture Registers, SCTLR_EL2.EE; Arm ARM, "Enhanced support for nested virtualization". Without
/// FEAT_MixedEnd the bit is RES0: then it reads as 0 and the order stays little-endian.
/// </remarks>
internal static class ByteOrderCases
{
    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        foreach (NestedName name in VncrNames.For(target).Where(n => n.Choice == NameChoice.None && !SecureNames.OnlySecure(n)))
        {
            foreach (Nvx nvx in Nvx.Transforming)
            {
                IReadOnlyList<Effect> allowed = NestedOracle.AtEl1(name, nvx.InForce());
                if (allowed[0] is not Effect.Memory)
                {
                    continue;
                }

                foreach (bool write in Nv2Rules.Directions(name))
                {
                    foreach (bool e2h in Layouts.Of(target))
                    {
                        yield return Say(name, nvx, write, allowed, e2h ? "el2-e2h" : "el2", s => (s.BigEndian, s.E2h) = (true, e2h));
                    }

                    yield return Say(name, nvx, write, allowed, "el1", s => s.BigEndianEl1 = true);
                }
            }
        }

        Case Say(NestedName name, Nvx nvx, bool write, IReadOnlyList<Effect> allowed, string label, Action<AccessStory> adjust)
        {
            string op = write ? "msr" : "mrs";
            var story = new AccessStory(target, seed, $"nv2/byte-order/{op}-{name.Label}-nv{nvx.Label}-{label}", name, write, nvx);
            adjust(story);
            string what = story.BigEndian ? "SCTLR_EL2.EE = 1: the bytes are reversed" : "SCTLR_EL1.EE = 1 alone: the bytes keep their order";
            return story.Rules("F072").Build($"{story.Accessor} at EL1, NVx={nvx.Label}, {what}", allowed);
        }
    }
}
