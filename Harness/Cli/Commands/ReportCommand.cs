using System.CommandLine;

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
                JoinedFolder.Write(named, to ?? Path.Combine("out", "joined"), shell);
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
}
