using Conformance.Harness.Cases;
using Conformance.Harness.Devices.Qemu;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>Linux KVM as the hypervisor under test: the executive runs as its guest, at virtual EL2.</summary>
public sealed class KvmDevice : IDevice
{
    private readonly ExecutiveSession _session;
    private readonly Func<KvmHost> _boot;
    private readonly KvmOptions _options;
    private KvmHost? _host;
    private KvmGuest? _guest;

    /// <exception cref="DeviceUnavailableException">Something is missing, or the executive does not start.</exception>
    public KvmDevice(KvmOptions options)
    {
        _options = options;
        _boot = Hosts.For(options);
        try
        {
            KvmGuest first = Start();
            HomeProfile home = GuestBoot.Probe(first, CancellationToken.None);
            string? complaint = first.Complaint();
            first.BeginCases();
            Info = new DeviceInfo(
                "kvm", _host!.Kernel, home.Features, home.Level,
                [.. ExecutiveLimits.Of(home), KvmLimits.Note, .. _host.Notes, .. Absent(home), .. Said(complaint)])
            {
                Configuration = $"{(options.Kind == KvmKind.E2h0 ? "e2h0" : "vhe")}, {(_host.IsEmulated ? $"-cpu {options.Cpu}" : "this machine")}",
                Below = _host.IsEmulated ? ("qemu", QemuVersion.Of(options.Qemu)) : null,
                HasVirtualEl2 = true,
            };
            _session = new ExecutiveSession(StartForCases, home, first, options.BatchSize, KvmLimits.Refuses);
        }
        catch
        {
            _host?.Dispose();
            throw;
        }
    }

    public DeviceInfo Info { get; }

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => _session.Run(cases, cancellation);

    public void Dispose()
    {
        _session.Dispose();
        _host?.Dispose();
    }

    private static IEnumerable<string> Absent(HomeProfile home) => home.Absent.Count == 0 ? [] :
        [$"Registers of the baseline that virtual EL2 refuses: {string.Join(", ", home.Absent)}. Cases that set them are skipped."];

    private static IEnumerable<string> Said(string? complaint) =>
        complaint is null ? [] : [$"While the baseline was tried, {complaint}."];

    private KvmGuest StartForCases()
    {
        KvmGuest guest = Start();
        guest.BeginCases();
        return guest;
    }

    /// <summary>A new life of the vCPU, on a new host when the last one is lost.</summary>
    private KvmGuest Start()
    {
        if (_host is not null && (_host.HasExited || _guest is { IsLost: true }))
        {
            _host.Dispose();
            _host = null;
        }

        _host ??= _boot();
        return _guest = new KvmGuest(_options, _host, GuestImage.Executive);
    }
}
