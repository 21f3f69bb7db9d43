using Conformance.Harness.Cases;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Gdb;

/// <summary>Any target with a GDB remote stub, driven through the executive.</summary>
public sealed class GdbDevice : IDevice
{
    private readonly ExecutiveSession _session;
    private readonly GdbMachine _machine;

    /// <exception cref="DeviceUnavailableException">Nobody answers, or the executive does not start on the target.</exception>
    public GdbDevice(GdbTarget target)
    {
        _machine = new GdbMachine(target);
        try
        {
            IExecutiveGuest first = Start(target);
            HomeProfile home = Probe(first, target);
            Info = new DeviceInfo("gdb", target.Version, home.Features, home.Level, ExecutiveLimits.Of(home))
            {
                Configuration = target.Place,
                WaiversOf = target.WaiversOf,
            };
            _session = new ExecutiveSession(() => Start(target), home, first, target.BatchSize);
        }
        catch
        {
            _machine.Dispose();
            throw;
        }
    }

    public DeviceInfo Info { get; }

    /// <summary>Process id of the target started last, for tests that kill it.</summary>
    internal int? ProcessId => _machine.ProcessId;

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => _session.Run(cases, cancellation);

    public void Dispose()
    {
        _session.Dispose();
        _machine.Dispose();
    }

    private GdbGuest Start(GdbTarget target)
    {
        _machine.Renew();
        try
        {
            return new GdbGuest(target, _machine, GuestImage.Executive);
        }
        catch (GuestLostException e)
        {
            throw Unavailable(target, e);
        }
    }

    private static HomeProfile Probe(IExecutiveGuest guest, GdbTarget target)
    {
        try
        {
            return GuestBoot.Probe(guest, CancellationToken.None);
        }
        catch (GuestLostException e)
        {
            throw Unavailable(target, e);
        }
    }

    private static DeviceUnavailableException Unavailable(GdbTarget target, GuestLostException e) =>
        new($"The executive cannot be put on the target at {target.Place}: {e.Message}.", "Check the description of the target (docs/gdb-device.md).");
}
