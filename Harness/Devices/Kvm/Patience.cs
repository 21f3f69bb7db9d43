using System.Diagnostics;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>How long to wait for a host: a time that it has worked, or ten times that if it does not work at all.</summary>
/// <param name="host">The host.</param>
/// <param name="budget">The time.</param>
internal sealed class Patience(KvmHost host, TimeSpan budget)
{
    private const int Idle = 10;

    private readonly Stopwatch _passed = Stopwatch.StartNew();
    private TimeSpan _before = host.Worked;

    internal bool IsOver => _passed.Elapsed > budget && (host.Worked - _before > budget || _passed.Elapsed > Idle * budget);

    /// <summary>From the beginning.</summary>
    internal void Restart()
    {
        _passed.Restart();
        _before = host.Worked;
    }
}
