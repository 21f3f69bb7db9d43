using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Conformance.Mutation.Points;
using Conformance.Mutation.Results;
using Conformance.Mutation.Trials;

namespace Conformance.Mutation.Workers;

/// <summary>The other end of a <see cref="Worker"/>. One that a mutant has ended is started again for the next.</summary>
internal sealed class WorkerProcess(WorkerOptions options) : IDisposable
{
    private Process? _process;
    private string _lastWords = "";

    /// <summary>How many cases the first profile has; known after the first <see cref="Start"/>.</summary>
    internal int Cases { get; private set; }

    /// <exception cref="MutationException">The worker does not get ready: the model that is right does not build or run.</exception>
    internal void Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // each mutant is compiled anew: mapping pages twice costs more than it protects
        foreach (string argument in options.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _lastWords = "";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) => _lastWords = _lastWords.Length > 0 ? _lastWords : e.Data ?? "";
        _process.BeginErrorReadLine();
        string? first = _process.StandardOutput.ReadLine();
        if (first is null || !first.StartsWith(Worker.Ready, StringComparison.Ordinal))
        {
            _process.WaitForExit();
            throw new MutationException($"the model as it is cannot be tried: {_lastWords}");
        }

        Cases = int.Parse(first[Worker.Ready.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Has a mutant tried. A process that ends is no verdict the first time: anything may have ended it.</summary>
    internal TrialResult Try(Mutant mutant) => TryOnce(mutant) ?? TryOnce(mutant)
        ?? new TrialResult(Fate.Caught, "", "the process ends, twice", _lastWords, 0, 0);

    private TrialResult? TryOnce(Mutant mutant)
    {
        if (_process is null or { HasExited: true })
        {
            Dispose();
            Start();
        }

        try
        {
            _process!.StandardInput.WriteLine(JsonSerializer.Serialize(mutant, MutationJson.Default.Mutant));
            _process.StandardInput.Flush();
            if (_process.StandardOutput.ReadLine() is { } line)
            {
                return JsonSerializer.Deserialize(line, MutationJson.Default.TrialResult)!;
            }
        }
        catch (IOException)
        {
            // It is gone, as below.
        }

        _process!.WaitForExit();
        return null;
    }

    public void Dispose()
    {
        if (_process is { } process)
        {
            _process = null;
            try
            {
                process.StandardInput.Close();
                if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
                {
                    process.Kill();
                }
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // It has ended by itself.
            }

            process.Dispose();
        }
    }
}
