using System.Globalization;
using System.Xml.Linq;

namespace Conformance.Harness.Spec.Import.Pages;

/// <summary>Reads the layouts of a register page.</summary>
internal static class FieldsetReader
{
    internal static PageFieldset Read(string file, XElement fields) => new(
        int.TryParse((string?)fields.Attribute("length"), NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            ? width
            : throw PageReader.Bad(file, fields, "<fields> has no length"),
        PageReader.When(fields.Element("fields_condition")),
        [.. fields.Elements("field").Select(f => Field(file, f))]);

    private static PageField Field(string file, XElement field) => new(
        PageReader.Text(field.Element("field_name")),
        (string?)field.Attribute("rwtype"),
        PageReader.Number(file, field, "field_msb"),
        PageReader.Number(file, field, "field_lsb"),
        PageReader.When(field.Element("fields_condition")),
        [.. field.Elements("field_resets").SelectMany(Resets)]);

    /// <summary>The numbers among the resets; texts say that the value is unknown or chosen by the implementation.</summary>
    private static IEnumerable<PageReset> Resets(XElement resets)
    {
        foreach (XElement reset in resets.Elements("field_reset"))
        {
            string kind = (string?)reset.Attribute("reset_type") ?? "";
            foreach (XElement number in reset.Elements("field_reset_number"))
            {
                yield return new PageReset(kind, null, Bits(number));
            }

            foreach (XElement condition in reset.Elements("field_reset_conditions").Elements("field_reset_condition"))
            {
                foreach (XElement number in condition.Elements("field_reset").Elements("field_reset_number"))
                {
                    yield return new PageReset(kind, (string?)condition.Attribute("condition") ?? "otherwise", Bits(number));
                }
            }
        }
    }

    private static string Bits(XElement number) => number.Value.Trim().Trim('\'');
}
