using Conformance.Harness.Runs;

namespace Conformance.Cli.Progress;

/// <summary>Shows how a run gets on: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class RunProgress
{
    /// <summary>Does the work with a follower that fits the shell.</summary>
    public static RunSummary Follow(Shell shell, Func<IRunProgress, RunSummary> work) =>
        shell.ErrorIsTerminal ? ProgressBar.Follow(shell, work) : work(new ProgressLines(shell.Error, TimeProvider.System));
}
