using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Switches;

/// <summary>Each register of a guest alone: hypervisor and guest hand values to each other through it (F003, F007, F008).</summary>
/// <remarks>The register of EL2 that has the same name otherwise holds a value of its own all the while.</remarks>
internal static class OneByOne
{
    private static readonly string[] s_twins =
        ["AFSR0", "AFSR1", "AMAIR", "MAIR", "CONTEXTIDR", "TCR", "TTBR0", "TTBR1", "SCXTNUM", "TPIDR", "CNTHP_CVAL", "PIR", "PIRE0", "POR", "TCR2", "SCTLR2"];

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, ulong seed)
    {
        IReadOnlyList<Place> el2 = Places.OfEl2(h);
        foreach (Place place in Places.Shared(h, together: false))
        {
            string stem = place.Name.StartsWith("CNTP_CVAL", StringComparison.Ordinal) ? "CNTHP_CVAL" : place.Name[..Math.Max(0, place.Name.LastIndexOf('_'))];
            yield return HandsOver(h, place, s_twins.Contains(stem) ? el2.FirstOrDefault(p => p.Name == stem + "_EL2") : null, new Dice(seed, h.Name + place.Name));
        }

        foreach (IGrouping<string, Place> names in el2.GroupBy(p => p.Name))
        {
            int n = 0;
            foreach (Place place in names)
            {
                yield return Keeps(h, place, n++ == 0 ? "" : "-other-name", new Dice(seed, h.Name + place.Name + "kept"));
            }
        }

        foreach ((Place place, string seen) in Places.SeenByGuest(h))
        {
            yield return ShowsGuest(h, place, seen, new Dice(seed, h.Name + seen));
        }
    }

    private static CaseBuilder HandsOver(Hypervisor h, Place place, Place? twin, Dice dice)
    {
        (ulong a, ulong b, ulong c, ulong own) = (place.Value(dice.Next()), place.Value(dice.Next()), place.Value(dice.Next()), twin?.Value(dice.Next()) ?? 0);
        CaseBuilder says = h.That("switch", place.Id, $"{place.Name} holds what hypervisor and guest write in turn{(twin is null ? "" : $", and {twin.Name} what the hypervisor wrote")}", place.Rules)
            .X(10, a).X(11, b).X(12, c).X(13, own).X(14, place.Neutral).X(15, twin?.Neutral ?? 0);
        if (twin is not null)
        {
            says.Rules(twin.Rules);
        }

        says.Turn(
            x =>
            {
                place.Puts(x, X10);
                twin?.Puts(x, X13);
            },
            x =>
            {
                place.GuestGets!(x, X1);
                place.GuestPuts!(x, X11);
            },
            1).Sees("X1", a, place.Compare).NextStep();
        says.Turn(
            x =>
            {
                place.Gets(x, X2);
                twin?.Gets(x, X3);
                place.Puts(x, X12);
            },
            x =>
            {
                place.GuestGets!(x, X4);
                place.GuestPuts!(x, X14);
            },
            2).Sees("X2", b, place.Compare).Sees("X4", c, place.Compare);
        SeesTwin("X3");
        says.NextStep();
        says.Alone(x =>
        {
            place.Gets(x, X5);
            twin?.Gets(x, X6);
            twin?.Puts(x, X15);
            x.Isb();
        }).Sees("X5", place.Neutral, place.Compare);
        SeesTwin("X6");
        return says;

        void SeesTwin(string field)
        {
            if (twin is not null)
            {
                says.Sees(field, own, twin.Compare);
            }
        }
    }

    private static CaseBuilder Keeps(Hypervisor h, Place place, string suffix, Dice dice)
    {
        ulong a = place.Value(dice.Next());
        ulong b = place.Value(~a);
        return h.That("switch", place.Id + suffix, $"{place.Name} keeps what the hypervisor wrote while the guest runs", place.Rules)
            .X(10, a).X(11, b).X(14, place.Neutral)
            .Turn(x => place.Puts(x, X10), x => x.Nop(), 1).NextStep()
            .Turn(
                x =>
                {
                    place.Gets(x, X1);
                    place.Puts(x, X11);
                },
                x => x.Nop(),
                2).Sees("X1", a, place.Compare).NextStep()
            .Alone(x =>
            {
                place.Gets(x, X2);
                place.Puts(x, X14);
                x.Isb();
            }).Sees("X2", b, place.Compare);
    }

    private static CaseBuilder ShowsGuest(Hypervisor h, Place place, string seen, Dice dice)
    {
        ulong a = place.Value(dice.Next());
        ulong b = place.Value(~a);
        return h.That("switch", $"{place.Id}-seen", $"the guest reads {place.Name} as {seen}, and what it is changed to at its next turn; EL2 reads its own", "F003", "F040")
            .X(10, a).X(11, b).X(14, place.Neutral)
            .Turn(
                x =>
                {
                    x.Mrs(X6, seen);
                    place.Puts(x, X10);
                    x.Mrs(X7, seen).Sub(X7, X7, X6);
                },
                x => x.Mrs(X1, seen),
                1).Sees("X1", a, place.Compare).Sees("X7", 0).NextStep()
            .Turn(x => place.Puts(x, X11), x => x.Mrs(X1, seen), 2).Sees("X1", b, place.Compare).NextStep()
            .Alone(x =>
            {
                x.Mrs(X7, seen).Sub(X7, X7, X6);
                place.Puts(x, X14);
                x.Isb();
            }).Sees("X7", 0);
    }
}
