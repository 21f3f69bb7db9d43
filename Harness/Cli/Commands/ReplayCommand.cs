using System.CommandLine;
using System.Globalization;
using Conformance.Cli.Replay;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance replay exceptions/svc/el0-tge --device qemu --seed 1</c></summary>
internal static class ReplayCommand
{
    private const int MostShown = 25;

    public static Command Create(Shell shell, Composition composition)
    {
        Argument<string> what = new("FILE|ID")
        {
            Description = "A case file, or the id of a case: of a suite (made again with the seed), or kept in a run folder.",
        };
        Option<string?> from = new("--from")
        {
            Description = "Run folder whose kept cases are looked through when no suite has the id. [default: out/DEVICE]",
            HelpName = "DIR",
        };
        Command replay = new("replay", "Run cases again and show each in full: set-up, code, expected and observed.") { what, from };
        var device = new DeviceOptions(replay);
        var cases = new CaseOptions(replay);
        replay.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(what);
            CasePatterns only = cases.Only(parsed);
            ulong seed = cases.Seed(parsed);
            bool isFile = File.Exists(shell.At(name));
            CasesOfFile? file = isFile ? CasesOfFile.Read(name, shell) : null;
            if (file?.Ids.Any(only.Matches) == false)
            {
                throw new UsageException($"{name}: no case in it matches; see which ids it holds, or leave --only out.");
            }

            DeviceChoice choice = device.Choice(parsed, shell);
            using IDevice target = composition.Open(choice);
            string folder = parsed.GetValue(from) ?? Path.Combine("out", choice.Device);
            List<Case> own = file is not null
                ? [.. file.For(target.Info, seed).Where(c => only.Matches(c.Id))]
                : [Find(name, target.Info, composition, seed, folder, shell)];
            return (int)Replay(own, target, choice, seed, isFile ? name : null, shell);
        });
        return replay;
    }

    private static ExitCode Replay(List<Case> cases, IDevice device, DeviceChoice choice, ulong seed, string? file, Shell shell)
    {
        var judged = new Judgements();
        var plan = new RunPlan { Device = device, Cases = cases, CasesFile = file, Seed = seed, DeviceOptions = choice.Options };
        RunSummary summary = Runner.Run(plan, judged, shell.Stop);
        var text = new CaseText(summary, cases);
        foreach (Judgement judgement in judged.All.Take(MostShown))
        {
            text.Write(shell.Out, judgement, plan.Replay(judgement.Case));
            shell.Out.WriteLine();
        }

        if (judged.All.Count > MostShown)
        {
            shell.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{judged.All.Count - MostShown} more cases ran and are not shown; choose with --only, or use `conformance run --cases`."));
        }

        VerdictCounts c = summary.Counts;
        shell.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{device.Info.Name} {device.Info.Version}: {c.Pass} pass, {c.Fail} fail, {c.Waived} waived, {c.Skip} skip, {c.Error} error"));
        return RunCommand.CodeOf(summary, shell.Stop.IsCancellationRequested);
    }

    private static Case Find(string id, DeviceInfo device, Composition composition, ulong seed, string folder, Shell shell)
    {
        var one = new CasePatterns([id]);
        var target = new SuiteTarget(device.Features, device.HighestLevel);
        List<string> ids = [];
        foreach (ISuite suite in composition.Suites.Where(s => one.CanMatchSuite(s.Name)))
        {
            foreach (Case c in suite.Generate(target, seed))
            {
                if (c.Id == id)
                {
                    return c;
                }

                ids.Add(c.Id);
            }
        }

        if (KeptCases.Find(id, shell.At(folder), folder) is { } kept)
        {
            return kept;
        }

        string[] near = [.. ids.Where(i => i.StartsWith(id, StringComparison.Ordinal)).Take(1)];
        string hint = near.Length > 0 ? $"; did you mean {near[0]}" : NearestName.Hint(id, ids).TrimEnd('?');
        throw new UsageException(string.Create(
            CultureInfo.InvariantCulture,
            $"{id}: neither a file, nor a case of the suites with --seed {seed}, nor kept in {folder}{hint}; `conformance list` shows the ids."));
    }

    private sealed class Judgements : IRunProgress
    {
        public List<Judgement> All { get; } = [];

        public void Judged(Judgement judgement) => All.Add(judgement);
    }
}
