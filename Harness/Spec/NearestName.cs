namespace Conformance.Harness.Spec;

/// <summary>Finds the name a person probably meant, for messages about unknown names.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, or null when none is near.</summary>
    /// <remarks>Case does not count as an edit. Near means: at most a third of the letters differ, and at most four.</remarks>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int limit = Math.Min(4, Math.Max(1, (name.Length + 1) / 3)) + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= limit)
            {
                continue;
            }

            int edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < limit)
            {
                (best, limit) = (candidate, edits);
            }
        }

        return best;
    }

    /// <summary><c>; did you mean X?</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Of(name, candidates) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>Letters to insert, remove, replace or swap with their neighbour to get from one to the other.</summary>
    private static int Edits(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
