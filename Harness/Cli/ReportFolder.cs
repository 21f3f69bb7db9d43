using Conformance.Harness.Runs;
using Conformance.Reports;

namespace Conformance.Cli;

/// <summary>The reports that are made from a run record, and lie beside it.</summary>
internal static class ReportFolder
{
    /// <summary>Writes every report into the folder of the record and the console report to the shell.</summary>
    /// <param name="folder">The folder, as a whole path.</param>
    /// <param name="shownAs">The folder as the user named it.</param>
    /// <param name="shell">Where the console report goes.</param>
    /// <param name="quiet">Without a line for groups of cases that passed.</param>
    /// <exception cref="RunException">The folder holds no record, or cannot be written.</exception>
    public static RunRecord Write(string folder, string shownAs, Shell shell, bool quiet)
    {
        var record = RunRecord.Read(folder);
        ReportFiles.Write(record, folder);
        shell.Out.Write(ConsoleReport.Text(record, new ConsoleOptions(Colour: shell.OutIsTerminal, Groups: !quiet)));
        string others = string.Join(", ", ReportFiles.All.Select(f => f.Name).Where(n => n != ReportFiles.Html));
        string map = record.Map is null ? "" : $"{RunRecord.CoverageName}, ";
        shell.Out.WriteLine($"Record   {Path.Combine(shownAs, RunRecord.VerdictsName)}, {RunRecord.SummaryName}, {RunRecord.CasesName}, {map}{others}");
        shell.Out.WriteLine($"Report   {new Uri(Path.Combine(folder, ReportFiles.Html)).AbsoluteUri}");
        return record;
    }
}
