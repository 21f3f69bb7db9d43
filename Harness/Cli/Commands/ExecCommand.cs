using System.CommandLine;
using System.Globalization;
using Conformance.Harness.Gdb;
using Conformance.ModelDevice;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance exec program.elf</c></summary>
internal static class ExecCommand
{
    public static Command Create(Shell shell)
    {
        var options = new ExecOptions();
        Command exec = new(
            "exec",
            "Run a program on the model: its UART and semihosting output here, standard input to its UART, its exit code as the exit"
            + " code (PSCI power-off: 0).");
        options.AddTo(exec);
        exec.SetAction(parsed =>
        {
            long most = options.Limit(parsed);
            ImageRunOptions wanted = options.Read(parsed, shell);
            bool realTime = options.RealTime(parsed);
            int bytes = 0;
            void Count(byte b)
            {
                bytes++;
                wanted.Output(b);
            }

            ImageRun run;
            try
            {
                run = new ImageRun(wanted with { Output = Count });
            }
            catch (ImageRunException e)
            {
                throw new UsageException($"exec: {e.Message.Replace(shell.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
            }

            long started = TimeProvider.System.GetTimestamp();
            try
            {
                if (options.Gdb(parsed) is { } place && GdbSession.Serve(run, place, shell) is { End: not GdbEnd.Detached } session)
                {
                    return session.End == GdbEnd.Exited ? session.ExitCode : (int)ExitCode.Ok;
                }

                return End(shell, ProgramConsole.Drive(run, most, realTime, shell, () => bytes), most);
            }
            finally
            {
                CloseTrace(wanted.Trace, shell);
                if (options.Stats(parsed))
                {
                    double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                    shell.Error.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"conformance: exec: {run.Executed} instructions in {seconds:F1} s, {run.Executed / seconds / 1e6:F1} million/s."));
                }
            }
        });
        return exec;
    }

    private static void CloseTrace(ImageTrace? trace, Shell shell)
    {
        if (trace is not null && trace.Output != shell.Error)
        {
            trace.Output.Dispose();
        }
    }

    private static int End(Shell shell, ImageRunEnd end, long most)
    {
        if (end.Kind == ImageRunEndKind.Exited)
        {
            return end.ExitCode;
        }

        shell.Error.WriteLine(end.Kind == ImageRunEndKind.OutOfBudget
            ? string.Create(CultureInfo.InvariantCulture, $"conformance: exec: no end within {most} instructions ({end.Where}); give more with --max-instructions.")
            : $"conformance: exec: the machine stopped: {end.Reason} ({end.Where}).");
        return (int)ExitCode.Failures;
    }
}
