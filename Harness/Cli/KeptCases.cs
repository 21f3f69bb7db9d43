using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Cli;

/// <summary>The cases that a run record holds, to be run again without the suites that made them.</summary>
internal static class KeptCases
{
    /// <summary>The case of an id in a run folder; null when the folder holds no such case, or no record.</summary>
    /// <exception cref="CaseFileException">The file is there and cannot be used.</exception>
    public static Case? Find(string id, string folder, string shownAs)
    {
        string path = Path.Combine(folder, RunRecord.CasesName);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(path);
        return CaseFile.Read(reader, Path.Combine(shownAs, RunRecord.CasesName)).FirstOrDefault(c => c.Id == id);
    }
}
