using System.Collections.Concurrent;
using System.Diagnostics;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>Runs a plan: cases to the device, observations to verdicts, verdicts to the record.</summary>
/// <remarks>
/// Three stages that overlap, joined by bounded queues: cases are generated, the device runs them, verdicts are reached
/// and written. The order of the cases is kept throughout, so the record is a function of device, cases and seed.
/// </remarks>
public static class Runner
{
    private const int FirstBatch = 64; // small, so that the first verdicts come soon
    private const int LargestBatch = 512;
    private const int BatchesAhead = 4;
    private const int ObservationsAhead = 1024;
    private const int ProgressEvery = 1024;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Runs the plan to its end or until it is cancelled; <see cref="RunSummary.Complete"/> says which.</summary>
    /// <exception cref="RunException">The plan or the folder of the record cannot be used.</exception>
    /// <exception cref="Devices.DeviceUnavailableException">The device cannot be started.</exception>
    public static RunSummary Run(RunPlan plan, IRunProgress? progress = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var tally = new RunTally(plan);
        RunRecorder? recorder = plan.Out is null ? null : new RunRecorder(plan.Out, tally.Summary(complete: false, TimeSpan.Zero));
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var batches = new BlockingCollection<RunBatch>(BatchesAhead);
            using var observed = new BlockingCollection<(Case, Observation)>(ObservationsAhead);
            var generated = new Counter();
            var generate = Stage.Start(() => Generate(plan, batches, generated, stop.Token));
            var execute = Stage.Start(() => new DeviceStage(plan.Device, batches, stop.Token).Run(observed));
            try
            {
                Conclude(plan, observed, generated, tally, recorder, progress, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Asked to stop: the verdicts that were reached are written below.
            }
            finally
            {
                stop.Cancel();
                WaitFor(generate, execute);
            }

            bool complete = generated.Final && generated.Count == tally.Counts.Total;
            RunSummary summary = tally.Summary(complete, watch.Elapsed);
            IReadOnlyList<Attribution> attributions = [];
            if (complete && plan.Below is not null && tally.Failures.Count > 0)
            {
                recorder?.Flush(); // whatever the device below does, the verdicts are there
                (summary, attributions) = Attribute(plan, plan.Below, summary, tally.Failures, cancellation);
            }

            recorder?.Finish(summary, tally.Map, attributions);
            progress?.Progressed(summary.Counts, summary.Counts.Total);
            return summary;
        }
        finally
        {
            recorder?.Dispose();
        }
    }

    private static (RunSummary, IReadOnlyList<Attribution>) Attribute(
        RunPlan plan, Func<Devices.IDevice> below, RunSummary summary, IReadOnlyList<Judgement> failures, CancellationToken cancellation)
    {
        try
        {
            (AttributionSummary counted, IReadOnlyList<Attribution> each) = Attributor.Of(
                failures, below, plan.Waivers, target => plan.Cases is null ? CasesOf(plan with { Sample = null }, target) : [], cancellation);
            return (summary with { Attribution = counted }, each);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (summary with { Complete = false }, []); // asked to stop: the verdicts are whole, the run is not
        }
    }

    private static void Generate(RunPlan plan, BlockingCollection<RunBatch> batches, Counter generated, CancellationToken stop)
    {
        try
        {
            var target = new SuiteTarget(plan.Device.Info.Features, plan.Device.Info.HighestLevel);
            WaiverSet waivers = plan.Waivers.For(plan.Device.Info);
            var ids = new HashSet<string>(StringComparer.Ordinal);
            int size = FirstBatch;
            List<(Case, string?)> batch = [];
            foreach (Case @case in CasesOf(plan, target))
            {
                stop.ThrowIfCancellationRequested();
                if (!ids.Add(@case.Id))
                {
                    throw new RunException($"Two cases have the id '{@case.Id}'; give each its own.");
                }

                batch.Add((@case, Judge.CannotRun(@case, target) ?? waivers.Withholds(@case)));
                generated.Count++;
                if (batch.Count == size)
                {
                    batches.Add(new RunBatch(batch), stop);
                    batch = [];
                    size = Math.Min(size * 2, LargestBatch);
                }
            }

            generated.Final = true;
            batches.Add(new RunBatch(batch), stop);
        }
        finally
        {
            batches.CompleteAdding();
        }
    }

    private static IEnumerable<Case> CasesOf(RunPlan plan, SuiteTarget target)
    {
        IEnumerable<Case> Selected(IEnumerable<Case> cases) => cases.Where(c => plan.Only.Matches(c.Id));

        return plan.Cases is { } own ? Selected(own)
            : plan.Suites.Where(s => plan.Only.CanMatchSuite(s.Name)).SelectMany(s =>
            {
                IEnumerable<Case> cases = Selected(s.Generate(target, plan.Seed));
                return plan.Sample is { } most ? CaseSample.Of(
                    cases.Where(c => Judge.CannotRun(c, target) is null), Math.Min(most, plan.SmallerSamples.GetValueOrDefault(s.Name, most)), plan.Seed) : cases;
            });
    }

    private static void Conclude(
        RunPlan plan,
        BlockingCollection<(Case Case, Observation Observation)> observed,
        Counter generated,
        RunTally tally,
        RunRecorder? recorder,
        IRunProgress? progress,
        CancellationToken stop)
    {
        while (true)
        {
            if (!observed.TryTake(out (Case Case, Observation Observation) next))
            {
                recorder?.Flush(); // the device is at work: a good moment, and nothing that is known stays in memory
                progress?.Progressed(tally.Counts, generated.Final ? generated.Count : null);
                if (observed.IsCompleted)
                {
                    return;
                }

                // Looking again is cheaper than being woken, and writing, for each single observation.
                stop.WaitHandle.WaitOne(s_pause);
                stop.ThrowIfCancellationRequested();
                continue;
            }

            (Judgement judgement, Waiver? waiver) = tally.Add(Judge.Of(next.Case, next.Observation));
            recorder?.Add(judgement, waiver, plan.Replay(next.Case));
            progress?.Judged(judgement);
            if (tally.Counts.Total % ProgressEvery == 0)
            {
                progress?.Progressed(tally.Counts, generated.Final ? generated.Count : null);
            }
        }
    }

    /// <summary>Waits for both stages and passes on what ended one of them, unless it was only told to stop.</summary>
    private static void WaitFor(params Task[] stages)
    {
        foreach (Task stage in stages)
        {
            try
            {
                stage.GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                // Told to stop, because of the user or because another stage ended first.
            }
        }
    }

    /// <summary>Written by the generating stage and read by the judging one, for progress only.</summary>
    private sealed class Counter
    {
        private volatile int _count;
        private volatile bool _final;

        public int Count
        {
            get => _count;
            set => _count = value;
        }

        public bool Final
        {
            get => _final;
            set => _final = value;
        }
    }
}
