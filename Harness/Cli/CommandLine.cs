using System.CommandLine;
using Conformance.Cli.Commands;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Compare;
using Conformance.Harness.Spec.Import;

namespace Conformance.Cli;

/// <summary>The <c>conformance</c> command: text to a call, a result or an exception to an exit code.</summary>
internal static class CommandLine
{
    private const string ExitCodes =
        "Exit codes: 0 passed or waived; 1 failures; 2 bad command line or input; 3 device unavailable; "
        + "4 errors (a case's device died or hung, or a bug of this program; wins over 1); 5 nothing ran; 130 interrupted.";

    /// <summary>Runs one command line. Whatever goes wrong ends as one line on <see cref="Shell.Error"/> and an exit code.</summary>
    public static ExitCode Run(IReadOnlyList<string> arguments, Shell shell, Composition composition)
    {
        RootCommand root = Root(shell, composition);
        ExitCode Fail(ExitCode code, string message)
        {
            shell.Out.Flush();
            shell.Error.WriteLine($"conformance: {message.ReplaceLineEndings(" ")}");
            shell.Error.Flush();
            return code;
        }

        try
        {
            ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0 && !arguments.Any(a => a is "--help" or "-h" or "-?"))
            {
                return Fail(ExitCode.Usage, ParseProblem.Of(parsed));
            }

            int code = parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = shell.Out,
                Error = shell.Error,
            });
            shell.Out.Flush();
            return (ExitCode)code;
        }
        catch (UsageException e)
        {
            return Fail(ExitCode.Usage, e.Message);
        }
        catch (Exception e) when (e is RunException or CaseFileException or ImportException or FactsException)
        {
            return Fail(ExitCode.Usage, e.Message);
        }
        catch (DeviceUnavailableException e)
        {
            return Fail(ExitCode.DeviceUnavailable, e.Message);
        }
        catch (OperationCanceledException) when (shell.Stop.IsCancellationRequested)
        {
            return Fail(ExitCode.Interrupted, "interrupted.");
        }
        catch (Exception e) when (!shell.Debug)
        {
            // The last resort for bugs of ours; everything that a user can cause is caught above.
            return Fail(
                ExitCode.Errors,
                $"{e.GetType().Name}: {e.Message.TrimEnd('.')}; this is a bug in conformance, run again with CONFORMANCE_DEBUG=1 for details.");
        }
    }

    private static RootCommand Root(Shell shell, Composition composition)
    {
        var root = new RootCommand(
            "Does an implementation of the Arm architecture do what the Arm ARM says? Runs cases on a device and judges each.\n\n" + ExitCodes)
        {
            RunCommand.Create(shell, composition),
            ListCommand.Create(shell, composition),
            ReplayCommand.Create(shell, composition),
            ReportCommand.Create(shell),
            DoctorCommand.Create(shell, composition),
            ExecCommand.Create(shell),
            BenchCommand.Create(shell, composition),
            LockstepCommand.Create(shell),
            SpecCommand.Create(shell),
        };
        return root;
    }
}

/// <summary>Says what is wrong with a command line in one sentence.</summary>
internal static class ParseProblem
{
    public static string Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = command is RootCommand ? "conformance --help" : $"conformance {command.Name} --help";
        if (parsed.UnmatchedTokens is [string token, ..])
        {
            bool option = token.StartsWith('-');
            IEnumerable<string> names = option
                ? command.Options.Select(o => o.Name)
                : command.Subcommands.Select(c => c.Name);
            string what = option ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return $"{Where(command)}there is no {what} '{token}'{NearestName.Hint(token, names).TrimEnd('?')}; see `{help}`.";
        }

        if (command is RootCommand)
        {
            return $"no command is given; start with `conformance run`, or see `{help}`.";
        }

        // An option without its value, or an argument that is not there; its values are checked where they are used.
        string? without = command.Options
            .FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false, Tokens.Count: 0 } && o.Arity.MinimumNumberOfValues > 0)?.Name;
        without ??= command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is null or { Tokens.Count: 0 })?.Name;
        return without is not null
            ? $"{Where(command)}{without} needs a value; see `{help}`."
            : $"{Where(command)}{parsed.Errors[0].Message.TrimEnd('.')}; see `{help}`.";
    }

    private static string Where(Command command) => command is RootCommand ? "" : $"{command.Name}: ";
}
