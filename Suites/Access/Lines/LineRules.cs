using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Suites.Access.Lines;

/// <summary>States that a line may describe and that one instruction without tables and handlers cannot be run in.</summary>
internal static class LineRules
{
    private const string Tables = "address translation is on, and a line has no tables";
    private const string ByteOrder = "data is big-endian, and values of a line are little-endian";
    private const string Execution = "the level would use AArch32";

    private static readonly (StateRule Rule, Condition Condition)[] s_rules = [.. new StateRule[]
    {
        new("1", "SCTLR_EL1.M=0", Tables),
        new("0", "Host0 | SCTLR_EL1.M=0", Tables),
        new("0", "!Host0 | SCTLR_EL2.M=0", Tables),
        new("2", "SCTLR_EL2.M=0", Tables),
        new("0123", "SCTLR_EL3.M=0", Tables),
        new("0123", "SCTLR_EL2.EE=0", ByteOrder),
        new("0123", "SCTLR_EL3.EE=0", ByteOrder),
        new("0123", "MDSCR_EL1.SS=0", "software step is on"),
        new("01", "!FEAT_AA32EL1 | (HCR_EL2.RW=1 & SCR_EL3.RW=1)", Execution),
        new("2", "!FEAT_AA32EL2 | SCR_EL3.RW=1", Execution),
    }.Select(r => (r, ConditionParser.Parse(r.Condition)))];

    /// <summary>Registers that the way out of a case leads through, as long as code at a level up to this one runs.</summary>
    private static readonly (string Register, int Level)[] s_fixed = [("VBAR_EL1", 1), ("VBAR_EL2", 2), ("VBAR_EL3", 3), ("VNCR_EL2", 2)];

    /// <summary>Registers in which a wrong bit takes the code of the case, or the way back from it, away.</summary>
    private static readonly HashSet<string> s_control = new(StringComparer.Ordinal)
    {
        "HCR_EL2", "SCR_EL3", "SCTLR_EL1", "SCTLR_EL2", "SCTLR_EL3", "MDCR_EL2", "MDCR_EL3", "MDSCR_EL1", "CPTR_EL3", "SVCR",
    };

    /// <summary>Why an access at a level cannot be made in a state, or null.</summary>
    internal static string? Against(ArchState state, int level)
    {
        foreach ((StateRule rule, Condition condition) in s_rules)
        {
            if (rule.Levels.Contains((char)('0' + level)) && !condition.Holds(state, level, 0))
            {
                return rule.Why;
            }
        }

        return null;
    }

    /// <summary>Why a register cannot have a value before an access at a level, or null.</summary>
    internal static string? Against(string register, ulong value, int level) =>
        Array.Exists(s_fixed, f => f.Register == register && level <= f.Level) && value != Baseline.Of(register)
            ? $"{register} leads out of the case and cannot have another value than 0x{Baseline.Of(register):x}"
            : null;

    /// <summary>Why an operand cannot be written to a register, or null.</summary>
    /// <param name="register">The register that is to be written.</param>
    /// <param name="changed">The bits that the operand would change.</param>
    /// <param name="free">The bits that may change.</param>
    internal static string? Against(string register, ulong changed, ulong free) =>
        s_control.Contains(register) && (changed & ~free) != 0
            ? $"x would change bits 0x{changed & ~free:x} of {register}, and the case or the way back depends on them; 0x{free:x} may change"
            : null;

    /// <summary>Why an operation cannot have an address as its operand, or null.</summary>
    internal static string? Against(Accessor accessor, ulong address) =>
        accessor.Op is "DC" or "IC" && !accessor.Name.EndsWith("SW", StringComparison.Ordinal)
        && !(address is >= GuestMemory.Data and < GuestMemory.Data + 0x1_0000)
            ? $"x is not an address in the data region (0x{GuestMemory.Data:x}, 64 KiB)"
            : null;
}
