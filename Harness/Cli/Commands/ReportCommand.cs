using System.CommandLine;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance report out/model</c></summary>
internal static class ReportCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> folder = new("DIR") { Description = "Folder of a run (its --out)." };
        Option<bool> quiet = new("--quiet", "-q") { Description = "No line for groups of cases that passed." };
        Command report = new("report", "Make the reports of a run again from its record, and print the console report.") { folder, quiet };
        report.SetAction(parsed =>
        {
            string named = parsed.GetRequiredValue(folder);
            ReportFolder.Write(shell.At(named), named, shell, parsed.GetValue(quiet));
            return (int)ExitCode.Ok;
        });
        return report;
    }
}
