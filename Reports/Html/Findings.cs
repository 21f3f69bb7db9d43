using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>The findings of one verdict: the first of them in the page, more on demand, the rest in the list of cases only.</summary>
internal sealed class Findings
{
    /// <summary>Findings that stand in the page from the beginning.</summary>
    public const int Shown = 20;

    /// <summary>Findings that the page holds; beyond it their cases are in the list of all cases.</summary>
    public const int Held = 300;

    private readonly FieldDecoder _decoder;
    private readonly string _prefix;
    private readonly Dictionary<string, int> _ofCase = new(StringComparer.Ordinal);

    public Findings(RunRecord record, Verdict verdict, string prefix)
    {
        _prefix = prefix;
        _decoder = FieldDecoder.Of(record);
        Clusters = Cluster.Of(record, verdict);
        foreach ((int index, Cluster cluster) in Clusters.Take(Held).Index())
        {
            foreach (RecordedCase recorded in cluster.Cases)
            {
                _ofCase[recorded.Id] = index;
            }
        }
    }

    public IReadOnlyList<Cluster> Clusters { get; }

    /// <summary>The anchor of the finding that a case belongs to, or null.</summary>
    public string? AnchorOf(string caseId) => _ofCase.TryGetValue(caseId, out int index) ? Anchor(index) : null;

    public string Anchor(int index) => $"{_prefix}{index + 1}";

    public void Write(StringBuilder html, string id, string heading, string intro, RunRecord record)
    {
        Section(html, id, heading, Clusters.Count == 0 ? "" : intro, () =>
        {
            if (Clusters.Count == 0)
            {
                html.AppendLf("""<p class="empty">None.</p>""");
                return;
            }

            WriteList(html, record);
        });
    }

    /// <summary>The list of findings without a heading.</summary>
    public void WriteList(StringBuilder html, RunRecord record)
    {
        html.AppendLf($"<div class=\"findings\" data-prefix=\"{_prefix}\">");
        for (int i = 0; i < Math.Min(Shown, Clusters.Count); i++)
        {
            html.AppendLf(FindingCard.Html(Clusters[i], Anchor(i), open: i < 3 && _prefix != "w", record, _decoder));
        }

        html.AppendLf("</div>");
        int held = Math.Min(Held, Clusters.Count);
        if (held > Shown)
        {
            html.AppendLf($"<p><button type=\"button\" class=\"more\" data-prefix=\"{_prefix}\">Show {held - Shown} more findings</button></p>");
        }

        if (Clusters.Count > Held)
        {
            int cases = Clusters.Skip(Held).Sum(c => c.Cases.Count);
            html.AppendLf($"<p class=\"intro\">{Count(Clusters.Count - Held, "further finding")} in {Count(cases, "case")}: in the <a href=\"#cases\">list of all cases</a>.</p>");
        }
    }

    /// <summary>The findings that the page shows on demand, each as a piece of HTML.</summary>
    public IReadOnlyList<string> OnDemand(RunRecord record) =>
        [.. Clusters.Take(Held).Skip(Shown).Select((c, i) => FindingCard.Html(c, Anchor(Shown + i), open: false, record, _decoder))];
}
