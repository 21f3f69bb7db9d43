using Conformance.Harness.Runs;
using Spectre.Console;

namespace Conformance.Cli.Progress;

/// <summary>A bar with the verdicts so far. It is gone when the run is over, so that the report stands alone.</summary>
internal static class ProgressBar
{
    public static RunSummary Follow(Shell shell, Func<IRunProgress, RunSummary> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(shell.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .Start(context => work(new Bar(context.AddTask("starting"))));
    }

    private sealed class Bar(ProgressTask task) : IRunProgress
    {
        public void Progressed(VerdictCounts counts, int? total)
        {
            task.IsIndeterminate = total is null;
            task.MaxValue = Math.Max(1, total ?? counts.Total);
            task.Value = counts.Total;
            task.Description = ProgressLines.Text(counts, total);
        }
    }
}
