namespace Conformance.Harness.Runs;

/// <summary>Patterns over case ids (<c>--only</c>, the <c>cases</c> of a waiver). A case matches when one pattern does.</summary>
/// <remarks>
/// <c>*</c> stands for any characters, <c>/</c> included, <c>?</c> for one. A pattern without either is an id or the
/// beginning of one up to a <c>/</c>, so <c>exceptions/svc</c> selects the group.
/// </remarks>
public sealed class CasePatterns(IReadOnlyList<string> patterns)
{
    /// <summary>No patterns: every case matches.</summary>
    public static readonly CasePatterns All = new([]);

    public IReadOnlyList<string> Patterns => patterns;

    public bool Matches(string id)
    {
        foreach (string pattern in patterns)
        {
            if (Matches(pattern, id))
            {
                return true;
            }
        }

        return patterns.Count == 0;
    }

    /// <summary>False when no id of the suite can match, so that its cases need not be generated.</summary>
    public bool CanMatchSuite(string suite) => patterns.Count == 0 || patterns.Any(pattern =>
    {
        int end = pattern.AsSpan().IndexOfAny("*?/");
        return end < 0 ? suite == pattern
            : pattern[end] == '/' ? suite == pattern[..end]
            : suite.StartsWith(pattern[..end], StringComparison.Ordinal);
    });

    private static bool Matches(string pattern, string id) =>
        pattern.AsSpan().IndexOfAny('*', '?') < 0
            ? id.StartsWith(pattern, StringComparison.Ordinal)
                && (id.Length == pattern.Length || id[pattern.Length] == '/' || pattern.EndsWith('/'))
            : Glob(pattern, id);

    /// <summary>Whether <paramref name="text"/> as a whole matches a pattern of <c>*</c>, <c>?</c> and literals.</summary>
    public static bool Glob(string pattern, string text)
    {
        // Backtracks to the last star only, which is enough: linear in practice and never exponential.
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
