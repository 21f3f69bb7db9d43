using System.CommandLine;
using System.Globalization;
using Conformance.ModelDevice;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance exec program.elf</c></summary>
internal static class ExecCommand
{
    private const long Slice = 20_000_000; // instructions between two looks at Ctrl-C

    public static Command Create(Shell shell)
    {
        Argument<string> image = new("IMAGE") { Description = "ELF file, Linux Image or flat binary for QEMU's virt board." };
        Option<string?> limit = new("--max-instructions")
        {
            Description = "Give up after so many instructions. [default: no limit]",
            HelpName = "N",
        };
        Option<string?> profile = new("--profile")
        {
            Description = "What the model implements: a profile, or one with changes (nv2,-FEAT_ECV). [default: nv2]",
            HelpName = "PROFILE",
        };
        Option<string?> level = new("--level")
        {
            Description = "Exception level of the first instruction: 1, 2 or 3. [default: 2 where there is EL2]",
            HelpName = "EL",
        };
        Command exec = new(
            "exec", "Run a program on the model: its UART and semihosting output here, its exit code as the exit code (PSCI power-off: 0).")
        { image, limit, profile, level };
        exec.SetAction(parsed =>
        {
            long most = Limit(parsed.GetValue(limit));
            string named = parsed.GetRequiredValue(image);
            int? start = Level(parsed.GetValue(level));
            ImageRun run;
            try
            {
                run = new ImageRun(shell.At(named), parsed.GetValue(profile) ?? "nv2", start, shell.OutByte);
            }
            catch (ImageRunException e)
            {
                throw new UsageException($"exec: {e.Message.Replace(shell.At(named), named, StringComparison.Ordinal)}");
            }

            ImageRunEnd end = run.Continue(Math.Min(most, Slice));
            while (end.Kind == ImageRunEndKind.OutOfBudget && end.Instructions < most)
            {
                shell.Stop.ThrowIfCancellationRequested();
                end = run.Continue(Math.Min(most - end.Instructions, Slice));
            }

            if (end.Kind == ImageRunEndKind.Exited)
            {
                return end.ExitCode;
            }

            shell.Error.WriteLine(end.Kind == ImageRunEndKind.OutOfBudget
                ? string.Create(CultureInfo.InvariantCulture, $"conformance: exec: no end within {most} instructions ({end.Where}); give more with --max-instructions.")
                : $"conformance: exec: the machine stopped: {end.Reason} ({end.Where}).");
            return (int)ExitCode.Failures;
        });
        return exec;
    }

    private static int? Level(string? text) => text switch
    {
        null => null,
        "1" or "2" or "3" => text[0] - '0',
        _ => throw new UsageException($"--level: '{text}' is not an exception level that a program starts at; give 1, 2 or 3."),
    };

    private static long Limit(string? text) =>
        text is null ? long.MaxValue
        : Numbers.TryParse(text, out ulong n) && n is > 0 and <= long.MaxValue ? (long)n
        : throw new UsageException($"--max-instructions: '{text}' is not a number of instructions; give 1 or more.");
}
