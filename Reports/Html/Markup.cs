using System.Globalization;
using System.Net;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports.Html;

/// <summary>The small pieces that all sections of the page are made of.</summary>
internal static class Markup
{
    /// <summary>The verdicts in the order in which bars and tables show them.</summary>
    public static readonly Verdict[] Verdicts = [Verdict.Pass, Verdict.Fail, Verdict.Error, Verdict.Waived, Verdict.Skip];

    public static string Enc(string text) => WebUtility.HtmlEncode(text);

    public static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 case</c>, <c>2,000 cases</c>.</summary>
    public static string Count(int value, string one, string? many = null) => $"{Number(value)} {(value == 1 ? one : many ?? one + "s")}";

    public static string Css(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    public static string Badge(Verdict verdict) => $"""<span class="badge {Css(verdict)}">{Css(verdict)}</span>""";

    /// <summary>What a verdict is called in headings and legends.</summary>
    public static string Label(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "Pass",
        Verdict.Fail => "Fail",
        Verdict.Skip => "Skipped",
        Verdict.Waived => "Known divergence",
        Verdict.Error => "Error",
    };

    /// <summary>A bar of 1000 units with one piece for each verdict, each at least wide enough to be seen.</summary>
    public static string Bar(VerdictCounts counts, string label, string css)
    {
        const double Width = 1000;
        const double Smallest = 4;
        Verdict[] present = [.. Verdicts.Where(v => counts[v] > 0)];
        double free = Width - (Smallest * present.Length);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="{css}" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label="{Enc(label)}">""");
        double x = 0;
        foreach (Verdict verdict in present)
        {
            double width = Smallest + (free * counts[verdict] / counts.Total);
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="{Css(verdict)}" x="{x:0.##}" y="0" width="{width:0.##}" height="20"/>""");
            x += width;
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The counts in words, for those who do not see the bar.</summary>
    public static string InWords(VerdictCounts counts) =>
        string.Join(", ", Verdicts.Where(v => counts[v] > 0).Select(v => $"{Number(counts[v])} {Css(v)}"));

    public static void Section(StringBuilder html, string id, string heading, string intro, Action body)
    {
        html.AppendLf($"""<section id="{id}" aria-labelledby="{id}-h">""");
        html.AppendLf($"""<h2 id="{id}-h">{Enc(heading)}</h2>""");
        if (intro.Length > 0)
        {
            html.AppendLf($"<p class=\"intro\">{Enc(intro)}</p>");
        }

        body();
        html.AppendLf("</section>");
    }
}
