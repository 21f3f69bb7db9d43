using Conformance.Harness.Cases;

namespace Conformance.ModelDevice;

/// <summary>What the reference machine has not got yet. A case that needs it is refused by name, never guessed at.</summary>
internal static class ModelLimits
{
    /// <summary>One sentence per limit, for the report.</summary>
    internal static IReadOnlyList<string> Sentences { get; } =
    [
        "The model has no watchpoint exceptions yet, and breakpoints that match an address only: cases that enable others are skipped.",
    ];

    /// <returns>Why the model cannot run the case, or null.</returns>
    internal static string? Refuses(Case c)
    {
        foreach (RegisterValue register in c.Registers.Concat(c.Steps.SelectMany(s => s.Registers)))
        {
            bool watches = register.Name.StartsWith("DBGWCR", StringComparison.Ordinal) && (register.Value & 1) != 0;
            bool linked = register.Name.StartsWith("DBGBCR", StringComparison.Ordinal) && (register.Value & 1) != 0
                && (register.Value >> 20 & 15) != 0;
            if (watches || linked)
            {
                return $"the model has no watchpoints and no linked or context breakpoints yet ({register.Name} enabled)";
            }
        }

        return null;
    }
}
