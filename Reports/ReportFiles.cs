using System.Runtime.ExceptionServices;
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
        ExceptionDispatchInfo?[] problems = new ExceptionDispatchInfo?[All.Count];
        Parallel.For(0, All.Count, i =>
        {
            try
            {
                WriteOne(record, Path.Combine(folder, All[i].Name), All[i].Text);
            }
            catch (Exception e)
            {
                problems[i] = ExceptionDispatchInfo.Capture(e);
            }
        });
        Array.Find(problems, p => p is not null)?.Throw();
    }

    private static void WriteOne(RunRecord record, string path, Func<RunRecord, string> text)
    {
        try
        {
            File.WriteAllText(path, text(record));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                $"{path}: cannot be written ({e.Message.TrimEnd('.')}); make the folder writable, or copy the record to one that is.");
        }
    }
}
