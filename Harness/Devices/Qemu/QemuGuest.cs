using System.Diagnostics;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>A QEMU process as a guest of the executive, or of another bare-metal program.</summary>
internal sealed class QemuGuest(QemuOptions options, GuestImage image) : IExecutiveGuest
{
    private readonly QemuProcess _process = new(options, image);
    private bool _started;

    public IGuestRam Ram => _process;

    internal int ProcessId => _process.Id;

    public GuestEnd RunUntil(Func<bool> done, Func<int> progress, CancellationToken cancellation)
    {
        _process.GoOn();
        GuestEnd end = Watch(done, progress, cancellation);
        if (end.Kind == GuestEndKind.Done)
        {
            _process.Pause();
        }

        return end;
    }

    public GuestEnd Linger()
    {
        _process.GoOn();
        return _process.WaitForExit(options.Linger) ? new GuestEnd(GuestEndKind.Died, _process.Obituary()) : new GuestEnd(GuestEndKind.Done, "");
    }

    public void Dispose() => _process.Dispose();

    private GuestEnd Watch(Func<bool> done, Func<int> progress, CancellationToken cancellation)
    {
        TimeSpan budget = _started ? options.CaseTimeout : options.StartTimeout;
        int last = progress();
        var sinceProgress = Stopwatch.StartNew();
        while (!done())
        {
            cancellation.ThrowIfCancellationRequested();
            if (_process.HasExited)
            {
                return new GuestEnd(GuestEndKind.Died, _process.Obituary());
            }

            int now = progress();
            if (now != last)
            {
                last = now;
                sinceProgress.Restart();
            }
            else if (sinceProgress.Elapsed > budget)
            {
                string where = _process.WhereItHangs();
                string after = $"no end within {budget.TotalSeconds:0.#} s";
                return new GuestEnd(GuestEndKind.Hung, where.Length == 0 ? after : $"{after}, {where}");
            }

            Thread.Sleep(1);
        }

        _started = true;
        return new GuestEnd(GuestEndKind.Done, "");
    }
}
