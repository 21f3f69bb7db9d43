using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>Every access that goes to memory: right slot, all 64 bits, nothing else touched (F071, F074 to F078).</summary>
internal static class SlotCases
{
    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        foreach (NestedName name in VncrNames.For(target))
        {
            foreach (Nvx nvx in Nvx.Transforming)
            {
                IReadOnlyList<Effect> allowed = NestedOracle.AtEl1(name, nvx.InForce());
                if (!SecureNames.OnlySecure(name) && allowed[0] is Effect.Memory)
                {
                    foreach (bool write in Nv2Rules.Directions(name))
                    {
                        foreach (Case c in Cases(target, seed, name, write, nvx, allowed))
                        {
                            yield return c;
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<Case> Cases(
        SuiteTarget target, ulong seed, NestedName name, bool write, Nvx nvx, IReadOnlyList<Effect> allowed)
    {
        string op = write ? "msr" : "mrs";
        bool onlyZero = !RealRegisters.MayAccess(target, name, write, allowed);
        foreach ((string label, Func<Dice, ulong> of) in Values.All)
        {
            if (onlyZero && label != "zeros")
            {
                continue; // it may be the register after all, and that takes no other value
            }

            AccessStory story = New(label);
            ulong value = of(story.Dice);
            (story.Value, story.Stored) = write ? (value, ~value) : (~value, value);
            yield return Say(story);
        }

        AccessStory zero = New("xzr");
        zero.Rt = 31;
        yield return Say(zero);

        AccessStory New(string label) => new(target, seed, $"nv2/{name.Label}/{op}-nv{nvx.Label}-{label}", name, write, nvx);

        Case Say(AccessStory story) => story
            .Rules(Nv2Rules.Of(story.Accessor, name, nvx, allowed), "F071", Nv2Rules.Behaviour(name))
            .Build(Title(story), allowed);
    }

    private static string Title(AccessStory story) => story.Write
        ? $"{story.Accessor} at EL1, NVx={story.Nvx.Label}: 64 bits go to VNCR_EL2 + 0x{story.Name.Offset:x3} and nowhere else"
        : $"{story.Accessor} at EL1, NVx={story.Nvx.Label}: 64 bits come from VNCR_EL2 + 0x{story.Name.Offset:x3}";
}
