using System.CommandLine;
using Conformance.Cli.Progress;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance run --device qemu --only 'nv2/*'</c></summary>
internal static class RunCommand
{
    public static Command Create(Shell shell, Composition composition)
    {
        Option<string?> output = new("--out")
        {
            Description = "Folder for the run record and the reports. [default: out/DEVICE]",
            HelpName = "DIR",
        };
        Option<string?> file = new("--cases")
        {
            Description = "Run the cases of this file instead of those of the suites.",
            HelpName = "FILE",
        };
        Option<string?> attribute = new("--attribute")
        {
            Description = "Run every case that fails again on this device, which the device under test stands on, and say whose the mistake is; none does not. [default: none, or what the device stands on]",
            HelpName = "DEVICE",
        };
        Option<string?> sample = new("--sample")
        {
            Description = $"At most N cases of each suite, spread over its groups by the seed, or all. [default: all{Usual(composition)}]",
            HelpName = "N",
        };
        Option<bool> quiet = new("--quiet", "-q") { Description = "No line for groups of cases that passed." };
        Command run = new("run", "Run the suites on a device, judge every case, and write record and reports.") { output, file, attribute, sample, quiet };
        var device = new DeviceOptions(run);
        var cases = new CaseOptions(run);

        run.SetAction(parsed =>
        {
            CasePatterns only = cases.Only(parsed);
            ulong seed = cases.Seed(parsed);
            string? most = parsed.GetValue(sample);
            string? casesFile = parsed.GetValue(file);

            // Before the device is started: a mistake in the file is the user's next step, whatever the device does.
            CasesOfFile? own = casesFile is null ? null : CasesOfFile.Read(casesFile, shell);
            DeviceChoice asked = device.Choice(parsed, shell);
            (int? usual, IReadOnlyDictionary<string, int> smaller) = composition.SampleOf(asked);
            int? sampled = most is not null ? Most(most) : only.Patterns.Count == 0 && own is null ? usual : null;
            string folder = parsed.GetValue(output) ?? Path.Combine("out", asked.Device);
            IReadOnlyList<(string Name, DeviceChoice Choice)> parts = composition.Parts(asked);
            var code = ExitCode.Ok;
            foreach ((string name, DeviceChoice part) in parts)
            {
                (DeviceChoice choice, DeviceChoice? below) = composition.Attribution(part, parsed.GetValue(attribute));
                using IDevice target = composition.Open(choice);
                string its = Path.Combine(folder, name);
                var plan = new RunPlan
                {
                    Device = target,
                    Suites = composition.Suites,
                    Cases = own?.For(target.Info, seed),
                    CasesFile = casesFile,
                    Only = only,
                    Sample = sampled,
                    SmallerSamples = most is null ? smaller : new Dictionary<string, int>(),
                    Seed = seed,
                    Out = shell.At(its),
                    DeviceOptions = choice.Options,
                    Below = below is null ? null : () => composition.Open(below),
                };
                code = Worse(code, Run(plan, shell, its, parsed.GetValue(quiet)));
                if (code == ExitCode.Interrupted)
                {
                    return (int)code;
                }
            }

            if (parts.Count > 1)
            {
                JoinedFolder.Write([.. parts.Select(p => Path.Combine(folder, p.Name))], folder, shell);
            }

            return (int)code;
        });
        return run;
    }

    /// <summary>The devices of which a run of all suites takes a sample.</summary>
    private static string Usual(Composition composition) =>
        string.Concat(composition.Devices.Where(d => d.Sample is not null).Select(d => $"; {d.Sample} for {d.Name} without --only"));

    /// <exception cref="UsageException">Neither a number of cases nor <c>all</c>.</exception>
    private static int? Most(string text) => text == "all" ? null
        : Numbers.TryParse(text, out ulong most) && most is > 0 and <= int.MaxValue ? (int)most
        : throw new UsageException($"--sample: '{text}' is no number of cases; give 1 or more, or all.");

    /// <summary>What several runs come to: what has to be seen to first.</summary>
    private static ExitCode Worse(ExitCode one, ExitCode other)
    {
        ReadOnlySpan<ExitCode> worst = [ExitCode.Interrupted, ExitCode.Errors, ExitCode.Failures, ExitCode.NothingRan];
        foreach (ExitCode code in worst)
        {
            if (one == code || other == code)
            {
                return code;
            }
        }

        return ExitCode.Ok;
    }

    private static ExitCode Run(RunPlan plan, Shell shell, string folder, bool quiet)
    {
        RunSummary summary = RunProgress.Follow(shell, p => Runner.Run(plan, p, shell.Stop));
        ReportFolder.Write(plan.Out!, folder, shell, quiet);
        ExitCode code = CodeOf(summary, shell.Stop.IsCancellationRequested);
        if (code == ExitCode.NothingRan)
        {
            shell.Out.Flush();
            shell.Error.WriteLine(NothingRan(summary, plan));
        }

        return code;
    }

    /// <summary>What a run comes to. One in which nothing was judged has shown nothing, so it does not succeed.</summary>
    internal static ExitCode CodeOf(RunSummary summary, bool interrupted) => summary switch
    {
        { Complete: false } when interrupted => ExitCode.Interrupted,
        { Complete: false } => ExitCode.Errors, // nobody asked for it: cases are missing
        { Counts.Error: > 0 } => ExitCode.Errors,
        { Counts.Fail: > 0 } => ExitCode.Failures,
        { Counts.Judged: 0 } => ExitCode.NothingRan,
        _ => ExitCode.Ok,
    };

    private static string NothingRan(RunSummary summary, RunPlan plan) => summary.Counts.Total > 0
        ? "conformance: nothing ran: every case was skipped; the report says what the device would need."
        : plan.Only.Patterns.Count > 0
        ? $"conformance: nothing ran: no case matches --only {string.Join(", ", plan.Only.Patterns)}; `conformance list` shows the ids."
        : plan.CasesFile is not null
        ? $"conformance: nothing ran: {plan.CasesFile} holds no case; add a line for each."
        : "conformance: nothing ran: the suites have no case for this device.";
}
