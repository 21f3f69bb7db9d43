using System.Text.Json;
using System.Text.RegularExpressions;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>Writes encodings as lines of JSON (described in <c>Fixtures/spec/README.md</c>).</summary>
internal static partial class EncodingLines
{
    internal const string Format = "a64-encodings/1";

    internal static string Head(int encodings, string release) => RuleLines.Line(json =>
    {
        json.WriteString("k"u8, "head"u8);
        json.WriteString("format"u8, Format);
        json.WriteNumber("encodings"u8, encodings);
        json.WriteString("basis"u8, $"A-profile A64 instruction facts, {release} data; notation and file by this project");
    });

    /// <param name="facts">The encoding.</param>
    /// <param name="gap">Told line and construct of a condition that has no form in the notation.</param>
    internal static string Encoding(EncodingFacts facts, Action<int, string> gap)
    {
        InstructionPattern pattern = facts.Parsed;
        List<string> where = [];
        foreach (string condition in facts.Where)
        {
            Take(ConditionNotation.Normal([NotationOf(condition)], pattern), "TRUE", where, () => gap(0, condition));
        }

        List<string> undefined = [];
        List<(string Rule, string When)> open = [];
        bool nop = false;
        foreach (DecodeEvent e in facts.Events)
        {
            string? when = ConditionNotation.Normal(e.When, pattern);
            bool features = when is not null && EncodingCondition.Parse(when, pattern).Bits == 0;
            switch (e.Kind)
            {
                case DecodeEventKind.Undefined when when is null || !features:
                    Take(when, "FALSE", undefined, () => gap(e.Line, "UNDEFINED under a condition without a plain form"));
                    break;
                case DecodeEventKind.Elsewhere when facts.Class.Kind != "system" || when?.Contains("op1", StringComparison.Ordinal) == true:
                    Take(when is null ? null : ConditionNotation.Normal([ConditionNotation.Negate(when)], pattern), "TRUE", where,
                        () => gap(e.Line, "another encoding under a condition without a plain form"));
                    break;
                case DecodeEventKind.Nop when features:
                    nop = true;
                    break;
                case DecodeEventKind.Unpredictable when when is not null && when != "FALSE":
                    open.Add((e.Rule, when));
                    break;
                case DecodeEventKind.Unpredictable when when is null:
                    gap(e.Line, $"{e.Rule} under a condition without a plain form");
                    break;
                default:
                    break;
            }
        }

        return RuleLines.Line(json =>
        {
            json.WriteString("n"u8, facts.Name);
            json.WriteString("m"u8, facts.Mnemonic);
            json.WriteString("c"u8, facts.Class.Kind);
            json.WriteString("g"u8, facts.Class.Group);
            json.WriteString("b"u8, facts.Pattern);
            if (facts.Features is { } features)
            {
                json.WriteString("f"u8, features);
            }

            if (nop)
            {
                json.WriteNumber("nop"u8, 1);
            }

            Strings(json, "where", where);
            Strings(json, "undef", undefined);
            if (open.Count > 0)
            {
                json.WriteStartArray("open"u8);
                foreach ((string rule, string when) in open)
                {
                    json.WriteStartObject();
                    json.WriteString("r"u8, rule);
                    json.WriteString("w"u8, when);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        });
    }

    private static string NotationOf(string condition) =>
        new ConditionNotation(new Dictionary<string, string>(StringComparer.Ordinal), _ => null).Of(condition) ?? condition;

    private static void Take(string? condition, string redundant, List<string> to, Action gap)
    {
        if (condition is null)
        {
            gap();
        }
        else if (condition != redundant && !to.Contains(condition) && !to.Contains(NotEqual().Replace(condition, "$1!=$2")))
        {
            to.Add(condition);
        }
    }

    private static void Strings(Utf8JsonWriter json, string name, List<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    [GeneratedRegex(@"^!\(([\w<>:]+)==([01x]+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex NotEqual();
}
