using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>All cases with a filter. The rows are data; the script of the page shows one page of them at a time.</summary>
internal static class CaseList
{
    // Escapes what could end the script element that the data stands in.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(StringBuilder html, RunRecord record, IReadOnlyList<Findings> findings)
    {
        Section(html, "cases", "All cases", "", () =>
        {
            html.AppendLf("""<noscript><p class="alert">The list of all cases needs JavaScript. Everything above does not, and run.jsonl holds every case.</p></noscript>""");
            html.AppendLf("""<form id="filter" class="filter" role="search" aria-label="Filter cases">""");
            html.AppendLf("""<label>Text <input type="search" id="q" placeholder="id, title, rule or reason" autocomplete="off"></label>""");
            html.AppendLf("""<label>Suite <select id="suite"><option value="">all</option></select></label>""");
            html.AppendLf("<fieldset><legend>Verdict</legend>");
            foreach (Verdict verdict in Verdicts)
            {
                html.AppendLf($"<label class=\"check\"><input type=\"checkbox\" name=\"v\" value=\"{(int)verdict}\" checked> {Css(verdict)}</label>");
            }

            html.AppendLf("</fieldset></form>");
            html.AppendLf("""<p id="found" role="status"></p>""");
            html.AppendLf("""<div class="scroll"><table class="cases"><caption>Cases that the filter lets through</caption><thead><tr><th scope="col">Verdict</th><th scope="col">Case</th><th scope="col">Rules</th><th scope="col">Result</th></tr></thead><tbody id="rows"></tbody></table></div>""");
            html.AppendLf("""<p class="pager"><button type="button" id="prev">Previous</button> <span id="page"></span> <button type="button" id="next">Next</button></p>""");
        });
        html.Append("""<script type="application/json" id="data">""").Append(Data(record, findings)).AppendLf("</script>");
    }

    /// <summary>
    /// <c>text</c>: every text once; <c>groups</c>: suite, id, and cases as [name, verdict, title, rules, result, finding] where the
    /// last four are indices of texts; <c>cards</c>: findings shown on demand.
    /// </summary>
    private static string Data(RunRecord record, IReadOnlyList<Findings> findings)
    {
        List<string> texts = [];
        Dictionary<string, int> indices = new(StringComparer.Ordinal);
        int Text(string text)
        {
            if (!indices.TryGetValue(text, out int index))
            {
                indices[text] = index = texts.Count;
                texts.Add(text);
            }

            return index;
        }

        object[] Row(RecordedCase c)
        {
            string? anchor = findings.Select(f => f.AnchorOf(c.Id)).FirstOrDefault(a => a is not null);
            return
            [
                c.Id[(c.Group.Length == 0 ? 0 : c.Group.Length + 1)..], (int)c.Verdict, Text(c.Title), Text(string.Join(", ", c.Rules)),
                Text(c.Verdict == Verdict.Pass ? string.Join(", ", c.Chosen) : c.Reason), Text(anchor ?? ""),
            ];
        }

        var groups = GroupResult.Of(record).Select(g => new object[] { g.Cases[0].Suite, g.Group, g.Cases.Select(Row).ToArray() }).ToArray();
        var cards = findings.ToDictionary(f => f.Anchor(0)[..1], f => f.OnDemand(record), StringComparer.Ordinal);
        string[] verdicts = [.. Enum.GetValues<Verdict>().Select(Css)];
        return JsonSerializer.Serialize(new { verdicts, text = texts, groups, cards }, s_json);
    }
}
