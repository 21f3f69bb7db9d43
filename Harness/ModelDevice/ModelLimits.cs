using Conformance.Harness.Cases;

namespace Conformance.ModelDevice;

/// <summary>What the reference machine has not got yet. A case that needs it is refused by name, never guessed at.</summary>
internal static class ModelLimits
{
    /// <summary>One sentence per limit, for the report.</summary>
    internal static IReadOnlyList<string> Sentences { get; } =
    [
        "The model has breakpoints and watchpoints that match an address only: cases that link them to a context are skipped.",
    ];

    /// <returns>Why the model cannot run the case, or null.</returns>
    internal static string? Refuses(Case c)
    {
        foreach (RegisterValue register in c.Registers.Concat(c.Steps.SelectMany(s => s.Registers)))
        {
            bool enabled = (register.Value & 1) != 0;
            bool watches = enabled && register.Name.StartsWith("DBGWCR", StringComparison.Ordinal) && (register.Value >> 20 & 1) != 0;
            bool breaks = enabled && register.Name.StartsWith("DBGBCR", StringComparison.Ordinal) && (register.Value >> 20 & 15) != 0;
            if (watches || breaks)
            {
                return $"the model has no linked watchpoints and no linked or context breakpoints yet ({register.Name} enabled)";
            }
        }

        return null;
    }
}
