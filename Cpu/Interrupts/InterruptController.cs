namespace Conformance.Cpu.Interrupts;

/// <summary>The GIC of a board with one PE: distributor, redistributor, and the inputs from timers and devices.</summary>
internal sealed class InterruptController
{
    private readonly Core _core;
    private readonly List<(uint IntId, Func<bool> IsUp)> _inputs = [];

    internal InterruptController(Core core)
    {
        _core = core;
        byte mask = (byte)core.Gic.PriorityMask;
        Distributor = new Distributor(mask, core.LinesChanged);
        Redistributor = new Redistributor(mask, core.LinesChanged);
    }

    internal Distributor Distributor { get; }

    internal Redistributor Redistributor { get; }

    /// <summary>Connects an input that is looked at whenever lines may have changed.</summary>
    internal void Connect(uint intId, Func<bool> isUp) => _inputs.Add((intId, isUp));

    internal void Reset()
    {
        Distributor.Reset();
        Redistributor.Reset();
    }

    /// <summary>Looks at all inputs.</summary>
    internal void Sample()
    {
        foreach ((uint intId, Func<bool> isUp) in _inputs)
        {
            Bank(intId)!.SetLine(intId, isUp());
        }
    }

    /// <summary>The highest priority pending interrupt of the groups that distributor and CPU interface enable; of equals the lowest INTID.</summary>
    /// <param name="groups">Groups that the CPU interface enables: bit 0 and bit 1.</param>
    internal (uint IntId, byte Priority)? Highest(int groups)
    {
        groups &= Distributor.EnabledGroups;
        if (groups == 0 || Redistributor.Asleep)
        {
            return null;
        }

        (uint, byte)? best = null;
        Redistributor.Interrupts.FindHighest(groups, ref best);
        Distributor.Interrupts.FindHighest(groups, ref best, Distributor.RoutesHere);
        return best;
    }

    internal int Group(uint intId) => Bank(intId)!.Group(intId);

    internal void Acknowledge(uint intId) => Bank(intId)!.Acknowledge(intId);

    /// <summary>Ends the active state; an INTID that names nothing is passed over.</summary>
    internal void Deactivate(uint intId)
    {
        Bank(intId)?.Deactivate(intId);
        _core.LinesChanged();
    }

    /// <summary>Makes an SGI of the PE pending, if it belongs to the group.</summary>
    internal void GenerateSgi(uint intId, int group)
    {
        if (Redistributor.Interrupts.Group(intId) == group)
        {
            Redistributor.Interrupts.SetPending(intId);
        }
    }

    /// <summary>The group of an INTID that exists; null for another.</summary>
    internal int? GroupOf(uint intId) => Bank(intId)?.Group(intId);

    private InterruptBank? Bank(uint intId) =>
        Redistributor.Interrupts.Holds(intId) ? Redistributor.Interrupts : Distributor.Interrupts.Holds(intId) ? Distributor.Interrupts : null;
}
