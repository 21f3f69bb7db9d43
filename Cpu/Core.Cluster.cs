namespace Conformance.Cpu;

/// <summary>A PE among those that share memory and the GIC.</summary>
public sealed partial class Core
{
    /// <summary>All PEs of the machine by <see cref="Number"/>, this one among them.</summary>
    internal Core[] Cluster { get; private set; } = [];

    /// <summary>Place in the machine, from 0.</summary>
    public int Number { get; private set; }

    /// <summary>Aff0 of MPIDR_EL1 is the number; the other levels are 0.</summary>
    internal ulong Affinity => (ulong)(uint)Number;

    /// <summary>PSCI has not switched the PE on, or has switched it off again.</summary>
    public bool IsOff { get; internal set; }

    /// <summary><see cref="Waiting"/> is that of WFE: an event ends it.</summary>
    internal bool WaitsForEvent;

    /// <summary>The value of <see cref="Ticks"/> at which <see cref="Waiting"/> ends by itself; the largest number for never.</summary>
    internal ulong WaitEnd;

    /// <summary>Puts the PE into a machine with others.</summary>
    internal void Join(Core[] cluster, int number)
    {
        (Cluster, Number) = (cluster, number);
        Array.Clear(_atReset); // MPIDR_EL1 tells the number
    }

    /// <summary>SEV: sets the Event Register of every PE (EX-345).</summary>
    internal void SendEvent()
    {
        foreach (Core core in Cluster)
        {
            core.EventRegister = true;
        }
    }

    /// <summary>Puts the system counter to where other PEs have brought it while this one did not run.</summary>
    internal void MoveTimeTo(ulong ticks)
    {
        if (_branchTypeTick == Ticks)
        {
            _branchTypeTick = ticks; // PSTATE.BTYPE waits for the next instruction, whenever that is
        }

        Ticks = ticks;
    }

    /// <summary>PSCI CPU_ON: the state of a cold reset at a level, but for PC, X0 and the time.</summary>
    internal void PowerOn(int level, ulong entry, ulong context)
    {
        ulong now = Ticks;
        ResetState(level);
        HandOver.OpenGic(this);
        Ticks = now;
        IsOff = false;
        Pc = entry;
        SetX(0, context);
        LinesChanged();
    }
}
