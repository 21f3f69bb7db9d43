using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu;

/// <summary>Looking at every data access, for a debugger and for watchpoints. While nobody does, it costs nothing.</summary>
public sealed partial class Core
{
    private readonly List<DataWatch> _watches = [];

    /// <summary>The access that ended the last run with <see cref="StopReason.Watchpoint"/>.</summary>
    public (DataWatch Watch, ulong Address) WatchHit { get; private set; }

    /// <summary>No access may take the short path.</summary>
    private bool WatchesData => _watches.Count != 0 || Watchpoints.MayMatch(this);

    /// <summary>Makes runs return in front of an access to a range.</summary>
    public void AddWatch(DataWatch watch)
    {
        _watches.Add(watch);
        ContextChanged();
    }

    /// <summary>Undoes <see cref="AddWatch"/>.</summary>
    public void RemoveWatch(DataWatch watch)
    {
        _watches.Remove(watch);
        ContextChanged();
    }

    /// <summary>An access that nothing else stops is about to be made.</summary>
    /// <returns>True when it is not to be made: the run stops, or a Watchpoint exception was taken.</returns>
    internal bool Intercepts(ulong va, int size, bool write, bool unprivileged)
    {
        foreach (DataWatch watch in _watches)
        {
            if (watch.Matches(va, size, write))
            {
                WatchHit = (watch, va);
                NextPc = Pc; // it is counted, but not executed
                RequestStop(StopReason.Watchpoint);
                return true;
            }
        }

        if (!Watchpoints.Match(this, va, size, write, unprivileged))
        {
            return false;
        }

        Raise.Watchpoint(this, va, write);
        return true;
    }
}
