using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>The page is where VNCR_EL2.BADDR says (F068), whatever RES0 bits were written below it; other pages stay.</summary>
internal static class PageCases
{
    private static readonly ulong[] s_pages =
    [
        GuestMemory.Data, GuestMemory.Data + 0x1000, GuestMemory.Data + 0x7000, GuestMemory.Data + 0x8000, GuestMemory.Data + 0xF000,
        GuestMemory.Vncr + 0x1000, GuestMemory.Tables, GuestMemory.Tables + 0xF000,
    ];

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        foreach (NestedName name in VncrNames.For(target).Where(n => !SecureNames.OnlySecure(n)))
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
                    string op = write ? "msr" : "mrs";
                    var story = new AccessStory(target, seed, $"nv2/page/{op}-{name.Label}-nv{nvx.Label}", name, write, nvx);
                    story.Page = story.Dice.Pick(s_pages);
                    if (story.Dice.OneIn(2))
                    {
                        story.Vncr = story.Page | (story.Dice.Next() & 0xFFF);
                    }

                    yield return story.Rules("F068", "F071")
                        .Build($"{story.Accessor} at EL1, NVx={nvx.Label}, VNCR_EL2 = 0x{story.Page:x}: that page and no other", allowed);
                }
            }
        }
    }
}
