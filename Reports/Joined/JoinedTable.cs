using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Joined;

/// <summary>The table of cases and devices with its filter. The rows are data; the script of the page shows one page of them at a time.</summary>
internal static class JoinedTable
{
    // Escapes what could end the script element that the data stands in.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(StringBuilder html, JoinedRuns joined)
    {
        Section(html, "cases", "Cases", "Cases whose verdicts differ come first, then those that no device passes.", () =>
        {
            html.AppendLf("""<noscript><p class="alert">The list of cases needs JavaScript. Everything above does not, and each run.jsonl holds its cases.</p></noscript>""");
            html.AppendLf("""<form id="filter" class="filter" role="search" aria-label="Filter cases">""");
            html.AppendLf("""<label>Text <input type="search" id="q" placeholder="id, title, rule or reason" autocomplete="off"></label>""");
            html.AppendLf("""<label>Suite <select id="suite"><option value="">all</option></select></label>""");
            foreach ((int index, JoinedRun run) in joined.Runs.Index())
            {
                html.Append(CultureInfo.InvariantCulture, $"<label>{Enc(run.Name)} <select name=\"run\" id=\"run{index}\"><option value=\"\">any</option>");
                html.Append(string.Concat(Verdicts.Select(v => $"<option value=\"{(int)v}\">{Css(v)}</option>")));
                html.AppendLf("<option value=\"-1\">not there</option></select></label>");
            }

            html.AppendLf("""<label class="check"><input type="checkbox" id="apart"> Only where verdicts differ</label>""");
            html.AppendLf("""<button type="reset">All cases</button></form>""");
            html.AppendLf("""<p id="found" role="status"></p>""");
            html.AppendLf($"<div class=\"scroll\"><table class=\"cases joined\"><caption>Cases that the filter lets through</caption><thead><tr><th scope=\"col\">Case</th>{string.Concat(joined.Runs.Select(r => $"<th scope=\"col\">{Enc(r.Name)}</th>"))}<th scope=\"col\">Rules</th></tr></thead><tbody id=\"rows\"></tbody></table></div>");
            html.AppendLf("""<p class="pager"><button type="button" id="prev">Previous</button> <span id="page"></span> <button type="button" id="next">Next</button></p>""");
        });
        html.Append("""<script type="application/json" id="data">""").Append(Data(joined)).AppendLf("</script>");
    }

    /// <summary>
    /// <c>text</c>: every text once; <c>rows</c>: [id, suite, title, rules, differs, verdicts, reasons], where suite, title, rules and reasons are
    /// indices of texts and a verdict of -1 says that the run does not have the case.
    /// </summary>
    private static string Data(JoinedRuns joined)
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

        object[] Row(JoinedRow row)
        {
            RecordedCase first = row.First;
            return
            [
                first.Id, Text(first.Suite), Text(first.Title), Text(string.Join(", ", first.Rules)), row.Kind == RowKind.Differs ? 1 : 0,
                row.Verdicts.Select(v => v is null ? -1 : (int)v.Value).ToArray(),
                row.Cells.Select((c, i) => Text(Says(c, joined.Runs[i].Record.Summary))).ToArray(),
            ];
        }

        object[][] rows = [.. joined.Rows.Select(Row)];
        string[] verdicts = [.. Enum.GetValues<Verdict>().Select(Css)];
        return JsonSerializer.Serialize(new { verdicts, text = texts, rows }, s_json);
    }

    /// <summary>Why it is not a pass, and whose the mistake is.</summary>
    private static string Says(RecordedCase? cell, RunSummary summary) => cell switch
    {
        null => "",
        { Attribution: { } attribution } => $"{cell.Reason} [fault: {Failures.FaultText.Of(attribution, summary)}]",
        _ => cell.Reason,
    };
}
