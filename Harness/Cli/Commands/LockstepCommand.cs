using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Qemu;
using Conformance.Harness.Lockstep;
using Conformance.Harness.Spec;
using Conformance.ModelDevice;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance lockstep --instructions 10000000</c>: the model and QEMU, block by block.</summary>
internal static class LockstepCommand
{
    private const long DefaultInstructions = 100_000;

    /// <summary>What of QEMU's "max" the profile lacks is switched off, and the algorithm of pointer authentication is Arm's.</summary>
    private const string DefaultCpu = "max,sve=off,sme=off,pauth-qarma5=on";

    /// <summary>The profile, with the variant of pointer authentication that QEMU has.</summary>
    private const string DefaultProfile = "nv2,+FEAT_EPAC,+FEAT_PAuth2,+FEAT_FPAC,+FEAT_FPACCOMBINE,+FEAT_WFxT";

    public static Command Create(Shell shell)
    {
        Option<string?> instructions = new("--instructions", "-n")
        {
            Description = $"How many instructions under test. [default: {DefaultInstructions}]",
            HelpName = "N",
        };
        Option<string?> steps = new("--steps") { Description = "Instructions under test in a block. [default: 24]", HelpName = "N" };
        Option<string?> seed = new("--seed") { Description = "Seed of the blocks. [default: 1]", HelpName = "N" };
        Option<string?> block = new("--block") { Description = "Run this block only.", HelpName = "N" };
        Option<string?> shard = new("--shard") { Description = "Run the blocks of one of several machines: 2/4.", HelpName = "I/N" };
        Option<string?> qemu = new("--qemu") { Description = "Name or path of QEMU. [default: qemu-system-aarch64]", HelpName = "PROGRAM" };
        Option<string?> cpu = new("--cpu") { Description = $"QEMU's -cpu. [default: {DefaultCpu}]", HelpName = "CPU" };
        Option<string?> profile = new("--profile") { Description = $"The model's features. [default: {DefaultProfile}]", HelpName = "PROFILE" };
        Option<string?> output = new("--out") { Description = "Also write counts and findings to this file, as JSON.", HelpName = "FILE" };
        Option<string?> only = new("--only")
        {
            Description = "Only encodings whose name or group begins so, several separated by commas: dpreg,ldst,FADD.",
            HelpName = "LIST",
        };
        Option<string?> record = new("--record")
        {
            Description = "Write the vectors of the suite instructions to this file, instead of a comparison.",
            HelpName = "FILE",
        };
        Option<bool> coverage = new("--coverage") { Description = "Print a line for each encoding." };
        Command command = new("lockstep", "Run random instructions on the model and on QEMU and compare registers, memory and exceptions.")
        { instructions, steps, seed, block, shard, qemu, cpu, profile, only, output, coverage, record };
        command.SetAction(parsed =>
        {
            long Number(Option<string?> option, long otherwise) =>
                parsed.GetValue(option) is not { } text ? otherwise
                : Numbers.TryParse(text, out ulong n) && n <= long.MaxValue ? (long)n
                : throw new UsageException($"{option.Name}: '{text}' is not a number.");

            string modelProfile = parsed.GetValue(profile) ?? DefaultProfile;
            var options = new QemuOptions { Executable = parsed.GetValue(qemu) ?? "qemu-system-aarch64", Cpu = parsed.GetValue(cpu) ?? DefaultCpu };
            ulong from = (ulong)Number(seed, 1);
            long wanted = Number(instructions, DefaultInstructions);
            (int index, int shards) = Shard(parsed.GetValue(shard));
            long first = parsed.GetValue(block) is null ? index : Number(block, 0);
            wanted = parsed.GetValue(block) is null ? wanted : 1;

            DeviceInfo model;
            using (var probe = Model.Direct(modelProfile))
            {
                model = probe.Info;
            }

            DeviceInfo other;
            using (var probe = new QemuDevice(options))
            {
                other = probe.Info;
            }

            var pool = new EncodingPool(A64Table.Table, LockstepRules.For(A64Table.Table), model.Features, other.Features,
                (parsed.GetValue(only) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            if (pool.Implemented.Count + pool.Absent.Count == 0)
            {
                throw new UsageException($"--only: no encoding begins with {parsed.GetValue(only)}; see the names in Fixtures/spec/a64-encodings.jsonl.");
            }

            if (parsed.GetValue(record) is { } vectors)
            {
                return VectorRecording.Run(shell, vectors, pool, modelProfile, options, from);
            }

            var setup = new LockstepSetup(from, (int)Number(steps, 24), pool);
            using LockstepTarget a = setup.Target("model", model.Version, model.Features, image => Model.Start(modelProfile, image));
            using LockstepTarget b = setup.Target("qemu", other.Version, other.Features, image => QemuDevice.Start(options, image));
            var report = new LockstepReport(shell, a, b, pool, from);
            report.Begin();
            LockstepCampaign campaign = setup.Campaign(a, b);
            var clock = Stopwatch.StartNew();
            campaign.Run(first, shards, wanted, p => report.Progress(p, clock.Elapsed), shell.Stop);
            report.End(campaign, clock.Elapsed, parsed.GetValue(coverage));
            if (parsed.GetValue(output) is { } file)
            {
                SpecImportCommand.Write(shell.At(file), [report.Json(campaign)]);
            }

            return (int)(campaign.Findings.Count > 0 ? ExitCode.Failures : ExitCode.Ok);
        });
        return command;
    }

    private static (int Index, int Count) Shard(string? text)
    {
        if (text is null)
        {
            return (0, 1);
        }

        return text.Split('/') is [string i, string n]
            && int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count
            ? (index - 1, count)
            : throw new UsageException($"--shard: '{text}' is not of the form I/N with I from 1 to N; write 2/4 for the second of four.");
    }
}
