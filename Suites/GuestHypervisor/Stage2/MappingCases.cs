namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>Directed and random stories over the tables of two guests (F019, F022, F023).</summary>
internal static class MappingCases
{
    private const int Stories = 16;

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, ulong seed)
    {
        foreach (Invalidation with in Invalidation.Of(h.Target))
        {
            yield return Invalidated(h, with);
        }

        yield return BackAndForth(h);
        yield return OneVmid(h);
        yield return Permissions(h);
        for (int n = 0; n < Stories; n++)
        {
            yield return Random(h, n, new Dice(seed, $"stage2 {h.Name} {n}"));
        }
    }

    private static CaseBuilder Invalidated(Hypervisor h, Invalidation with)
    {
        CaseBuilder says = h.That("stage2", $"tlbi-{with.Name}", $"pages taken away, changed and replaced with TLBI {with.Name.ToUpperInvariant()}: the guest finds the new state, or before it the old one", "F023", "F018", "TR-145", "TR-153", "TR-154");
        MappingStory story = new(h, says);
        story.Begin((s, slot) => s == 0 ? new Mapping(slot, 3) : new Mapping(3 - slot, 3));
        story.Use(0, Access.Load);
        story.Change(0, 0, Mapping.None(3));
        story.Use(0, Access.Load);
        story.Invalidate(0, with, 0);
        story.Use(0, Access.Load);
        story.Change(0, 0, new Mapping(0, 3));
        story.Use(0, Access.Store);
        story.Use(1, Access.Store);
        story.Change(0, 1, new Mapping(1, 3, Write: false, Execute: false));
        story.Invalidate(0, with, 0);
        story.Use(1, Access.Store);
        story.Invalidate(0, with, 1);
        story.Use(1, Access.Store);
        story.Use(1, Access.Load);
        story.Remap(0, 1, new Mapping(2, 3), with);
        story.Use(1, Access.Fetch);
        story.Switch(1);
        story.Use(1, Access.Load);
        return story.End();
    }

    private static CaseBuilder BackAndForth(Hypervisor h)
    {
        CaseBuilder says = h.That("stage2", "switches", "two guests take turns without any TLBI: neither ever finds what the other has mapped", "F022", "F017", "TR-147");
        MappingStory story = new(h, says);
        story.Begin((s, slot) => (s, slot) switch
        {
            (0, 2) => Mapping.None(3),
            (0, _) => new Mapping(slot, 3),
            (1, 0) => Mapping.None(3),
            _ => new Mapping(3 - slot, 3, Write: slot != 1),
        });
        for (int turn = 0; turn < 12; turn++)
        {
            story.Switch(turn & 1);
            story.Use(turn / 2 % MappingStory.Pages, (Access)(turn % 3));
        }

        return story.End();
    }

    private static CaseBuilder OneVmid(Hypervisor h)
    {
        CaseBuilder says = h.That("stage2", "one-vmid", "two tables used in turn with one VMID, which is invalidated at each switch", "F022", "TR-149");
        MappingStory story = new(h, says, sameVmid: true);
        story.Begin((s, slot) => s == 0 ? new Mapping(slot, 3) : new Mapping(3 - slot, 3));
        for (int turn = 0; turn < 6; turn++)
        {
            story.Switch(turn & 1);
            story.Invalidate(turn & 1, turn % 3 == 2 ? Invalidation.Everything : Invalidation.OfVmid, 0);
            story.Use(turn / 2, (Access)(turn % 3));
            story.Use(3, Access.Load);
        }

        return story.End();
    }

    private static CaseBuilder Permissions(Hypervisor h)
    {
        CaseBuilder says = h.That("stage2", "permissions", "a page goes through all permissions, an invalidation after each change: loads, stores and fetches as the last one says", "F019", "F027", "TR-150");
        MappingStory story = new(h, says);
        story.Begin((_, slot) => new Mapping(slot, 3));
        for (int n = 0; n < 8; n++)
        {
            bool read = (n & 1) != 0;
            story.Change(0, 0, new Mapping(0, 3, Read: read, Write: (n & 2) != 0, Execute: read && (n & 4) != 0, Accessed: n != 5));
            story.Invalidate(0, Invalidation.Of(h.Target).First(i => i.Name == (n % 2 == 0 ? "ipas2e1is" : "ipas2le1")), 0);
            story.Use(0, Access.Load);
            story.Use(0, Access.Store);
            story.Use(0, Access.Fetch);
            if (n == 5)
            {
                story.Change(0, 0, new Mapping(0, 3, Read: true, Write: false, Execute: true)); // a flag that is set needs no TLBI
                story.Use(0, Access.Load);
            }
        }

        return story.End();
    }

    private static CaseBuilder Random(Hypervisor h, int number, Dice dice)
    {
        CaseBuilder says = h.That("stage2", $"random-{number:00}", "changes, invalidations and switches at random: each access finds what is in force, or what may still be", "F019", "F022", "F023", "TR-145", "TR-154");
        MappingStory story = new(h, says, sameVmid: false);
        IReadOnlyList<Invalidation> all = Invalidation.Of(h.Target);
        story.Begin((_, _) => dice.OneIn(4) ? Mapping.None(3) : Any(dice, dice.Below(MappingStory.Pages)));
        int turns = 10 + dice.Below(6);
        for (int t = 0; t < turns; t++)
        {
            if (dice.OneIn(3))
            {
                story.Switch(1 - story.Current);
            }

            int space = dice.OneIn(4) ? 1 - story.Current : story.Current;
            int slot = dice.Below(MappingStory.Pages);
            Invalidation with = dice.Pick(all);
            Mapping now = story.Now(space, slot);
            switch (dice.Below(5))
            {
                case 0:
                    story.Change(space, slot, Mapping.None(3));
                    Perhaps();
                    break;
                case 1 when now.IsValid:
                    story.Change(space, slot, Any(dice, now.Page));
                    Perhaps();
                    break;
                case 2 or 3:
                    story.Remap(space, slot, Any(dice, dice.Below(MappingStory.Pages)), with);
                    break;
                default:
                    story.Invalidate(space, with, dice.Below(MappingStory.Pages));
                    break;
            }

            story.Use(dice.OneIn(3) ? dice.Below(MappingStory.Pages) : slot, (Access)dice.Below(3));

            void Perhaps()
            {
                if (!dice.OneIn(3))
                {
                    story.Invalidate(space, with, dice.OneIn(4) ? dice.Below(MappingStory.Pages) : slot);
                }
            }
        }

        return story.End();
    }

    private static Mapping Any(Dice dice, int page)
    {
        bool read = !dice.OneIn(5);
        return new Mapping(page, 3, read, !dice.OneIn(3), read && !dice.OneIn(3), !dice.OneIn(8));
    }
}
