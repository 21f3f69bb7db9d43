using Conformance.Harness.Runs;
using Conformance.Reports.Joined;

namespace Conformance.Cli;

/// <summary>The page that shows several runs side by side.</summary>
internal static class JoinedFolder
{
    /// <summary>Writes the page into a folder, and a line for each run to the shell.</summary>
    /// <exception cref="RunException">A folder holds no record, or the page cannot be written.</exception>
    public static void Write(IReadOnlyList<string> folders, string to, Shell shell)
    {
        var joined = JoinedRuns.Of([.. folders.Select(f => (f, RunRecord.Read(shell.At(f))))]);
        string page = Path.Combine(shell.At(to), JoinedReport.FileName);
        try
        {
            Directory.CreateDirectory(shell.At(to));
            File.WriteAllText(page, JoinedReport.Html(joined));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{to}: cannot be written ({e.Message.TrimEnd('.')}); name a folder that can be written with --out.");
        }

        foreach (JoinedRun run in joined.Runs)
        {
            VerdictCounts c = run.Record.Summary.Counts;
            shell.Out.WriteLine($"{run.Name}: {c.Pass} pass, {c.Fail} fail, {c.Waived} waived, {c.Skip} skip, {c.Error} error");
        }

        shell.Out.WriteLine($"Differ   {joined.Rows.Count(r => r.Kind == RowKind.Differs)} of {joined.Rows.Count} cases");
        shell.Out.WriteLine($"Report   {new Uri(page).AbsoluteUri}");
    }
}
