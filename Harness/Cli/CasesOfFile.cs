using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Suites.Access.Lines;

namespace Conformance.Cli;

/// <summary>The cases of a file that a user gives: read and checked as a whole before a device is started.</summary>
internal sealed class CasesOfFile
{
    private readonly List<CaseEntry> _entries;

    private CasesOfFile(List<CaseEntry> entries) => _entries = entries;

    /// <exception cref="UsageException">The file cannot be read.</exception>
    /// <exception cref="CaseFileException">A line of it cannot be used.</exception>
    public static CasesOfFile Read(string file, Shell shell)
    {
        using StreamReader reader = Open(file, shell.At(file));
        return new CasesOfFile([.. CaseFile.Entries(reader, file)]);
    }

    /// <summary>The ids, in the order of the file.</summary>
    public IEnumerable<string> Ids => _entries.Select(e => e.Id);

    /// <summary>The cases for a device, each made when it is asked for, so that the device need not wait for the last.</summary>
    public IEnumerable<Case> For(DeviceInfo device, ulong seed)
    {
        AccessLineCases? lines = null;
        foreach (CaseEntry entry in _entries)
        {
            yield return entry switch
            {
                CaseEntry.Access access =>
                    (lines ??= new AccessLineCases(new SuiteTarget(device.Features, device.HighestLevel), seed)).Make(access.Line),
                CaseEntry.Whole whole => whole.Case,
                _ => throw new InvalidOperationException($"{entry.Id}: an entry of an unknown kind."),
            };
        }
    }

    private static StreamReader Open(string file, string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{file}: there is no such file; give the path of a case file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file}: cannot be read ({e.Message.TrimEnd('.')}); give the path of a case file.");
        }
    }
}
