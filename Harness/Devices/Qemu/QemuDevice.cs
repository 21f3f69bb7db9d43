using Conformance.Harness.Cases;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>Real QEMU, driven through the executive.</summary>
public sealed class QemuDevice : IDevice
{
    private readonly ExecutiveSession _session;
    private QemuGuest? _newest;

    /// <exception cref="DeviceUnavailableException">QEMU is missing, or the executive does not start on it.</exception>
    public QemuDevice(QemuOptions options)
    {
        string version = QemuVersion.Of(options.Executable);
        Func<IExecutiveGuest> start = () => _newest = new QemuGuest(options, GuestImage.Executive);
        IExecutiveGuest first = start();
        try
        {
            HomeProfile home = GuestBoot.Probe(first, CancellationToken.None);
            Info = new DeviceInfo("qemu", version, home.Features, home.Level, ExecutiveLimits.Of(home))
            {
                Configuration = $"-cpu {options.Cpu}",
            };
            _session = new ExecutiveSession(start, home, first, options.BatchSize);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    public DeviceInfo Info { get; }

    /// <summary>Starts QEMU on another bare-metal program than the executive.</summary>
    public static IExecutiveGuest Start(QemuOptions options, GuestImage image) => new QemuGuest(options, image);

    /// <summary>Process id of the QEMU started last, for tests that kill it.</summary>
    internal int? ProcessId => _newest?.ProcessId;

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => _session.Run(cases, cancellation);

    public void Dispose() => _session.Dispose();
}
