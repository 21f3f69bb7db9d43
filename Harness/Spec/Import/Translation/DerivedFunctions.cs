using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>The functions of the pseudocode that have a name of their own in our notation (section 1.3).</summary>
internal static class DerivedFunctions
{
    /// <summary>A call with its arguments, as it is written, to the name.</summary>
    private static readonly Dictionary<string, string> s_calls = new(StringComparer.Ordinal)
    {
        ["EL2Enabled()"] = "EL2en",
        ["ELIsInHost(EL2)"] = "Host2",
        ["ELIsInHost(EL0)"] = "Host0",
        ["HaveEL(EL1)"] = "HaveEL1",
        ["HaveEL(EL2)"] = "HaveEL2",
        ["HaveEL(EL3)"] = "HaveEL3",
        ["IsHCRXEL2Enabled()"] = "HCRXen",
        ["IsCurrentSecurityState(SS_Secure)"] = "Sec=S",
        ["IsCurrentSecurityState(SS_NonSecure)"] = "Sec=NS",
        ["IsCurrentSecurityState(SS_Realm)"] = "Sec=RL",
        ["ValidSecurityStateAtEL(EL1)"] = "Valid1",
        ["ValidSecurityStateAtEL(EL2)"] = "Valid2",
        ["ValidSecurityStateAtEL(EL3)"] = "Valid3",
        ["Halted()"] = "Halted",
        ["HaltingAllowed()"] = "HaltOK",
        ["EL3SDDUndef()"] = "SDD",
        ["EL3SDDUndefPriority()"] = "SDDpri",
        ["IsHighestEL(PSTATE.EL)"] = "Top",
        ["IsHighestEL(EL1)"] = "Top1",
        ["IsHighestEL(EL2)"] = "Top2",
        ["IsHighestEL(EL3)"] = "Top3",
        ["IsSCTLR2EL1Enabled()"] = "SCTLR2en1",
        ["IsSCTLR2EL2Enabled()"] = "SCTLR2en2",
        ["GetCurrentEXLOCKEN()"] = "EXLOCKEN",
        ["GCSEnabled(PSTATE.EL)"] = "GCSen",
        ["GCSEnabled(EL0)"] = "GCSen0",
        ["GCSEnabled(EL1)"] = "GCSen1",
        ["GCSEnabled(EL2)"] = "GCSen2",
        ["GCSEnabled(EL3)"] = "GCSen3",
        ["ELUsingAArch32(EL2)"] = "Using32_2",
        ["HaveAArch32EL(EL1)"] = "Have32_1",
        ["HaveAArch32()"] = "Have32_any",
        ["HaveELUsingSecurityState(EL1, TRUE)"] = "HaveSecure",
        ["IsG1ActivityMonitorImplemented(m)"] = "?AMU_G1_counter_implemented",
        ["IsG1ActivityMonitorOffsetImplemented(m)"] = "?AMU_G1_offset_implemented",
    };

    /// <summary>Functions whose arguments do not matter to the choice they stand for.</summary>
    private static readonly Dictionary<string, string> s_choices = new(StringComparer.Ordinal)
    {
        ["IsSPMUCounterImplemented"] = "?SPMU_counter_implemented",
    };

    /// <summary>Numbers.</summary>
    private static readonly Dictionary<string, string> s_numbers = new(StringComparer.Ordinal)
    {
        ["GetNumEventCountersAccessible()"] = "PMUacc",
        ["GetNumEventCountersSelfHosted()"] = "PMUself",
    };

    /// <summary>Choices of the implementation whose name does not follow from their description.</summary>
    private static readonly Dictionary<string, string> s_descriptions = new(StringComparer.Ordinal)
    {
        ["IMPLEMENTED_ACTLR_ELx accessor behavior"] = "?ACTLR_ELx_accessors",
    };

    /// <summary>The condition behind a call, or null.</summary>
    internal static string? Condition(Expr.Call call) => s_calls.GetValueOrDefault(call.ToString()) ?? call switch
    {
        { Function: "IsFeatureImplemented", Arguments: [Expr.Name { Id: var feature }] } => feature,
        { Function: "ConstrainUnpredictableBool", Arguments: [Expr.Name { Id: var choice }] }
            when choice.StartsWith("Unpredictable_", StringComparison.Ordinal) => $"?CU_{choice["Unpredictable_".Length..]}",
        _ => s_choices.GetValueOrDefault(call.Function),
    };

    /// <summary>The number behind a call, or null.</summary>
    internal static string? Number(Expr.Call call) => s_numbers.GetValueOrDefault(call.ToString());

    /// <summary><c>EffectiveTRFCR_EL2_EE()</c> is <c>eff.TRFCR_EL2.EE</c>; null if the call is none of an effective value.</summary>
    internal static string? Effective(Expr.Call call)
    {
        const string Prefix = "Effective";
        if (call.Arguments.Count > 0 || !call.Function.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string name = call.Function[Prefix.Length..];
        int level = name.IndexOf("_EL", StringComparison.Ordinal);
        int end = level + 4;
        return level < 0 || name.Length < end ? null
            : name.Length == end ? $"eff.{name}"
            : name[end] == '_' ? $"eff.{name[..end]}.{name[(end + 1)..]}"
            : null;
    }

    /// <summary>
    /// The name of a choice of the implementation: <c>R trapped by Q.F</c> is <c>?F_traps_R</c>, <c>Trapped by Q.F</c> is
    /// <c>?Q_F_traps</c>, <c>A_ELx[m] is fixed</c> is <c>?A_fixed</c>; others are named by their words.
    /// </summary>
    internal static string Choice(string description)
    {
        if (s_descriptions.TryGetValue(description, out string? name))
        {
            return name;
        }

        return description.Split(' ') switch
        {
            [var register, "trapped", "by", var control] => $"?{control[(control.LastIndexOf('.') + 1)..]}_traps_{register}",
            ["Trapped", "by", var control] => $"?{control.Replace('.', '_')}_traps",
            [var array, "is", "fixed"] => $"?{array[..array.LastIndexOf("_EL", StringComparison.Ordinal)]}_fixed",
            var words => $"?{string.Join('_', words.Select(w => string.Concat(w.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_'))))}",
        };
    }
}
