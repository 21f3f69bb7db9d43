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
        string? reason = Refuses(c.Registers);
        for (int i = 0; reason is null && i < c.Steps.Count; i++)
        {
            reason = Refuses(c.Steps[i].Registers);
        }

        return reason;
    }

    private static string? Refuses(IReadOnlyList<RegisterValue> registers)
    {
        for (int i = 0; i < registers.Count; i++)
        {
            RegisterValue register = registers[i];
            bool enabled = (register.Value & 1) != 0 && register.Name.StartsWith("DBG", StringComparison.Ordinal);
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
