using System.CommandLine;
using Conformance.Harness.Runs;
using Conformance.Reports.Joined;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance report out/model</c>, or <c>conformance report out/model out/qemu out/kvm</c> side by side</summary>
internal static class ReportCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string[]> folders = new("DIR")
        {
            Description = "Folder of a run (its --out). With several, one page shows them side by side, case by case.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> output = new("--out") { Description = "Folder of the page that shows several runs. [default: out/joined]", HelpName = "DIR" };
        Option<bool> quiet = new("--quiet", "-q") { Description = "No line for groups of cases that passed." };
        Command report = new("report", "Make the reports of a run again from its record, and print the console report; or put several runs side by side.")
        {
            folders, output, quiet,
        };
        report.SetAction(parsed =>
        {
            string[] named = parsed.GetRequiredValue(folders);
            string? to = parsed.GetValue(output);
            if (named.Length > 1)
            {
                Join(named, to ?? Path.Combine("out", "joined"), shell);
                return (int)ExitCode.Ok;
            }

            if (to is not null)
            {
                throw new UsageException("report: --out is for several runs; the reports of one lie beside its record.");
            }

            ReportFolder.Write(shell.At(named[0]), named[0], shell, parsed.GetValue(quiet));
            return (int)ExitCode.Ok;
        });
        return report;
    }

    private static void Join(string[] folders, string to, Shell shell)
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
