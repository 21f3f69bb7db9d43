using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Html.Map;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>The report as one page that needs nothing else: no network, no other files, no clock.</summary>
/// <remarks>
/// What a reader needs first is in the page as it is; the list of all cases is data in it, of which a script shows a hundred
/// at a time. The same record gives the same bytes.
/// </remarks>
public static class HtmlReport
{
    public static string Text(RunRecord record)
    {
        Findings failures = new(record, Verdict.Fail, "f");
        Findings errors = new(record, Verdict.Error, "e");
        Findings waived = new(record, Verdict.Waived, "w");
        var html = new StringBuilder(1 << 20);
        WriteHead(html, record);
        Overview.Write(html, record, failures);
        html.AppendLf("""<main id="main">""");
        Overview.WriteTotals(html, record);
        Suites.Write(html, record);
        failures.Write(html, "failures", "Failures", "Cases in which the device did something that the architecture does not allow. Cases of the same rules that differ in the same fields are one finding.", record);
        errors.Write(html, "errors", "Errors", "The device died, timed out or did not report what was asked: no statement about the rule.", record);
        Waived.Write(html, record, waived);
        AllowedByLeaks.Write(html, record);
        Faults.Write(html, record);
        Choices.Write(html, record);
        Skipped.Write(html, record);
        if (record.Map is not null)
        {
            MapSection.Write(html, record, record.Map);
        }

        Coverage.Write(html, record.Summary, record.Map is not null);
        CaseList.Write(html, record, [failures, errors, waived]);
        html.AppendLf("</main>");
        html.AppendLf($"<footer><p>Made from the run record ({RunRecord.SummaryName}, {RunRecord.VerdictsName}; format {RunSummary.Format}) and from nothing else. The record holds every case with what was expected and observed.</p></footer>");
        html.AppendLf($"<script>\n{Resource("page.js")}{(record.Map is null ? "" : Resource("map.js"))}</script>");
        html.AppendLf("</body>").AppendLf("</html>");
        return html.ToString();
    }

    private static void WriteHead(StringBuilder html, RunRecord record)
    {
        RunSummary summary = record.Summary;
        html.AppendLf("<!DOCTYPE html>");
        html.AppendLf("""<html lang="en">""");
        html.AppendLf("<head>");
        html.AppendLf("""<meta charset="utf-8">""");
        html.AppendLf("""<meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.AppendLf("""<meta name="color-scheme" content="light dark">""");
        html.AppendLf(string.Create(CultureInfo.InvariantCulture,
            $"<title>{Enc(summary.DeviceInWords)}: {InWords(summary.Counts)} · Conformance</title>"));
        html.AppendLf($"<style>\n{Resource("page.css")}{(record.Map is null ? "" : Resource("map.css"))}</style>");
        html.AppendLf("</head>");
        html.AppendLf("<body>");
        html.AppendLf("""<a class="skip-link" href="#main">Skip to the results</a>""");
    }

    internal static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the reports."));
        return reader.ReadToEnd();
    }
}
