using Conformance.Harness.Runs;
using Conformance.Reports.Html;

namespace Conformance.Reports;

/// <summary>The reports that are kept as files beside the run record.</summary>
public static class ReportFiles
{
    /// <summary>Name of the page that people open.</summary>
    public const string Html = "report.html";

    /// <summary>Every file and what makes its text.</summary>
    public static IReadOnlyList<(string Name, Func<RunRecord, string> Text)> All { get; } =
    [
        (Html, HtmlReport.Text),
        ("junit.xml", JUnitReport.Text),
        ("report.tap", TapReport.Text),
        ("report.json", JsonReport.Text),
    ];

    /// <summary>Writes all of them into a folder.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public static void Write(RunRecord record, string folder)
    {
        try
        {
            foreach ((string name, Func<RunRecord, string> text) in All)
            {
                File.WriteAllText(Path.Combine(folder, name), text(record));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{folder}: cannot write the reports ({e.Message.TrimEnd('.')}); name a folder that can be written.");
        }
    }
}
