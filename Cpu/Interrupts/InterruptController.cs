using Conformance.Cpu.Interrupts.Its;

namespace Conformance.Cpu.Interrupts;

/// <summary>The GIC of a board: the distributor, a redistributor for each PE, and the inputs from timers and devices.</summary>
internal sealed class InterruptController
{
    private readonly Core[] _cores;
    private readonly List<(uint IntId, Func<Core, bool> IsUp)> _private = [];
    private readonly List<(uint IntId, Func<bool> IsUp)> _shared = [];

    /// <param name="cores">The PEs by number; all have the same features.</param>
    internal InterruptController(Core[] cores)
    {
        _cores = cores;
        Distributor = new Distributor(cores[0].Gic, Changed);
        Redistributors = [.. cores.Select(core => new Redistributor(core, isLast: core.Number == cores.Length - 1))];
        Its = new InterruptTranslationService(cores[0].Bus, [.. Redistributors.Select(r => r.Lpis)]);
    }

    internal Distributor Distributor { get; }

    /// <summary>By number of the PE.</summary>
    internal Redistributor[] Redistributors { get; }

    internal InterruptTranslationService Its { get; }

    /// <summary>Connects an input that each PE has for itself; it is looked at whenever lines of that PE may have changed.</summary>
    internal void ConnectPrivate(uint intId, Func<Core, bool> isUp) => _private.Add((intId, isUp));

    /// <summary>Connects an input that is looked at whenever lines may have changed.</summary>
    internal void Connect(uint intId, Func<bool> isUp) => _shared.Add((intId, isUp));

    /// <summary>Makes all PEs look at their lines.</summary>
    internal void Changed()
    {
        foreach (Core core in _cores)
        {
            core.LinesChanged();
        }
    }

    internal void Reset()
    {
        Distributor.Reset();
        Its.Reset();
        foreach (Redistributor redistributor in Redistributors)
        {
            redistributor.Reset();
        }
    }

    /// <summary>Looks at the inputs that concern a PE.</summary>
    internal void Sample(Core core)
    {
        InterruptBank own = Redistributors[core.Number].Interrupts;
        foreach ((uint intId, Func<Core, bool> isUp) in _private)
        {
            own.SetLine(intId, isUp(core));
        }

        foreach ((uint intId, Func<bool> isUp) in _shared)
        {
            Distributor.Interrupts.SetLine(intId, isUp());
        }
    }

    /// <summary>
    /// The highest priority pending interrupt for a PE of the groups that distributor and CPU interface enable; of equals the lowest
    /// INTID.
    /// </summary>
    /// <param name="core">The PE.</param>
    /// <param name="groups">Groups that its CPU interface enables: bit 0 and bit 1.</param>
    internal Candidate? Highest(Core core, int groups)
    {
        groups &= Distributor.EnabledGroups;
        Redistributor redistributor = Redistributors[core.Number];
        if (groups == 0 || redistributor.Asleep)
        {
            return null;
        }

        Candidate? best = null;
        redistributor.Interrupts.FindHighest(groups, ref best);
        Distributor.Interrupts.FindHighest(groups, ref best, intId => Distributor.Route(intId) is { } affinity
            ? affinity == core.Affinity
            : TakesOneOfN(core, Distributor.Interrupts.Group(intId)));
        if ((groups & 2) != 0)
        {
            redistributor.Lpis.FindHighest(ref best);
        }

        return best;
    }

    /// <summary>LPIs belong to Group 1.</summary>
    internal int Group(Core core, uint intId) => Bank(core, intId)?.Group(intId) ?? 1;

    internal void Acknowledge(Core core, uint intId)
    {
        if (Bank(core, intId) is { } bank)
        {
            bank.Acknowledge(intId);
            ChangedBy(core, intId);
        }
        else
        {
            _ = Redistributors[core.Number].Lpis.ClearPending(intId);
        }
    }

    /// <summary>Ends the active state; an INTID that names nothing is passed over.</summary>
    internal void Deactivate(Core core, uint intId)
    {
        Bank(core, intId)?.Deactivate(intId);
        ChangedBy(core, intId);
    }

    /// <summary>Makes an SGI of a PE pending, if it belongs there to Group 0 or the writer may generate those of Group 1.</summary>
    internal void GenerateSgi(Core target, uint intId, bool alsoGroup1)
    {
        InterruptBank bank = Redistributors[target.Number].Interrupts;
        if (alsoGroup1 || bank.Group(intId) == 0)
        {
            bank.SetPending(intId);
            target.LinesChanged();
        }
    }

    /// <summary>The group of an INTID that exists and has an active state; null for another.</summary>
    internal int? GroupOf(Core core, uint intId) => Bank(core, intId)?.Group(intId);

    /// <summary>
    /// Of the PEs that take part in the 1 of N distribution of a group, the one with the lowest number gets the interrupt: a choice
    /// that the architecture leaves open (IHI 0069, "Shared Peripheral Interrupts").
    /// </summary>
    private bool TakesOneOfN(Core core, int group) =>
        Array.Find(_cores, c => !c.IsOff && !Redistributors[c.Number].Asleep && PhysicalCpuInterface.Enables(c, group)) == core;

    private void ChangedBy(Core core, uint intId)
    {
        if (intId < IntId.FirstSpi)
        {
            core.LinesChanged();
        }
        else
        {
            Changed();
        }
    }

    private InterruptBank? Bank(Core core, uint intId)
    {
        InterruptBank own = Redistributors[core.Number].Interrupts;
        return own.Holds(intId) ? own : Distributor.Interrupts.Holds(intId) ? Distributor.Interrupts : null;
    }
}
