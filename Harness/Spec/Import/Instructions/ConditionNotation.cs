using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>Writes a condition of decode pseudocode in the notation of <see cref="EncodingCondition"/>.</summary>
/// <param name="variables">Local variables and their values, as text.</param>
/// <param name="widthOf">Width of a field in bits; null for a name that is none.</param>
internal sealed partial class ConditionNotation(IReadOnlyDictionary<string, string> variables, Func<string, int?> widthOf)
{
    /// <summary>Stands for an arm that asks which of the allowed outcomes was chosen.</summary>
    internal const string ChoiceOfConstraint = "choice of constraint";

    /// <returns>Null when the condition has no form in the notation.</returns>
    internal string? Of(string condition)
    {
        if (condition.Contains("Constraint_", StringComparison.Ordinal))
        {
            return ChoiceOfConstraint;
        }

        string text = Implemented().Replace(condition, "$1");
        text = Level().Replace(text, "FEAT_AA64EL$1");
        text = Literal().Replace(text, m => "'" + m.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal) + "'");
        text = Variable().Replace(text, m => variables.TryGetValue(m.Value, out string? value) && widthOf(m.Value) is null
            ? Bits().IsMatch(value) ? value : $"({value})"
            : m.Value);
        text = UnsignedField().Replace(text, "$1");
        text = FieldAndNumber().Replace(text, WithNumber);
        text = InSet().Replace(text, Members);
        text = text.Replace("'", "", StringComparison.Ordinal).Replace("(TRUE)", "TRUE", StringComparison.Ordinal)
            .Replace("(FALSE)", "FALSE", StringComparison.Ordinal);
        return text.Contains("FALSE && ", StringComparison.Ordinal) || text == "FALSE" ? "FALSE"
            : text.StartsWith("TRUE && ", StringComparison.Ordinal) ? text[8..]
            : text;
    }

    internal static string Negate(string condition) => condition switch
    {
        "TRUE" => "FALSE",
        "FALSE" => "TRUE",
        ChoiceOfConstraint => condition,
        _ => $"!({condition})",
    };

    /// <summary>Checks the notation against the fields and brings it into one form.</summary>
    /// <returns>Null when it is not in the notation.</returns>
    internal static string? Normal(IEnumerable<string?> all, InstructionPattern? pattern)
    {
        List<string> parts = [];
        foreach (string? part in all)
        {
            if (part is null)
            {
                return null;
            }

            try
            {
                EncodingCondition.Parse(part, pattern);
            }
            catch (FormatException)
            {
                return null;
            }

            parts.Add(part);
        }

        if (parts.Count == 0)
        {
            return "TRUE";
        }

        var whole = EncodingCondition.Parse(parts is [string only] ? only : string.Join(" && ", parts.Select(p => $"({p})")), pattern);
        return Simplified(whole, pattern).ToString();
    }

    /// <summary>Drops what the fixed bits of the pattern decide, and conjuncts that the others imply.</summary>
    private static EncodingCondition Simplified(EncodingCondition condition, InstructionPattern? pattern)
    {
        if (IsAlways(condition, true, pattern))
        {
            return new EncodingCondition.Constant(true);
        }

        if (IsAlways(condition, false, pattern))
        {
            return new EncodingCondition.Constant(false);
        }

        if (condition is not EncodingCondition.All all)
        {
            return condition;
        }

        List<EncodingCondition> kept = [.. all.Parts];
        for (int i = kept.Count - 1; i >= 0 && kept.Count > 1; i--)
        {
            EncodingCondition part = kept[i];
            EncodingCondition[] others = [.. kept.Where((_, j) => j != i)];
            if (IsAlways(new EncodingCondition.All([.. others, new EncodingCondition.Not(part)]), false, pattern))
            {
                kept.RemoveAt(i);
            }
        }

        return kept is [EncodingCondition only] ? only : new EncodingCondition.All(kept);
    }

    /// <summary>Tries all values of the bits and features that the condition asks for.</summary>
    private static bool IsAlways(EncodingCondition condition, bool value, InstructionPattern? pattern)
    {
        uint free = condition.Bits & ~(pattern?.Mask ?? 0);
        string[] features = [.. condition.Features.Distinct()];
        if (uint.PopCount(free) + features.Length > 16)
        {
            return false;
        }

        uint bits = 0;
        do
        {
            for (int set = 0; set < 1 << features.Length; set++)
            {
                int chosen = set;
                if (condition.Holds((pattern?.Value ?? 0) | bits, name => (chosen >> Array.IndexOf(features, name) & 1) != 0) != value)
                {
                    return false;
                }
            }

            bits = (bits - free) & free; // the next subset of the free bits
        }
        while (bits != 0);
        return true;
    }

    private string WithNumber(Match match)
    {
        string field = match.Groups[1].Value;
        int number = int.Parse(match.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        return widthOf(field) is int width
            ? $"{field} {match.Groups[2].Value} '{Convert.ToString(number, 2).PadLeft(width, '0')}'"
            : match.Value;
    }

    private static string Members(Match match)
    {
        string[] members = [.. Literal().Matches(match.Groups[2].Value).Select(m => m.Value)];
        return $"({string.Join(" || ", members.Select(m => $"{match.Groups[1].Value}=={m}"))})";
    }

    [GeneratedRegex(@"IsFeatureImplemented\((\w+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Implemented();

    [GeneratedRegex(@"HaveEL\(EL(\d)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Level();

    [GeneratedRegex(@"'([01x ]+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b[a-z]\w*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\(UInt\((\w+)\)\)", RegexOptions.CultureInvariant)]
    private static partial Regex UnsignedField();

    [GeneratedRegex(@"\b(\w+) (==|!=) (\d+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex FieldAndNumber();

    [GeneratedRegex(@"^[\w<>:]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Bits();

    [GeneratedRegex(@"([\w<>:]+) IN (\{[^}]*\}|'[01x]+')", RegexOptions.CultureInvariant)]
    private static partial Regex InSet();
}
