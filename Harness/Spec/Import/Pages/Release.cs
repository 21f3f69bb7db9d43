namespace Conformance.Harness.Spec.Import.Pages;

/// <summary>A folder of Arm's System Register XML.</summary>
/// <param name="Name">The release, <c>2025-03</c>, as the folder's name has it; the name itself if it has none.</param>
/// <param name="Files">Paths of the AArch64 pages, in ordinal order of their names.</param>
internal sealed record Release(string Name, IReadOnlyList<string> Files)
{
    /// <summary>Finds the pages in a folder, or in the one folder below it that has them.</summary>
    /// <exception cref="ImportException">There is no such folder, or it holds something else.</exception>
    internal static Release Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ImportException($"{folder}: there is no such folder; give the unpacked SysReg_xml_A_profile download.");
        }

        try
        {
            string[] candidates = [folder, .. Directory.GetDirectories(folder, "SysReg_xml*").Order(StringComparer.Ordinal)];
            foreach (string candidate in candidates)
            {
                string[] files = [.. Directory.GetFiles(candidate, "AArch64-*.xml").OrderBy(Path.GetFileName, StringComparer.Ordinal)];
                if (files.Length > 0)
                {
                    return new Release(NameOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(candidate)))), files);
                }
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ImportException($"{folder}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }

        throw new ImportException(
            $"{folder}: there are no AArch64-*.xml pages; give the folder of the SysReg_xml_A_profile download that holds them.");
    }

    private static string NameOf(string folder)
    {
        int year = folder.LastIndexOf("20", StringComparison.Ordinal);
        return year >= 0 && folder.Length >= year + 7 && folder[year + 4] == '-' ? folder.Substring(year, 7) : folder;
    }
}
