using System.Collections.Concurrent;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Executive;

/// <summary>Runs cases through the executive on guests of one kind, and starts a new guest whenever one is lost.</summary>
/// <remarks>A case that hangs, kills or damages its guest costs that case: it is found, reported, and the rest goes on.</remarks>
internal sealed class ExecutiveSession(
    Func<IExecutiveGuest> start, HomeProfile home, int batchSize, Func<Case, string?>? refuses = null) : IDisposable
{
    /// <summary>How many cases before the one in progress may have powered the machine off.</summary>
    private const int SuspectWindow = 255;

    private readonly ExecutiveImage _image = ExecutiveImage.Instance;
    private readonly BatchEncoder _encoder = new(ExecutiveImage.Instance, home);
    private readonly ResultDecoder _decoder = new(ExecutiveImage.Instance, home);
    private IExecutiveGuest? _guest;
    private Mailman? _mailman;

    /// <summary>Runs the cases in order; one observation for each.</summary>
    /// <remarks>The guest works on the next cases while the results of the last ones are decoded.</remarks>
    internal IEnumerable<Observation> Run(IReadOnlyList<Case> cases, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var windows = new BlockingCollection<Func<Observation>[]>(boundedCapacity: 2);
        var running = Task.Run(() => RunWindows(cases, windows, stop.Token), CancellationToken.None);
        try
        {
            foreach (Func<Observation>[] window in windows.GetConsumingEnumerable(CancellationToken.None))
            {
                foreach (Func<Observation> decode in window)
                {
                    yield return decode();
                }
            }

            running.GetAwaiter().GetResult(); // what ended it early, if anything did
        }
        finally
        {
            stop.Cancel();
            _ = Task.WaitAny([running], CancellationToken.None); // whatever it ended with has been passed on above
        }
    }

    private void RunWindows(IReadOnlyList<Case> cases, BlockingCollection<Func<Observation>[]> windows, CancellationToken cancellation)
    {
        try
        {
            for (int from = 0; from < cases.Count; from += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(batchSize, cases.Count - from);
                var seen = new Func<Observation>[count];
                List<int> sent = new(count);
                for (int i = 0; i < count; i++)
                {
                    if ((refuses?.Invoke(cases[from + i]) ?? Refusal.Of(cases[from + i], home, _image)) is { } reason)
                    {
                        seen[i] = () => new Observation.Refused(reason);
                    }
                    else
                    {
                        sent.Add(i);
                    }
                }

                RunSome([.. sent.Select(i => cases[from + i])], (n, o) => seen[sent[n]] = o, cancellation);
                windows.Add(seen, cancellation);
            }
        }
        finally
        {
            windows.CompleteAdding();
        }
    }

    public void Dispose() => Drop();

    private void RunSome(IReadOnlyList<Case> cases, Action<int, Func<Observation>> report, CancellationToken cancellation)
    {
        int next = 0;
        while (next < cases.Count)
        {
            next += RunBatch(cases, next, cases.Count - next, report, cancellation);
        }
    }

    /// <summary>Runs one batch and reports as many cases as it could.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="first">The first one to run.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="report">Takes the observations.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <param name="suspect">Something in these cases has killed or damaged a guest: look again when they are through.</param>
    /// <returns>How many cases were reported, at least one.</returns>
    private int RunBatch(
        IReadOnlyList<Case> cases, int first, int most, Action<int, Func<Observation>> report, CancellationToken cancellation, bool suspect = false)
    {
        Mailman mailman = Guest(cancellation);
        Batch batch = _encoder.Encode(cases, first, most);
        mailman.Post(batch);
        GuestEnd end = _guest!.RunUntil(() => mailman.IsDone, () => mailman.Progress, cancellation);
        if (end.Kind == GuestEndKind.Done && suspect)
        {
            end = _guest.Linger();
        }

        int inProgress = batch.Entries[Math.Min(mailman.Progress, batch.Entries.Count - 1)].CaseIndex;
        if (mailman.Damage() is { } damage)
        {
            Drop();
            return Isolate(cases, first, batch.Cases, new Observation.Died($"the case overwrote {damage}"), report, cancellation);
        }

        ulong[] results = mailman.Fetch(batch);
        if (end.Kind == GuestEndKind.Done)
        {
            return Report(batch, results, cases, first, int.MaxValue, report);
        }

        Drop();
        if (end.Kind == GuestEndKind.Hung)
        {
            int done = Report(batch, results, cases, first, inProgress, report);
            report(inProgress, () => new Observation.TimedOut(end.Seen));
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
            done += RunBatch(cases, first + done, count - done, report, cancellation, suspect: true);
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
            GuestBoot.WaitForHello(_guest, _mailman, cancellation);
            _mailman.PostBaseline(home);
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
