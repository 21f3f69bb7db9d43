using Conformance.Harness.Cases;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>Real QEMU, driven through the executive.</summary>
public sealed class QemuDevice : IDevice
{
    private readonly ExecutiveSession _session;

    /// <exception cref="DeviceUnavailableException">QEMU is missing, or the executive does not start on it.</exception>
    public QemuDevice(QemuOptions options)
    {
        string version = QemuVersion.Of(options.Executable);
        Func<IExecutiveGuest> start = () => new QemuGuest(options);
        HomeProfile home = GuestBoot.Probe(start, CancellationToken.None);
        Info = new DeviceInfo("qemu", version, home.Features, home.Level, ExecutiveLimits.Of(home));
        _session = new ExecutiveSession(start, home, options.BatchSize);
    }

    public DeviceInfo Info { get; }

    public IEnumerable<Observation> Run(IReadOnlyList<Case> cases, CancellationToken cancellation) => _session.Run(cases, cancellation);

    public void Dispose() => _session.Dispose();
}
