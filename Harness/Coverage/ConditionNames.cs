using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Coverage;

/// <summary>The controls, features and choices that a condition names, by its text.</summary>
/// <remarks>
/// Of the derived names only those count that a person sets with a bit: NVx with HCR_EL2.{NV,NV1,NV2}, the host regimes with
/// E2H and TGE. EL2en is a part of nearly every condition and says nothing about one of them.
/// </remarks>
internal sealed partial class ConditionNames
{
    /// <summary>The control that stands for the three NV bits.</summary>
    internal const string NvBits = "HCR_EL2.NV";

    private static readonly (string Text, string Choice)[] s_states =
    [
        ("SDD", "Halted"), ("Halted", "Halted"), ("HaltOK", "HaltOK"), ("Using32_2", "Using32_2"), ("Have32_1", "Have32_1"),
    ];

    private static readonly ConcurrentDictionary<Condition, ConditionNames> s_known = new();

    private ConditionNames(string text)
    {
        List<string> controls = [.. Field().Matches(text).Select(m => m.Value).Where(f => !f.StartsWith("NVx.", StringComparison.Ordinal))];
        List<string> features = [.. Feature().Matches(text).Select(m => m.Value)];
        if (text.Contains("NVx", StringComparison.Ordinal))
        {
            controls.Add(NvBits);
            features.AddRange(["FEAT_NV", "FEAT_NV2"]);
        }

        if (text.Contains("Host", StringComparison.Ordinal))
        {
            controls.Add("HCR_EL2.E2H");
            features.Add("FEAT_VHE");
        }

        if (text.Contains("Host0", StringComparison.Ordinal))
        {
            controls.Add("HCR_EL2.TGE");
        }

        if (text.Contains("HCRXen", StringComparison.Ordinal) || text.Contains("SCTLR2en1", StringComparison.Ordinal))
        {
            features.Add("FEAT_HCX");
        }

        if (text.Contains("SCTLR2en", StringComparison.Ordinal))
        {
            features.Add("FEAT_SCTLR2");
        }

        if (text.Contains("Sec=RL", StringComparison.Ordinal))
        {
            features.Add("FEAT_RME");
        }

        Controls = [.. controls.Distinct(StringComparer.Ordinal)];
        Features = [.. features.Distinct(StringComparer.Ordinal)];
        List<string> choices = [.. Choice().Matches(text).Select(m => m.Value)];
        if (text.Contains("SDDpri", StringComparison.Ordinal))
        {
            choices.Add("?EL3_trap_priority_in_SDD");
        }

        choices.AddRange(s_states.Where(s => text.Contains(s.Text, StringComparison.Ordinal)).Select(s => s.Choice));
        Choices = [.. choices.Distinct(StringComparer.Ordinal)];
        Numbers = [.. Number().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Fields (<c>HCR_EL2.TVM</c>), in the order of the text.</summary>
    internal IReadOnlyList<string> Controls { get; }

    /// <summary>Features, those behind derived names included.</summary>
    internal IReadOnlyList<string> Features { get; }

    /// <summary>IMPLEMENTATION DEFINED choices (<c>?NAME</c>) and other booleans that no field decides (<c>Halted</c>).</summary>
    internal IReadOnlyList<string> Choices { get; }

    /// <summary>Numbers of the implementation (<c>$NAME</c>).</summary>
    internal IReadOnlyList<string> Numbers { get; }

    internal static ConditionNames Of(Condition condition) => s_known.GetOrAdd(condition, static c => new ConditionNames(c.ToString()!));

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9_]*(?:<m>)?[A-Za-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*(?:<m>)?[A-Za-z0-9_]*")]
    private static partial Regex Field();

    [GeneratedRegex(@"FEAT_\w+")]
    private static partial Regex Feature();

    [GeneratedRegex(@"\?\w+")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Number();
}
