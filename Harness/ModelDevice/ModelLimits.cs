using Conformance.Harness.Cases;

namespace Conformance.ModelDevice;

/// <summary>What the reference machine has not got yet. A case that needs it is refused by name, never guessed at.</summary>
internal static class ModelLimits
{
    private const ulong SctlrM = 1;
    private const ulong HcrVm = 1;
    private const ulong MdscrSsOrMde = (1 << 0) | (1 << 15);

    /// <summary>One sentence per limit, for the report.</summary>
    internal static IReadOnlyList<string> Sentences { get; } =
    [
        "The model does not translate addresses yet: cases that turn an MMU stage on are skipped.",
        "The model has no breakpoint, watchpoint and software step exceptions yet: cases that enable them are skipped.",
        "The model has no Advanced SIMD and floating-point arithmetic yet: cases that get as far as executing it are skipped.",
    ];

    /// <returns>Why the model cannot run the case, or null.</returns>
    internal static string? Refuses(Case c)
    {
        bool belowEl2 = c.Steps.Any(s => s.Level < 2);
        foreach (RegisterValue register in c.Registers.Concat(c.Steps.SelectMany(s => s.Registers)))
        {
            if (register.Name == "MDSCR_EL1" && (register.Value & MdscrSsOrMde) != 0)
            {
                return "the model has no breakpoint, watchpoint and software step exceptions yet (MDSCR_EL1.SS or MDE = 1)";
            }

            bool translates = register.Name switch
            {
                "SCTLR_EL1" or "SCTLR_EL2" or "SCTLR_EL3" => (register.Value & SctlrM) != 0,
                "HCR_EL2" => belowEl2 && (register.Value & HcrVm) != 0,
                _ => false,
            };
            if (translates)
            {
                string bit = register.Name == "HCR_EL2" ? "VM" : "M";
                return $"the model does not translate addresses yet ({register.Name}.{bit} = 1)";
            }
        }

        return null;
    }
}
