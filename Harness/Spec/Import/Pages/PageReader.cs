using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Conformance.Harness.Spec.Import.Pages;

/// <summary>Reads one page of the System Register XML. Descriptions and other prose are passed over.</summary>
internal static class PageReader
{
    /// <summary>The register or operation of a page; null for an index page.</summary>
    /// <exception cref="ImportException">The file is not such a page; the message names the place.</exception>
    internal static RegisterPage? Read(string path)
    {
        string file = Path.GetFileName(path);
        XElement root = Load(path);
        if (root.Name.LocalName != "register_page")
        {
            return root.Name.LocalName.Contains("index", StringComparison.Ordinal)
                ? null
                : throw Bad(file, root, $"the root element is <{root.Name.LocalName}>, not <register_page>; is this Arm's System Register XML?");
        }

        XElement register = root.Element("registers")?.Element("register")
            ?? throw Bad(file, root, "there is no <register>; the file is incomplete, unpack the download again");
        string name = Text(register.Element("reg_short_name"))
            ?? throw Bad(file, register, "the register has no <reg_short_name>; the file is incomplete, unpack the download again");
        return new RegisterPage(
            file,
            name,
            (string?)register.Attribute("is_register") != "False",
            When(register.Element("reg_condition")),
            register.Element("reg_array") is { } array
                ? (Number(file, array, "reg_array_start"), Number(file, array, "reg_array_end"))
                : null,
            [.. register.Elements("reg_fieldsets").Elements("fields").Select(f => FieldsetReader.Read(file, f))],
            [.. register.Elements("access_mechanisms").Elements("access_mechanism").Select(m => Mechanism(file, m))]);
    }

    /// <summary>The text of an element with single blanks; null if there is none.</summary>
    internal static string? Text(XElement? element) =>
        element is null ? null
        : string.Join(' ', element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text ? text
        : null;

    /// <summary>A condition in the page's words, without the leading "when".</summary>
    internal static string? When(XElement? element) =>
        Text(element) is not { } text ? null
        : text.StartsWith("when ", StringComparison.OrdinalIgnoreCase) ? text[5..]
        : text;

    internal static int Number(string file, XElement parent, string name) =>
        int.TryParse(Text(parent.Element(name)), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Bad(file, parent, $"<{parent.Name.LocalName}> has no number in <{name}>");

    internal static ImportException Bad(string file, XObject place, string message) =>
        new($"{file}, line {((IXmlLineInfo)place).LineNumber}: {message}.");

    private static AccessMechanism Mechanism(string file, XElement mechanism)
    {
        string accessor = (string?)mechanism.Attribute("accessor") ?? throw Bad(file, mechanism, "<access_mechanism> has no accessor");
        XElement? code = mechanism.Descendants("pstext").FirstOrDefault();
        return new AccessMechanism(
            accessor,
            [.. mechanism.Elements("encoding").Elements("enc").Select(e => (
                (string?)e.Attribute("n") ?? throw Bad(file, e, "<enc> has no n"),
                (string?)e.Attribute("v") ?? throw Bad(file, e, "<enc> has no v")))],
            mechanism.Descendants("acc_array_range").FirstOrDefault() is { } range ? Range(file, range) : null,
            When(mechanism.Element("access_condition")),
            code?.Value,
            code is null ? 0 : ((IXmlLineInfo)code).LineNumber);
    }

    private static (int, int) Range(string file, XElement range) =>
        range.Value.Split('-') is [var first, var last] && int.TryParse(first, out int low) && int.TryParse(last, out int high)
            ? (low, high)
            : throw Bad(file, range, $"'{range.Value.Trim()}' is not a range of indices");

    private static XElement Load(string path)
    {
        try
        {
            // The DTD only says what the elements are; it is neither needed nor fetched.
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new ImportException(
                $"{Path.GetFileName(path)}, line {e.LineNumber}: this is not whole XML ({e.Message.Split('.')[0]}); unpack the download again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
