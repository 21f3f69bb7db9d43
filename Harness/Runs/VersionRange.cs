using System.Globalization;
using System.Text.RegularExpressions;

namespace Conformance.Harness.Runs;

/// <summary>The versions of a device that a waiver speaks of.</summary>
/// <remarks>
/// Either a pattern with <c>*</c> (<c>10.0.*</c>, <c>*</c>), or bounds that all have to hold (<c>&gt;=9.2 &lt;10.1</c>), or one
/// version. What counts of a device's version text is its first dotted number: <c>10.0.2 (Debian …)</c> is 10.0.2.
/// </remarks>
public sealed partial class VersionRange
{
    private readonly string _text;
    private readonly IReadOnlyList<(string Operator, int[] Version)> _bounds;

    private VersionRange(string text, IReadOnlyList<(string Operator, int[] Version)> bounds)
    {
        _text = text;
        _bounds = bounds;
    }

    /// <returns>The range, or null when the text is neither a pattern nor bounds.</returns>
    public static VersionRange? TryParse(string text)
    {
        if (Pattern().IsMatch(text))
        {
            return new VersionRange(text, []);
        }

        List<(string, int[])> bounds = [];
        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Bound().Match(part);
            if (!match.Success)
            {
                return null;
            }

            bounds.Add((match.Groups[1].Value, Numbers(match.Groups[2].Value)));
        }

        return bounds.Count == 0 ? null : new VersionRange(text, bounds);
    }

    public bool Contains(string version)
    {
        Match number = Number().Match(version);
        if (_bounds.Count == 0)
        {
            return CasePatterns.Glob(_text, number.Success ? number.Value : version);
        }

        return number.Success && _bounds.All(bound =>
        {
            int order = Compare(Numbers(number.Value), bound.Version);
            return bound.Operator switch
            {
                ">=" => order >= 0,
                ">" => order > 0,
                "<=" => order <= 0,
                "<" => order < 0,
                _ => order == 0,
            };
        });
    }

    public override string ToString() => _text;

    private static int[] Numbers(string dotted) =>
        [.. dotted.Split('.').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];

    /// <summary>Compares part by part; a missing part is 0.</summary>
    private static int Compare(int[] a, int[] b)
    {
        for (int i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            int order = a.ElementAtOrDefault(i).CompareTo(b.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    [GeneratedRegex(@"^(\*|[0-9]{1,6}(\.[0-9]{1,6})*\.\*)$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(>=|<=|>|<|=|)([0-9]{1,6}(?:\.[0-9]{1,6})*)$")]
    private static partial Regex Bound();

    [GeneratedRegex(@"[0-9]{1,6}(\.[0-9]{1,6})*")]
    private static partial Regex Number();
}
