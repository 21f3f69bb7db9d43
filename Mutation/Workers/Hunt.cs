using Conformance.Mutation.Points;
using Conformance.Mutation.Trials;

namespace Conformance.Mutation.Workers;

/// <summary>Tries mutants in several processes until enough of them have counted.</summary>
internal static class Hunt
{
    /// <summary>Tries the first mutants that compile.</summary>
    /// <param name="mutants">In the order in which they are taken.</param>
    /// <param name="count">How many shall count. Those that do not compile are replaced by the next.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="options">For the workers.</param>
    /// <param name="started">Told how many cases there are, once.</param>
    /// <param name="tried">Told each result, one at a time, in the order in which they come.</param>
    internal static void Run(
        IReadOnlyList<Mutant> mutants, int count, int jobs, WorkerOptions options, Action<int> started, Action<Mutant, TrialResult> tried)
    {
        var gate = new Lock();
        int next = 0;
        int limit = count;
        bool said = false;

        Mutant? Take()
        {
            lock (gate)
            {
                return next < Math.Min(limit, mutants.Count) ? mutants[next++] : null;
            }
        }

        void Work()
        {
            using var worker = new WorkerProcess(options);
            while (Take() is { } mutant)
            {
                TrialResult result = worker.Try(mutant);
                lock (gate)
                {
                    if (!said)
                    {
                        said = true;
                        started(worker.Cases);
                    }

                    limit += result.Fate == Fate.DoesNotCompile ? 1 : 0;
                    tried(mutant, result);
                }
            }
        }

        Task[] tasks = [.. Enumerable.Range(0, Math.Min(jobs, Math.Max(1, mutants.Count)))
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(tasks).GetAwaiter().GetResult();
    }
}
