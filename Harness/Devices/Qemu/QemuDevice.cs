using System.Diagnostics;
using System.Globalization;
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
        Accelerator.Check(options, Accelerator.Host.This);
        (QemuOptions taken, QemuGuest first, HomeProfile home) = StartHighest(options);
        Func<IExecutiveGuest> start = () => _newest = new QemuGuest(taken, GuestImage.Executive);
        Info = new DeviceInfo("qemu", version, home.Features, home.Level, Notes(taken, home))
        {
            Configuration = taken switch
            {
                { Accelerator: { } by } => $"-accel {by}",
                { StartLevel: 3 } => $"-cpu {taken.Cpu}",
                _ => string.Create(CultureInfo.InvariantCulture, $"-cpu {taken.Cpu}, EL{home.Level}"),
            },

            // With an accelerator the CPU is the host's, so it has not got the mistakes of QEMU's own.
            WaiversOf = taken.Accelerator is { } accelerator ? $"qemu-{accelerator}" : null,
        };
        _newest = first;
        _session = new ExecutiveSession(start, home, first, taken.BatchSize);
    }

    public DeviceInfo Info { get; }

    /// <summary>Starts QEMU on another bare-metal program than the executive.</summary>
    public static IExecutiveGuest Start(QemuOptions options, GuestImage image) => new QemuGuest(options, image);

    /// <summary>Process id of the QEMU started last, for tests that kill it.</summary>
    internal int? ProcessId => _newest?.ProcessId;

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => _session.Run(cases, cancellation);

    public void Dispose() => _session.Dispose();

    /// <summary>Starts at the highest level that is there: not every host offers EL2 to a guest of its own CPU.</summary>
    private static (QemuOptions Taken, QemuGuest Guest, HomeProfile Home) StartHighest(QemuOptions options)
    {
        foreach (int level in options.Levels)
        {
            QemuOptions taken = options with { StartLevel = level };
            var guest = new QemuGuest(taken, GuestImage.Executive);
            try
            {
                return (taken, guest, GuestBoot.Probe(guest, CancellationToken.None));
            }
            catch (DeviceUnavailableException) when (level != options.Levels[^1])
            {
                guest.Dispose();
            }
            catch
            {
                guest.Dispose();
                throw;
            }
        }

        throw new UnreachableException("no level to start QEMU at");
    }

    private static IReadOnlyList<string> Notes(QemuOptions options, HomeProfile home) => options.Accelerator is { } accelerator
        ? [$"QEMU used the host's own CPU ({accelerator}): there is no EL3.", .. ExecutiveLimits.Of(home)]
        : ExecutiveLimits.Of(home);
}
