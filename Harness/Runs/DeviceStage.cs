using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Harness.Runs;

/// <summary>The middle of a run: hands the device the cases it can run as it asks for them, and puts each answer to its case.</summary>
/// <remarks>The device takes cases ahead of its answers, so that it is at work while cases are made and answers are judged.</remarks>
internal sealed class DeviceStage(IDevice device, BlockingCollection<RunBatch> batches, CancellationToken stop)
{
    /// <summary>What was given out and has no answer yet, in order; those with a reason do not go to the device.</summary>
    private readonly ConcurrentQueue<(Case Case, string? Skip)> _open = new();

    /// <summary>Runs all cases and adds their observations in the order of the cases.</summary>
    /// <exception cref="InvalidOperationException">The device gave more answers than it was given cases.</exception>
    internal void Run(BlockingCollection<(Case Case, Observation Observation)> observed)
    {
        try
        {
            foreach (Observation observation in device.Run(Runnable(), stop))
            {
                PassSkipped(observed);
                if (!_open.TryDequeue(out (Case Case, string? Skip) answered))
                {
                    throw new InvalidOperationException($"The device '{device.Info.Name}' gave more answers than cases.");
                }

                observed.Add((answered.Case, observation), stop);
            }

            // For a device that has kept its contract this is only what was skipped at the end.
            foreach (Case unanswered in Runnable())
            {
                PassOpen(observed);
            }

            PassOpen(observed);
        }
        finally
        {
            observed.CompleteAdding();
        }
    }

    private IEnumerable<Case> Runnable()
    {
        foreach (RunBatch batch in batches.GetConsumingEnumerable(stop))
        {
            foreach ((Case @case, string? skip) in batch.Cases)
            {
                _open.Enqueue((@case, skip));
                if (skip is null)
                {
                    yield return @case;
                }
            }
        }
    }

    private void PassSkipped(BlockingCollection<(Case, Observation)> observed)
    {
        while (_open.TryPeek(out (Case Case, string? Skip) next) && next.Skip is { } reason)
        {
            _open.TryDequeue(out _);
            observed.Add((next.Case, new Observation.Refused(reason)), stop);
        }
    }

    private void PassOpen(BlockingCollection<(Case, Observation)> observed)
    {
        while (_open.TryDequeue(out (Case Case, string? Skip) next))
        {
            Observation observation = next.Skip is { } reason
                ? new Observation.Refused(reason)
                : new Observation.Died("the device ended its answers before this case");
            observed.Add((next.Case, observation), stop);
        }
    }
}

/// <summary>Consecutive cases, each with the reason why it is not sent to the device, if there is one.</summary>
internal sealed record RunBatch(IReadOnlyList<(Case Case, string? Skip)> Cases);
