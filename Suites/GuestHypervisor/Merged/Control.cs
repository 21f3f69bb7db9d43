namespace Conformance.Suites.GuestHypervisor.Merged;

/// <summary>One control: a field of one bit.</summary>
/// <param name="Field">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Off">The value with which it traps nothing.</param>
/// <param name="Stimuli">What it traps, from an otherwise open state.</param>
internal sealed record Control(int Field, string Name, ulong Off, IReadOnlyList<Stimulus> Stimuli)
{
    internal string Register => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The behaviours that name it.</summary>
    internal IReadOnlyList<string> Rules => Register switch
    {
        "CPTR_EL2" => ["F010", "F014"],
        "CNTHCTL_EL2" => ["F010", "F036"],
        "ICH_HCR_EL2" => ["F010", "F029"],
        ['H', 'F', 'G', ..] or ['H', 'D', 'F', ..] or ['H', 'A', 'F', ..] => ["F010", "F016"],
        _ => ["F010", "F015"],
    };
}
