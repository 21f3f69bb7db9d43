using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Executive;

/// <summary>Runs cases through the executive on guests of one kind, and starts a new guest whenever one is lost.</summary>
/// <remarks>A case that hangs, kills or damages its guest costs that case: it is found, reported, and the rest goes on.</remarks>
/// <param name="start">Starts a guest.</param>
/// <param name="home">What guests of this kind are.</param>
/// <param name="ready">A guest that has been probed and has the baseline, or null; the session owns it.</param>
/// <param name="batchSize">Most cases given to a guest at once.</param>
/// <param name="refuses">Says why the device does not take a case, or null.</param>
internal sealed class ExecutiveSession(
    Func<IExecutiveGuest> start, HomeProfile home, IExecutiveGuest? ready, int batchSize, Func<Case, string?>? refuses = null) : IDisposable
{
    /// <summary>How many cases before the one in progress may have powered the machine off.</summary>
    private const int SuspectWindow = 255;

    private const int FirstWindow = 128; // small, so that the first observations come soon

    private readonly ExecutiveImage _image = ExecutiveImage.Instance;
    private readonly BatchEncoder _ahead = new(ExecutiveImage.Instance, home);
    private readonly BatchEncoder _encoder = new(ExecutiveImage.Instance, home); // for what has to be run again
    private readonly ResultDecoder _decoder = new(ExecutiveImage.Instance, home);
    private IExecutiveGuest? _guest = ready;
    private Mailman? _mailman = ready is null ? null : new Mailman(ready.Ram, ExecutiveImage.Instance);

    /// <summary>Runs the cases in order; one observation for each.</summary>
    /// <remarks>While the guest works on some cases, the next are encoded and the results of the last are decoded.</remarks>
    internal IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var encoded = new BlockingCollection<CaseWindow>(boundedCapacity: 1);
        using var finished = new BlockingCollection<CaseWindow>(boundedCapacity: 2);
        var encode = Stage.Start(() => EncodeWindows(cases, encoded, stop.Token));
        var run = Stage.Start(() => RunWindows(encoded, finished, stop.Token));
        try
        {
            foreach (CaseWindow window in finished.GetConsumingEnumerable(CancellationToken.None))
            {
                foreach (Func<Observation> decode in window.Observations)
                {
                    yield return decode();
                }
            }

            run.GetAwaiter().GetResult(); // what ended it early, if anything did
            encode.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            foreach (Task stage in (Task[])[run, encode])
            {
                _ = Task.WaitAny([stage], CancellationToken.None); // whatever it ended with has been passed on above
            }
        }
    }

    private void EncodeWindows(IEnumerable<Case> cases, BlockingCollection<CaseWindow> encoded, CancellationToken cancellation)
    {
        try
        {
            int size = Math.Min(FirstWindow, batchSize);
            List<Case> some = new(size);
            foreach (Case c in cases)
            {
                some.Add(c);
                if (some.Count == size)
                {
                    encoded.Add(Encode(some), cancellation);
                    size = Math.Min(2 * size, batchSize);
                    some.Clear();
                }
            }

            encoded.Add(Encode(some), cancellation);
        }
        finally
        {
            encoded.CompleteAdding();
        }
    }

    private CaseWindow Encode(IReadOnlyList<Case> cases)
    {
        var window = new CaseWindow(cases, c => refuses?.Invoke(c) ?? Refusal.Of(c, home, _image));
        window.First = window.Sent.Count > 0 ? _ahead.Encode(window.Sent, 0, window.Sent.Count) : null;
        return window;
    }

    private void RunWindows(BlockingCollection<CaseWindow> encoded, BlockingCollection<CaseWindow> finished, CancellationToken cancellation)
    {
        try
        {
            foreach (CaseWindow window in encoded.GetConsumingEnumerable(cancellation))
            {
                try
                {
                    RunWindow(window, cancellation);
                }
                catch (DeviceUnavailableException e)
                {
                    window.Close(e.What); // what is known of its cases is not lost with the device
                    finished.Add(window, cancellation);
                    throw;
                }

                finished.Add(window, cancellation);
            }
        }
        finally
        {
            finished.CompleteAdding();
        }
    }

    private void RunWindow(CaseWindow window, CancellationToken cancellation)
    {
        for (int next = 0; next < window.Sent.Count;)
        {
            Batch batch = next == 0 && window.First is { } first ? first : _encoder.Encode(window.Sent, next, window.Sent.Count - next);
            next += RunBatch(batch, window.Sent, next, window.Report, cancellation);
        }
    }

    public void Dispose() => Drop();

    /// <summary>Runs one batch and reports as many cases as it could.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cases">All cases.</param>
    /// <param name="first">The first one in the batch.</param>
    /// <param name="report">Takes the observations.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <param name="suspect">Something in these cases has killed or damaged a guest: look again when they are through.</param>
    /// <returns>How many cases were reported, at least one.</returns>
    private int RunBatch(
        Batch batch, IReadOnlyList<Case> cases, int first, Action<int, Func<Observation>> report, CancellationToken cancellation, bool suspect = false)
    {
        try
        {
            return RunReachable(batch, cases, first, report, suspect, cancellation);
        }
        catch (GuestLostException e)
        {
            Drop();
            return Isolate(cases, first, batch.Cases, new Observation.Died(e.Message), report, cancellation);
        }
    }

    private int RunReachable(
        Batch batch, IReadOnlyList<Case> cases, int first, Action<int, Func<Observation>> report, bool suspect, CancellationToken cancellation)
    {
        Mailman mailman = Guest(cancellation);
        mailman.Post(batch);
        GuestEnd end = _guest!.RunUntil(() => mailman.IsDone, () => mailman.Progress, cancellation);
        if (end.Kind == GuestEndKind.Done && suspect)
        {
            end = _guest.Linger();
        }

        int inProgress = batch.Entries[Math.Min(end.Progress ?? mailman.Progress, batch.Entries.Count - 1)].CaseIndex;
        if (mailman.Damage() is { } damage)
        {
            Drop();
            return Isolate(cases, first, batch.Cases, new Observation.Died($"the case overwrote {damage}"), report, cancellation);
        }

        if (end.Kind == GuestEndKind.Done && _guest.Complaint() is { } complaint)
        {
            Drop();
            return Isolate(cases, first, batch.Cases, new Observation.Died(complaint), report, cancellation);
        }

        ulong[] results = mailman.Fetch(batch);
        if (end.Kind == GuestEndKind.Done)
        {
            return Report(batch, results, cases, first, int.MaxValue, report);
        }

        bool exact = _guest.DiesAtOnce;
        Drop();
        if (end.Kind == GuestEndKind.Hung || exact)
        {
            int done = Report(batch, results, cases, first, inProgress, report);
            report(inProgress, () => end.Kind == GuestEndKind.Hung ? new Observation.TimedOut(end.Seen) : new Observation.Died(end.Seen));
            return done + 1;
        }

        // A machine that was told to power off goes on for a while, so the case in progress need not be the one that did it.
        int from = Math.Max(first, inProgress - SuspectWindow);
        int before = Report(batch, results, cases, first, from, report);
        return before + Isolate(cases, from, inProgress + 1 - from, new Observation.Died(end.Seen), report, cancellation);
    }

    /// <summary>Finds the cases among some that kill or damage the guest, by running halves on fresh guests.</summary>
    private int Isolate(
        IReadOnlyList<Case> cases, int first, int count, Observation verdict, Action<int, Func<Observation>> report, CancellationToken cancellation)
    {
        if (count == 1)
        {
            report(first, () => verdict);
            return 1;
        }

        int half = count / 2;
        RunSuspects(cases, first, half, report, cancellation);
        RunSuspects(cases, first + half, count - half, report, cancellation);
        return count;
    }

    private void RunSuspects(IReadOnlyList<Case> cases, int first, int count, Action<int, Func<Observation>> report, CancellationToken cancellation)
    {
        Drop();
        for (int done = 0; done < count;)
        {
            Batch batch = _encoder.Encode(cases, first + done, count - done);
            done += RunBatch(batch, cases, first + done, report, cancellation, suspect: true);
        }
    }

    private int Report(
        Batch batch, ulong[] results, IReadOnlyList<Case> cases, int first, int lost, Action<int, Func<Observation>> report)
    {
        int entry = 0;
        int reported = 0;
        for (int c = first; c < first + batch.Cases && c != lost; c++, reported++)
        {
            Case decoded = cases[c];
            int firstEntry = entry;
            entry += decoded.Steps.Count;
            report(c, () => Decode(batch, results, decoded, firstEntry));
        }

        return reported;
    }

    private Observation Decode(Batch batch, ulong[] results, Case c, int firstEntry)
    {
        List<StepObservation> steps = new(c.Steps.Count);
        string? refused = null;
        for (int s = 0; s < c.Steps.Count; s++)
        {
            BatchEntry entry = batch.Entries[firstEntry + s];
            (StepObservation? seen, string? why) = _decoder.Decode(entry, results.AsSpan(entry.ResultWord, entry.Fields.ResultWords), c);
            refused ??= why;
            if (seen is not null)
            {
                steps.Add(seen);
            }
        }

        return refused is not null ? new Observation.Refused(refused) : new Observation.Finished(steps);
    }

    private Mailman Guest(CancellationToken cancellation)
    {
        if (_guest is null)
        {
            _guest = start();
            _mailman = new Mailman(_guest.Ram, _image);
            try
            {
                GuestBoot.WaitForHello(_guest, _mailman, cancellation);
                _mailman.PostBaseline(home);
            }
            catch (GuestLostException e)
            {
                throw new DeviceUnavailableException($"The executive did not start again on the device: {e.Message}.", "Check the device's options.");
            }
        }

        return _mailman!;
    }

    private void Drop()
    {
        _guest?.Dispose();
        _guest = null;
        _mailman = null;
    }
}
