using System.Diagnostics;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;

namespace Conformance.Cli.Bench;

/// <summary>Measures devices side by side: every run measures each of them, so that a busy machine slows all alike.</summary>
/// <param name="suites">Where the cases of the first figure come from.</param>
/// <param name="devices">The devices by the name of their column.</param>
/// <param name="seed">Seed of the cases.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class Benchmark(
    IReadOnlyList<ISuite> suites, IReadOnlyList<(string Column, IDevice AsRun, IDevice Executive)> devices, ulong seed, CancellationToken stop)
{
    private const int MostCases = 16_384;
    private const uint Isb = 0xD503_3FDF;

    /// <summary>Shortest time that is measured: the device's polling, a millisecond, must not count.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(300);

    /// <summary>How long this process's just-in-time compiler is at work on what is run often.</summary>
    private static readonly TimeSpan s_compiled = TimeSpan.FromSeconds(2);

    /// <summary>Measures whole cases and what a device does most.</summary>
    /// <param name="runs">How many times each.</param>
    /// <param name="said">Told what is being measured.</param>
    /// <exception cref="UsageException">A device does not do what is to be measured, and why.</exception>
    public IReadOnlyList<Measurement> Run(int runs, Action<string> said) =>
        [.. WholeCases(runs, said), ListRegisterSteps(runs, said), .. Run(Workload.All, runs, said)];

    /// <summary>Measures some workloads.</summary>
    /// <param name="workloads">What to measure.</param>
    /// <param name="runs">How many times each.</param>
    /// <param name="said">Told what is being measured.</param>
    /// <exception cref="UsageException">A device does not do what is to be measured, and why.</exception>
    public IReadOnlyList<Measurement> Run(IReadOnlyList<Workload> workloads, int runs, Action<string> said)
    {
        List<Measurement> all = [];
        foreach (Workload workload in workloads)
        {
            said(workload.Name);
            var measurement = new Measurement($"{workload.Name}/s", workload.Unit);
            int[] copies = [.. devices.Select(d => Calibrate(d.Executive, workload))];
            for (int run = 0; run < runs; run++)
            {
                foreach ((int i, (string column, _, IDevice device)) in devices.Index())
                {
                    double count = (double)workload.Count * copies[i];
                    long before = GC.GetTotalAllocatedBytes(precise: true);
                    double seconds = Time(device, workload, copies[i]).TotalSeconds;
                    measurement.Add(column, count / seconds);
                    measurement.AddAllocated(column, (GC.GetTotalAllocatedBytes(precise: true) - before) / count);
                }
            }

            all.Add(measurement);
        }

        return all;
    }

    /// <summary>Cases of the suites from generation aside to verdict, as a run does it without writing its record.</summary>
    private List<Measurement> WholeCases(int runs, Action<string> said)
    {
        var asRun = new Measurement("cases/s", "cases");
        var executive = new Measurement("cases/s through the executive", "cases");
        foreach ((Measurement measurement, Func<(string Column, IDevice AsRun, IDevice Executive), IDevice> pick) in
            ((Measurement, Func<(string, IDevice, IDevice), IDevice>)[])[(asRun, d => d.Item2), (executive, d => d.Item3)])
        {
            said(measurement.Name);
            List<Case>[] cases = [.. devices.Select(d => Sample(pick(d).Info))];
            for (int run = -1; run < runs; run++)
            {
                foreach ((int i, (string Column, IDevice, IDevice) device) in devices.Index())
                {
                    if (cases[i].Count == 0)
                    {
                        continue;
                    }

                    var plan = new RunPlan { Device = pick(device), Cases = cases[i], Seed = seed };
                    double perSecond = Runner.Run(plan, null, stop).CasesPerSecond;
                    stop.ThrowIfCancellationRequested();
                    if (run >= 0) // the first one is for the just-in-time compiler
                    {
                        measurement.Add(device.Column, perSecond);
                    }
                }
            }
        }

        return [asRun, executive];
    }

    /// <summary>
    /// Accesses to the virtual CPU interface, each with what it reads and the lines after it: run, looked at and judged.
    /// </summary>
    private Measurement ListRegisterSteps(int runs, Action<string> said)
    {
        var measurement = new Measurement("list-register steps/s", "steps");
        said(measurement.Name);
        List<Case>[] cases = [.. devices.Select(d => Sequences(d.AsRun.Info))];
        for (int run = -1; run < runs; run++)
        {
            foreach ((int i, (string column, IDevice device, _)) in devices.Index())
            {
                if (cases[i].Count == 0)
                {
                    continue; // no virtual CPU interface
                }

                var watch = Stopwatch.StartNew();
                int rounds = 0;
                for (; watch.Elapsed < (run < 0 ? s_compiled : s_shortest); rounds++)
                {
                    int n = 0;
                    foreach (Observation seen in device.Run(cases[i], stop))
                    {
                        Passes(device, Judge.Of(cases[i][n++], seen));
                    }
                }

                if (run >= 0) // the first one is for the just-in-time compiler
                {
                    measurement.Add(column, (double)rounds * cases[i].Sum(Accesses) / watch.Elapsed.TotalSeconds);
                }
            }
        }

        return measurement;
    }

    /// <summary>How many accesses a case has: each ends with an ISB.</summary>
    private static int Accesses(Case c) => c.Steps.Sum(s => s.Code.Count(word => word == Isb));

    /// <summary>The runs of the list-register suite in which no device is known to differ.</summary>
    private List<Case> Sequences(DeviceInfo device) =>
    [
        .. suites.Where(s => s.Name == "list-registers").SelectMany(s => s.Generate(new SuiteTarget(device.Features, device.HighestLevel), seed))
            .Where(c => c.Group == "list-registers/runs"),
    ];

    /// <summary>At most <see cref="MostCases"/> cases that the device can run, from all suites alike.</summary>
    private List<Case> Sample(DeviceInfo device)
    {
        var target = new SuiteTarget(device.Features, device.HighestLevel);
        List<Case> all = [.. suites.SelectMany(s => s.Generate(target, seed)).Where(c => Judge.CannotRun(c, target) is null)];
        int every = (all.Count / MostCases) + 1;
        return [.. all.Where((_, i) => i % every == 0)];
    }

    /// <summary>How many copies of the case the device needs to be busy for long enough.</summary>
    private int Calibrate(IDevice device, Workload workload)
    {
        int copies = 1;
        while (Time(device, workload, copies) < s_shortest)
        {
            copies *= 2;
        }

        return copies;
    }

    private TimeSpan Time(IDevice device, Workload workload, int copies)
    {
        IReadOnlyList<Case> cases = [.. Enumerable.Repeat(workload.Case, copies)];
        var watch = Stopwatch.StartNew();
        List<Observation> seen = [.. device.Run(cases, stop)];
        TimeSpan time = watch.Elapsed;
        foreach (Observation observation in seen)
        {
            Passes(device, Judge.Of(workload.Case, observation));
        }

        return time;
    }

    private static void Passes(IDevice device, Judgement judgement)
    {
        if (judgement.Verdict != Verdict.Pass)
        {
            throw new UsageException(
                $"bench: {device.Info.Name} does not do '{judgement.Case.Title}' ({judgement.Reason}); a figure would mean nothing, mend the device first.");
        }
    }
}
