using Conformance.Harness.Spec;

namespace Conformance.Suites.GuestHypervisor.Merged;

/// <summary>An instruction of the guest.</summary>
internal sealed record Stimulus(Accessor Accessor, int Level, int Index)
{
    internal string Text => $"{Accessor.Op} {Accessor.NameAt(Index)} at EL{Level}";

    /// <summary>What it belongs to: stories at random keep to one, so that what is known of a device can be told apart.</summary>
    internal string Domain => Accessor.Op is not ("MRS" or "MSR") ? "operations" : Accessor.Register switch
    {
        ['P', 'M', ..] => "pmu",
        ['C', 'N', 'T', ..] => "timers",
        ['I', 'C', 'C' or 'V' or 'H', ..] => "gic",
        ['D', 'B', 'G', ..] or ['O', 'S', ..] or ['M', 'D', ..] or ['T', 'R', ..] => "debug",
        _ => "registers",
    };
}
