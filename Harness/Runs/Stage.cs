namespace Conformance.Harness.Runs;

/// <summary>A stage of a pipeline: work that blocks on its neighbours, on a thread of its own.</summary>
internal static class Stage
{
    /// <summary>Starts a stage.</summary>
    /// <remarks>
    /// Not on the thread pool, which has a thread per core and adds others only twice a second: stages that wait for each
    /// other would cost a second before the first case ran.
    /// </remarks>
    internal static Task Start(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
