using System.Text.Json;
using Conformance.Harness.Spec.Import.Pages;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Writes the page of a register as a line of <c>registers.jsonl</c> (section 2 of the description of the facts).</summary>
/// <param name="gaps">Takes the conditions that have no plain form.</param>
internal sealed class RegisterTranslator(List<ImportGap> gaps)
{
    internal const string Format = "a64-registers/1";
    private const string Open = "?";

    internal static string Head => RuleLines.Line(json =>
    {
        json.WriteString("k"u8, "head"u8);
        json.WriteString("format"u8, Format);
    });

    internal string Line(RegisterPage page) => RuleLines.Line(json =>
    {
        json.WriteString("k"u8, "reg"u8);
        json.WriteString("name"u8, page.Name);
        if (page.Condition is not null)
        {
            json.WriteString("if"u8, Condition(page, page.Condition, "the register"));
        }

        if (page.Indices is var (first, last))
        {
            json.WriteStartArray("m"u8);
            json.WriteNumberValue(first);
            json.WriteNumberValue(last);
            json.WriteEndArray();
        }

        json.WriteStartArray("layouts"u8);
        foreach (PageFieldset layout in page.Fieldsets)
        {
            json.WriteStartObject();
            json.WriteNumber("w"u8, layout.Width);
            if (layout.Condition is not null)
            {
                json.WriteString("if"u8, Condition(page, layout.Condition, "a layout"));
            }

            json.WriteStartArray("f"u8);
            foreach (PageField field in layout.Fields)
            {
                Field(json, page, field);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private void Field(Utf8JsonWriter json, RegisterPage page, PageField field)
    {
        // A field that is neither named nor reserved is left to the implementation.
        string name = field.Name ?? field.Reserved ?? "IMPLEMENTATION DEFINED";
        List<(PageReset Reset, string When)> resets = [];
        foreach (PageReset reset in field.Resets)
        {
            if (Reset(reset.Condition) is { } when)
            {
                resets.Add((reset, when));
            }
        }

        json.WriteStartArray();
        json.WriteNumberValue(field.Msb);
        json.WriteNumberValue(field.Lsb);
        json.WriteStringValue(name);
        if (field.Condition is not null || resets.Count > 0)
        {
            json.WriteStartObject();
            if (field.Condition is not null)
            {
                json.WriteString("if"u8, field.Condition == "Otherwise" ? "else" : Condition(page, field.Condition, $"bits {field.Msb}:{field.Lsb}"));
            }

            if (resets.Count > 0)
            {
                json.WriteStartArray("rst"u8);
                foreach ((PageReset reset, string when) in resets)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(reset.Kind);
                    json.WriteStringValue(when);
                    json.WriteStringValue(reset.Value);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private string Condition(RegisterPage page, string text, string what)
    {
        if (PresenceTranslator.Translate(text) is { } guard)
        {
            return guard.Text;
        }

        gaps.Add(new ImportGap(GapKind.ConditionOpen, $"{page.Name}, {what}", page.File, text));
        return Open;
    }

    /// <summary>A reset value is kept when it is fixed always (the empty text) or with a highest level; null for others.</summary>
    private static string? Reset(string? condition) =>
        condition is null ? ""
        : PresenceTranslator.Translate(condition) is { Text: "Top1" or "Top2" or "Top3" } top ? top.Text
        : null;
}
