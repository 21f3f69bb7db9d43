using System.CommandLine;
using Conformance.Cli.Bench;
using Conformance.Harness.Devices;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance bench --runs 5 --out bench.json</c></summary>
internal static class BenchCommand
{
    private const int DefaultRuns = 5;

    public static Command Create(Shell shell, Composition composition)
    {
        Option<string?> runs = new("--runs") { Description = $"How often each figure is measured. [default: {DefaultRuns}]", HelpName = "N" };
        Option<string?> output = new("--out") { Description = "Also write the figures to this file, as JSON.", HelpName = "FILE" };
        Option<string?> device = new("--device", "-d") { Description = "Only this device. [default: model and qemu, side by side]", HelpName = "DEVICE" };
        Option<string?> qemu = new("--qemu") { Description = "Name or path of QEMU. [default: qemu-system-aarch64]", HelpName = "PROGRAM" };
        Option<bool> instructions = new("--instructions") { Description = "Measure kinds of instruction, one by one, instead." };
        Command bench = new("bench", "Measure the devices side by side: cases, exceptions, register accesses, instructions.")
        { device, runs, instructions, output, qemu };
        bench.SetAction(parsed =>
        {
            int count = Runs(parsed.GetValue(runs));
            var choice = new DeviceChoice();
            choice = choice with { Qemu = parsed.GetValue(qemu) ?? choice.Qemu };
            string[] names = parsed.GetValue(device) is { } one ? [one] : [.. composition.Devices.Where(d => d is { NeedsOptions: false, Below: null }).Select(d => d.Name)];

            List<(string Column, IDevice AsRun, IDevice Executive)> devices = [];
            try
            {
                foreach (string name in names)
                {
                    IDevice asRun = composition.Open(choice with { Device = name });
                    devices.Add((name, asRun, name == "model" ? composition.Open(choice with { Device = name, Path = "executive" }) : asRun));
                }

                var benchmark = new Benchmark(composition.Suites, devices, CaseOptions.DefaultSeed, shell.Stop);
                Action<string> said = what => shell.Error.WriteLine($"measuring {what}");
                IReadOnlyList<Measurement> measured = parsed.GetValue(instructions)
                    ? benchmark.Run(InstructionWorkloads.All, count, said)
                    : benchmark.Run(count, said);
                var report = new BenchReport([.. devices.Select(d => d.AsRun.Info)], count, measured);
                shell.Out.Write(report.Table());
                if (parsed.GetValue(output) is { } file)
                {
                    Write(shell.At(file), file, report.Json());
                }
            }
            finally
            {
                foreach ((_, IDevice asRun, IDevice executive) in devices)
                {
                    asRun.Dispose();
                    if (executive != asRun)
                    {
                        executive.Dispose();
                    }
                }
            }

            return (int)ExitCode.Ok;
        });
        return bench;
    }

    private static int Runs(string? text) =>
        text is null ? DefaultRuns
        : Numbers.TryParse(text, out ulong n) && n is > 0 and <= 1000 ? (int)n
        : throw new UsageException($"--runs: '{text}' is not a number of runs; give 1 to 1000.");

    private static void Write(string path, string named, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{named}: cannot be written ({e.Message.TrimEnd('.')}); name a file that can be written with --out.");
        }
    }
}
