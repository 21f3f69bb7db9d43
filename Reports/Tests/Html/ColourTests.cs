using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Reports.Html;

namespace Conformance.Reports.Tests.Html;

/// <summary>Text on its ground has the contrast that WCAG 2 AA asks for (4.5 to 1), in light and in dark.</summary>
public partial class ColourTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Text_can_be_read(int scheme)
    {
        Dictionary<string, string> colours = Scheme(scheme);
        string[] onCards = ["ink", "soft", "accent", "pass", "fail", "error", "waived", "skip"];
        (string Text, string Ground)[] pairs =
        [
            .. onCards.Select(t => (t, "card")),
            ("ink", "ground"), ("soft", "ground"), ("accent", "ground"), ("ink", "faint"), ("soft", "faint"),
            ("ink", "wrong"), ("fail", "wrong"), ("ink", "right"), ("head-ink", "head"), ("head-soft", "head"),
            .. new[] { "c-pass", "c-waived", "c-fail", "c-none", "k-reg", "k-mem", "k-trap", "k-undef", "k-op" }.Select(g => ("ink", g)), ("soft", "c-none"),
        ];

        pairs.Where(p => Contrast(colours[p.Text], colours[p.Ground]) < 4.5).ShouldBeEmpty();
    }

    [Fact]
    public void Light_and_dark_name_the_same_colours() =>
        Scheme(1).Keys.ShouldBeSubsetOf(Scheme(0).Keys);

    /// <summary>The colours of a scheme, 0 light and 1 dark, by the name of their variable.</summary>
    private static Dictionary<string, string> Scheme(int index)
    {
        string page = HtmlReport.Text(Sample.Record);
        string css = page[..page.IndexOf("</style>", StringComparison.Ordinal)];
        string[] blocks = [.. RootBlock().Matches(css).Select(m => m.Groups[1].Value)];
        blocks.Length.ShouldBe(2);
        Dictionary<string, string> colours = new(StringComparer.Ordinal);
        foreach (string block in blocks.Take(index + 1))
        {
            foreach (Match variable in Variable().Matches(block))
            {
                colours[variable.Groups[1].Value] = variable.Groups[2].Value;
            }
        }

        return colours;
    }

    private static double Contrast(string a, string b)
    {
        (double x, double y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex(@":root \{([^}]*)\}")]
    private static partial Regex RootBlock();

    [GeneratedRegex(@"--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Variable();
}
