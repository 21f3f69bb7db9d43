using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>One life of the vCPU on a host: from its reset to the next.</summary>
internal sealed class KvmGuest : IExecutiveGuest, IGuestRam
{
    private readonly KvmOptions _options;
    private readonly KvmHost _host;
    private bool _started;
    private bool _isCase;

    /// <exception cref="DeviceUnavailableException">The host does not answer.</exception>
    internal KvmGuest(KvmOptions options, KvmHost host, GuestImage image)
    {
        (_options, _host) = (options, host);
        host.Write(Protocol.MailboxBase, new byte[Protocol.Mailbox.Size]);
        if (!host.Copy(image.Address, image.Bytes) || !host.Start(image.Entry))
        {
            IsLost = true;
            throw new DeviceUnavailableException("The monitor inside the kernel with KVM does not answer.", "Run it again.");
        }
    }

    /// <summary>The host cannot be used for another guest.</summary>
    internal bool IsLost { get; private set; }

    public IGuestRam Ram => this;

    /// <summary>From here on it runs cases, and what the kernel says against itself is the doing of one.</summary>
    internal void BeginCases() => _isCase = true;

    /// <summary>An exit to the monitor ends the guest at the instruction that made it; what a real machine's kernel says is heard later.</summary>
    public bool DiesAtOnce => _host.IsEmulated;

    public void Read(ulong address, Span<byte> into) => _host.Read(address, into);

    public void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (address is >= Protocol.BaselineBase and < Protocol.Records)
        {
            IsLost |= !_host.Copy(address, bytes); // code: see KvmHost.Copy
        }
        else
        {
            _host.Write(address, bytes);
        }
    }

    public GuestEnd RunUntil(Func<bool> done, Func<int> progress, CancellationToken cancellation)
    {
        _host.GoOn();
        GuestEnd end = Watch(done, progress, cancellation);
        if (end.Kind == GuestEndKind.Done)
        {
            _host.Pause();
        }

        return end;
    }

    public GuestEnd Linger()
    {
        if (!_host.IsEmulated)
        {
            Thread.Sleep(20);
        }

        return new GuestEnd(GuestEndKind.Done, "");
    }

    public string? Complaint() => _host.Complaint() is { } lines ? $"the kernel with KVM said: {lines}" : null;

    public void Dispose() => IsLost |= _host.HasExited || (!IsLost && !_host.Stop());

    private GuestEnd Watch(Func<bool> done, Func<int> progress, CancellationToken cancellation)
    {
        TimeSpan budget = _started ? _options.CaseTimeout : _options.StartTimeout;
        int last = progress();
        var patience = new Patience(_host, budget);
        while (!done())
        {
            cancellation.ThrowIfCancellationRequested();
            if (_host.HasExited)
            {
                IsLost = true;
                return new GuestEnd(GuestEndKind.Died, _host.Obituary());
            }

            // A report is on the console before the kernel goes on, so the case that is in progress now has caused it.
            int accused = progress();
            if (_isCase && Complaint() is { } complaint)
            {
                _host.Stop();
                IsLost = true; // the next guest could meet the same, which a kernel that goes on has not put right
                return new GuestEnd(GuestEndKind.Died, complaint) { Progress = accused };
            }

            if (_host.HasStopped)
            {
                return new GuestEnd(GuestEndKind.Died, _host.Why);
            }

            int now = progress();
            if (now != last)
            {
                last = now;
                patience.Restart();
            }
            else if (patience.IsOver)
            {
                string after = $"no end within {budget.TotalSeconds:0.#} s";
                string where = _host.Stop() ? _host.Why : "and the kernel with KVM does not answer any more";

                // What keeps KVM from running a vCPU can outlive the reset of the vCPU: the next guest would hang as well.
                IsLost = true;
                return new GuestEnd(GuestEndKind.Hung, $"{after}, {where}");
            }

            Thread.Sleep(1);
        }

        _started = true;
        return new GuestEnd(GuestEndKind.Done, "");
    }
}
