using Conformance.Harness.Cases;
using Conformance.Harness.Programs;

namespace Conformance.Suites.GuestHypervisor.Switches;

/// <summary>Many registers at once over many turns: nothing is lost, and nothing lands in a neighbour (F046).</summary>
/// <remarks>The oracle is a dictionary: what each place holds is what was written to it last, by either side.</remarks>
internal static class RandomSwitches
{
    private const int Stories = 48;

    /// <summary>X0 to X21 carry what is read, X22 carries what is written, X23 to X26 are kept by both sides.</summary>
    private const int Reads = 11;
    private const int Carrier = 22;
    private const int FirstKept = 23;
    private const int Kept = 4;

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, ulong seed)
    {
        Place[] shared = [.. Places.Shared(h, together: true), .. h.Target.Features.Has("FEAT_FP") ? Places.Vectors(8) : []];
        Place[] el2 = [.. Places.OfEl2(h).Where(p => !Places.IsControl(p.Name))];
        for (int n = 0; n < Stories; n++)
        {
            yield return Story(h, shared, el2, n, new Dice(seed, $"switches {h.Name} {n}"));
        }
    }

    private static CaseBuilder Story(Hypervisor h, Place[] shared, Place[] el2, int number, Dice dice)
    {
        int turns = 6 + dice.Below(5);
        CaseBuilder says = h.That("switch", $"random-{number:00}", $"{turns} turns: every register holds what was written to it last", "F003", "F007", "F008", "F046");
        if (h.Target.Features.Has("FEAT_FP"))
        {
            says.Rules("F014");
        }

        Dictionary<string, (Place Place, ulong Value)> holds = new(StringComparer.Ordinal);
        for (int k = 0; k < Kept; k++)
        {
            says.X(FirstKept + k, Witness(number, k));
        }

        for (int t = 0; t < turns; t++)
        {
            List<(string Field, ulong Value, ulong Mask)> sees = [];
            says.Turn(
                a => Side(a, dice, [.. shared, .. el2], holds, sees, 0, (p, x, r) => p.Gets(x, r), (p, x, r) => p.Puts(x, r)),
                a => Side(a, dice, shared, holds, sees, Reads, (p, x, r) => p.GuestGets!(x, r), (p, x, r) => p.GuestPuts!(x, r)),
                t + 1, Spsr.At(1).WithFrom(dice.Next(), Spsr.Nzcv));
            foreach ((string field, ulong value, ulong mask) in sees)
            {
                says.Sees(field, value, mask);
            }

            for (int k = 0; k < Kept; k++)
            {
                says.Sees(FieldNames.General(FirstKept + k), Witness(number, k));
            }

            says.NextStep();
        }

        return says.Alone(a =>
        {
            foreach ((Place place, _) in holds.Values)
            {
                a.MovImm(Carrier, place.Neutral);
                place.Puts(a, Carrier);
            }

            a.Isb();
        });
    }

    /// <summary>One side of a turn: reads some of what is held, writes some places.</summary>
    private static void Side(
        Assembler a, Dice dice, Place[] places, Dictionary<string, (Place Place, ulong Value)> holds, List<(string Field, ulong Value, ulong Mask)> sees,
        int first, Action<Place, Assembler, int> gets, Action<Place, Assembler, int> puts)
    {
        Place[] known = [.. places.Where(p => holds.ContainsKey(p.Name))];
        int reads = Math.Min(known.Length, Reads);
        for (int r = 0; r < reads; r++)
        {
            Place place = dice.Pick(known);
            gets(place, a, first + r);
            sees.Add((FieldNames.General(first + r), holds[place.Name].Value, place.Compare));
        }

        int writes = 3 + dice.Below(8);
        for (int w = 0; w < writes; w++)
        {
            Place place = dice.Pick(places);
            ulong value = place.Value(dice.Next());
            a.MovImm(Carrier, value);
            puts(place, a, Carrier);
            holds[place.Name] = (place, value);
        }

        a.Isb();
    }

    private static ulong Witness(int number, int k) => 0x5A5A_0000_C0DE_0000 + (ulong)(number << 8 | k);
}
