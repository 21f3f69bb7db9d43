using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.ListRegisters.Sequences;

/// <summary>Makes a sequence that shows a difference as short as it can be.</summary>
/// <remarks>
/// Accesses are taken out, and the list registers and active priorities of the start, as long as the rest has one effect for each access
/// and still fails. What is left cannot lose any one of them.
/// </remarks>
internal static class Shrinker
{
    /// <param name="oracle">What the architecture says.</param>
    /// <param name="start">Where the sequence starts.</param>
    /// <param name="accesses">The sequence.</param>
    /// <param name="fails">True for a start and accesses that the device fails; it does so for the whole sequence.</param>
    /// <returns>The shortest sequence found, and its start.</returns>
    internal static (VirtualState Start, IReadOnlyList<GicAccess> Accesses) Shortest(
        VirtualInterface oracle, VirtualState start, IReadOnlyList<GicAccess> accesses, Func<VirtualState, IReadOnlyList<GicAccess>, bool> fails)
    {
        (VirtualState from, List<GicAccess> kept) = (start, [.. accesses]);
        bool smaller = true;
        while (smaller)
        {
            smaller = false;
            for (int length = Math.Max(1, kept.Count / 2); length >= 1; length /= 2)
            {
                for (int at = 0; at + length <= kept.Count;)
                {
                    List<GicAccess> without = [.. kept[..at], .. kept[(at + length)..]];
                    if (without.Count > 0 && StillFails(from, without))
                    {
                        kept = without;
                        smaller = true;
                    }
                    else
                    {
                        at++;
                    }
                }
            }

            foreach (VirtualState simpler in Simpler(from))
            {
                if (StillFails(simpler, kept))
                {
                    from = simpler;
                    smaller = true;
                    break;
                }
            }
        }

        return (from, kept);

        bool StillFails(VirtualState s, List<GicAccess> some)
        {
            VirtualState? now = s;
            foreach (GicAccess access in some)
            {
                now = now is null ? null : SequenceMaker.Follow(oracle, now, access);
            }

            return now is not null && fails(s, some);
        }
    }

    private static IEnumerable<VirtualState> Simpler(VirtualState s)
    {
        for (int n = 0; n < s.Lrs.Length; n++)
        {
            if (s.Lrs[n].Value != 0)
            {
                yield return s.WithLr(n, default);
            }
        }

        if (s.Active != 0)
        {
            yield return s with { Active0 = 0, Active1 = 0 };
        }

        if (s.Hcr != VirtualState.HcrEn)
        {
            yield return s with { Hcr = VirtualState.HcrEn };
        }
    }
}
