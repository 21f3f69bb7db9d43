using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>A box of an encoding diagram.</summary>
/// <param name="High">Its highest bit.</param>
/// <param name="Width">Bits.</param>
/// <param name="Name">Name of the field; null for bits without one.</param>
/// <param name="Bits">One character for each bit: 0, 1, x, o (should be 0), i (should be 1).</param>
/// <param name="Not">The value that the field must not have, or null.</param>
internal sealed record DiagramBox(int High, int Width, string? Name, string Bits, string? Not);

/// <summary>A class of an instruction's page: one diagram, the encodings in it, and the decode they share.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Kind">The instr-class of the page: <c>general</c>, <c>advsimd</c>, …</param>
/// <param name="Group">The encoding group.</param>
/// <param name="Boxes">The diagram from bit 31 down.</param>
/// <param name="Encodings">Name, mnemonic, the field values that tell it from the others, and the features it needs, or null.</param>
/// <param name="Decode">The decode pseudocode.</param>
internal sealed record DiagramClass(
    int Line, string Kind, string Group, IReadOnlyList<DiagramBox> Boxes,
    IReadOnlyList<(string Name, string Mnemonic, string? Differs, string? Features)> Encodings, IReadOnlyList<string> Decode);

/// <summary>Reads a page of the A64 instruction XML. Descriptions and other prose are passed over.</summary>
internal static class InstructionPage
{
    /// <returns>The classes of an instruction; null for an alias, an index and the like.</returns>
    /// <exception cref="ImportException">The file is damaged.</exception>
    internal static IReadOnlyList<DiagramClass>? Read(string path)
    {
        XElement root = Load(path);
        if (root.Name.LocalName != "instructionsection" || (string?)root.Attribute("type") != "instruction")
        {
            return null;
        }

        string file = Path.GetFileName(path);
        string[] after = [.. root.Elements("ps_section").Elements("ps").Elements("pstext")
            .Where(p => (string?)p.Attribute("section") == "Postdecode").Select(p => p.Value)];
        return [.. root.Descendants("iclass").Select(c => Class(file, root, c, after))];
    }

    private static DiagramClass Class(string file, XElement root, XElement iclass, string[] after)
    {
        XElement diagram = iclass.Element("regdiagram") ?? throw Bad(file, iclass, "the class has no <regdiagram>; unpack the download again");
        string[] place = ((string?)diagram.Attribute("psname") ?? "").Split('.');
        string kind = Variable(iclass, "instr-class") ?? Variable(root, "instr-class") ?? "general";
        return new DiagramClass(
            ((IXmlLineInfo)iclass).LineNumber,
            kind,
            place.Length > 2 ? string.Join('.', place[1..^1]) : "",
            [.. diagram.Elements("box").Select(b => Box(file, b))],
            [.. iclass.Elements("encoding").Select(e => (
                (string?)e.Attribute("name") ?? throw Bad(file, e, "an encoding has no name"),
                Variable(e, "mnemonic") ?? Variable(root, "mnemonic") ?? ((string?)e.Attribute("name"))!.Split('_')[0],
                (string?)e.Attribute("bitdiffs"),
                Features(e) ?? Features(iclass)))],
            [.. iclass.Elements("ps_section").Elements("ps").Elements("pstext").Select(p => p.Value), .. after]);
    }

    /// <summary>What an encoding says for itself goes before what its class says for all.</summary>
    private static string? Features(XElement of)
    {
        string[] features = [.. of.Elements("arch_variants").Elements("arch_variant").Select(v => (string?)v.Attribute("feature")).OfType<string>().Distinct()];
        return features.Length == 0 ? null
            : string.Join(" || ", features.Select(f => features.Length > 1 && f.Contains(' ', StringComparison.Ordinal) ? $"({f})" : f));
    }

    private static DiagramBox Box(string file, XElement box)
    {
        int high = Number(box, "hibit") ?? throw Bad(file, box, "a box has no hibit");
        int width = Number(box, "width") ?? 1;
        string bits = "";
        foreach (XElement cell in box.Elements("c"))
        {
            string text = cell.Value.Trim();
            bits += text switch
            {
                "0" or "1" or "x" => text,
                "(0)" => "o",
                "(1)" => "i",
                _ => new string('x', Number(cell, "colspan") ?? 1),
            };
        }

        string? not = (string?)box.Attribute("constraint") is ['!', '=', .. string value] ? value.Trim() : null;
        return bits.Length == width
            ? new DiagramBox(high, width, (string?)box.Attribute("name"), bits, not)
            : throw Bad(file, box, $"a box of {width} bits has {bits.Length} cells");
    }

    private static string? Variable(XElement element, string key) =>
        (string?)element.Element("docvars")?.Elements("docvar").FirstOrDefault(v => (string?)v.Attribute("key") == key)?.Attribute("value");

    private static int? Number(XElement element, string name) =>
        int.TryParse((string?)element.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : null;

    private static ImportException Bad(string file, XObject place, string message) =>
        new($"{file}, line {((IXmlLineInfo)place).LineNumber}: {message}.");

    private static XElement Load(string path)
    {
        try
        {
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return XElement.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
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
