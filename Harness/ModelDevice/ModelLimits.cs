using Conformance.Harness.Cases;

namespace Conformance.ModelDevice;

/// <summary>What the reference machine has not got yet. A case that needs it is refused by name, never guessed at.</summary>
internal static class ModelLimits
{
    private const ulong SctlrM = 1;
    private const ulong HcrVm = 1;
    private const ulong HcrNv2 = 1UL << 45;

    /// <summary>One sentence per limit, for the report.</summary>
    internal static IReadOnlyList<string> Sentences { get; } =
    [
        "The model translates addresses for the accesses of FEAT_NV2 only: other cases that turn an MMU stage on are skipped.",
        "The model has no watchpoint exceptions yet, and breakpoints that match an address only: cases that enable others are skipped.",
        "The model has no Advanced SIMD and floating-point arithmetic yet: cases that get as far as executing it are skipped.",
    ];

    /// <returns>Why the model cannot run the case, or null.</returns>
    internal static string? Refuses(Case c)
    {
        bool belowEl2 = c.Steps.Any(s => s.Level < 2);
        RegisterValue[] registers = [.. c.Registers.Concat(c.Steps.SelectMany(s => s.Registers))];
        bool nested = belowEl2 && registers.Any(r => r.Name == "HCR_EL2" && (r.Value & HcrNv2) != 0);
        foreach (RegisterValue register in registers)
        {
            bool watches = register.Name.StartsWith("DBGWCR", StringComparison.Ordinal) && (register.Value & 1) != 0;
            bool linked = register.Name.StartsWith("DBGBCR", StringComparison.Ordinal) && (register.Value & 1) != 0
                && (register.Value >> 20 & 15) != 0;
            if (watches || linked)
            {
                return $"the model has no watchpoints and no linked or context breakpoints yet ({register.Name} enabled)";
            }

            bool translates = register.Name switch
            {
                "SCTLR_EL2" => (register.Value & SctlrM) != 0 && !nested,
                "SCTLR_EL1" or "SCTLR_EL3" => (register.Value & SctlrM) != 0,
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
