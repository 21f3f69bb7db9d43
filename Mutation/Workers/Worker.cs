using System.Text.Json;
using Conformance.Mutation.Points;
using Conformance.Mutation.Results;
using Conformance.Mutation.Sources;
using Conformance.Mutation.Trials;
using Conformance.Suites;

namespace Conformance.Mutation.Workers;

/// <summary>A process that tries mutants: one line of JSON in, one out. What a mutant can break is this process at most.</summary>
internal static class Worker
{
    internal const string Ready = "ready";
    private static readonly TimeSpan s_longestCase = TimeSpan.FromSeconds(10); // of the processor; the slowest takes a tenth of a second

    internal static int Run(WorkerOptions options, TextReader input, TextWriter output)
    {
        var doing = new Doing();
        var laboratory = new Laboratory(
            ModelSource.Read(options.Root),
            [.. AllSuites.All.Where(s => options.Suites.Contains(s.Name))],
            [.. AllSuites.All.Where(s => !options.Suites.Contains(s.Name))],
            options.Profiles,
            options.CaseSeed)
        {
            Before = doing.Start,
        };
        int cases = laboratory.Prepare();
        doing.Stop();
        output.WriteLine($"{Ready} {cases}");
        output.Flush();
        var guard = new Thread(() => Watch(doing, output)) { IsBackground = true };
        guard.Start();
        while (input.ReadLine() is { } line)
        {
            Mutant mutant = JsonSerializer.Deserialize(line, MutationJson.Default.Mutant)!;
            TrialResult result = laboratory.Try(mutant);
            doing.Stop();
            lock (doing)
            {
                output.WriteLine(JsonSerializer.Serialize(result, MutationJson.Default.TrialResult));
                output.Flush();
            }
        }

        return 0;
    }

    /// <summary>A thread cannot be stopped from outside, so a mutant that hangs takes the process with it.</summary>
    private static void Watch(Doing doing, TextWriter output)
    {
        while (true)
        {
            Thread.Sleep(500);
            if (doing.Longer(s_longestCase) is { } what && !what.StartsWith("cases of", StringComparison.Ordinal))
            {
                lock (doing)
                {
                    var result = new TrialResult(Fate.Caught, "", what, "hangs", 0, (long)s_longestCase.TotalMilliseconds);
                    output.WriteLine(JsonSerializer.Serialize(result, MutationJson.Default.TrialResult));
                    output.Flush();
                    Environment.Exit(0);
                }
            }
        }
    }

    /// <summary>What the worker is at, and since when.</summary>
    private sealed class Doing
    {
        private volatile string? _what;
        private long _since;

        internal void Start(string what)
        {
            Volatile.Write(ref _since, Now());
            _what = what;
        }

        internal void Stop() => _what = null;

        internal string? Longer(TimeSpan limit) =>
            Now() - Volatile.Read(ref _since) > limit.Ticks ? _what : null;

        /// <summary>Time of the processor, not of the clock: the machine may have other things to do.</summary>
        private static long Now() => Environment.CpuUsage.TotalTime.Ticks;
    }
}
