using System.Text;
using Conformance.Harness.Runs;
using Conformance.Reports;
using Conformance.Reports.Html;

namespace Conformance.Cli;

/// <summary>The reports that are made from a run record, and lie beside it.</summary>
internal static class ReportFolder
{
    public const string Html = "report.html";
    public const string JUnit = "junit.xml";
    public const string Tap = "report.tap";
    public const string Json = "report.json";

    /// <summary>Writes every report into the folder of the record and the console report to the shell.</summary>
    /// <param name="folder">The folder, as a whole path.</param>
    /// <param name="shownAs">The folder as the user named it.</param>
    /// <param name="shell">Where the console report goes.</param>
    /// <param name="quiet">Without a line for groups of cases that passed.</param>
    /// <exception cref="RunException">The folder holds no record, or cannot be written.</exception>
    public static RunRecord Write(string folder, string shownAs, Shell shell, bool quiet)
    {
        RunRecord record = RunRecord.Read(folder);
        WriteFile(folder, Html, HtmlReport.Text(record));
        WriteFile(folder, JUnit, JUnitReport.Text(record));
        WriteFile(folder, Tap, TapReport.Text(record));
        WriteFile(folder, Json, JsonReport.Text(record));
        shell.Out.Write(ConsoleReport.Text(record, new ConsoleOptions(Colour: shell.OutIsTerminal, Groups: !quiet)));
        shell.Out.WriteLine($"Record   {Path.Combine(shownAs, RunRecord.VerdictsName)}, {RunRecord.SummaryName}, {JUnit}, {Tap}, {Json}");
        shell.Out.WriteLine($"Report   {new Uri(Path.Combine(folder, Html)).AbsoluteUri}");
        return record;
    }

    private static void WriteFile(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        try
        {
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path}: cannot be written ({e.Message.TrimEnd('.')}); make the folder writable, or copy the record to one that is.");
        }
    }
}
