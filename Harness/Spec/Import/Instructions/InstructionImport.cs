namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>What an import of instructions made.</summary>
/// <param name="Release">The release, <c>2025-03</c>.</param>
/// <param name="Lines">The lines of <c>a64-encodings.jsonl</c>, head first.</param>
/// <param name="Pages">Pages of instructions read.</param>
/// <param name="Gaps">Conditions that have no form in the notation: they need a rule written by hand.</param>
public sealed record InstructionImportResult(string Release, IReadOnlyList<string> Lines, int Pages, IReadOnlyList<ImportGap> Gaps);

/// <summary>Makes the table of encodings from Arm's published A64 instruction XML.</summary>
/// <remarks>
/// Only facts are kept: names, bits, features, and for which field values a word is UNDEFINED, another instruction, or
/// CONSTRAINED UNPREDICTABLE. What an instruction does is not read.
/// </remarks>
public static class InstructionImport
{
    private static readonly string[] s_scalable = ["sve", "sve2", "mortlach", "mortlach2"];

    /// <summary>Reads a folder of the XML.</summary>
    /// <param name="folder">The folder of the ISA_A64_xml_A_profile download that holds <c>*.xml</c>.</param>
    /// <param name="release">The release's name; null to take it from the folder's.</param>
    /// <param name="progress">Told how many of how many pages are read.</param>
    /// <param name="stop">Ends the import early.</param>
    /// <exception cref="ImportException">The folder does not hold that XML, or a file is damaged; the message is one line.</exception>
    public static InstructionImportResult Read(
        string folder, string? release = null, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        if (!Directory.Exists(folder))
        {
            throw new ImportException($"{folder}: there is no such folder; give the unpacked ISA_A64_xml_A_profile download.");
        }

        string[] files = [.. Directory.GetFiles(folder, "*.xml").OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        HashSet<string> byHand = [.. Facts.Lines("a64-encoding-rules.jsonl").Select(l => l.GetProperty("n").GetString()!)];
        List<string> lines = [];
        List<ImportGap> gaps = [];
        int pages = 0;
        for (int i = 0; i < files.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (InstructionPage.Read(files[i]) is { } classes)
            {
                pages++;
                foreach (DiagramClass c in classes)
                {
                    Class(Path.GetFileName(files[i]), c, lines, gaps);
                }
            }

            progress?.Invoke(i + 1, files.Length);
        }

        if (pages == 0)
        {
            throw new ImportException($"{folder}: there are no pages of instructions; give the folder of the ISA_A64_xml_A_profile download that holds them.");
        }

        string name = release ?? NameOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        return new InstructionImportResult(name, [EncodingLines.Head(lines.Count, name), .. lines], pages, [.. gaps.Where(g => !byHand.Contains(g.What))]);
    }

    private static void Class(string file, DiagramClass c, List<string> lines, List<ImportGap> gaps)
    {
        bool scalable = s_scalable.Contains(c.Kind);
        Dictionary<string, int> widths = new(StringComparer.Ordinal);
        foreach (DiagramBox box in c.Boxes)
        {
            if (box.Name is { } name)
            {
                widths[name] = box.Width;
            }
        }

        IReadOnlyList<DecodeEvent> events = scalable ? []
            : DecodeWalk.Read(c.Decode, name => widths.TryGetValue(name, out int width) ? width : null);
        foreach ((string name, string mnemonic, string? differs, string? features) in c.Encodings)
        {
            lines.Add(EncodingLines.Encoding(new EncodingFacts(c, name, mnemonic, differs, features, events), (line, construct) => gaps.Add(
                new ImportGap(GapKind.ConditionOpen, name, $"{file}, class at line {c.Line}, line {line} of its decode", construct))));
        }
    }

    private static string NameOf(string folder)
    {
        int year = folder.LastIndexOf("20", StringComparison.Ordinal);
        return year >= 0 && folder.Length >= year + 7 && folder[year + 4] == '-' ? folder.Substring(year, 7) : folder;
    }
}
