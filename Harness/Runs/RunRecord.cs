using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;

namespace Conformance.Harness.Runs;

/// <summary>A run as its folder holds it: what reports are made from.</summary>
/// <param name="Summary">The summary; its counts are those of <paramref name="Cases"/>, even of a killed run.</param>
/// <param name="Cases">One entry per verdict, in the order of the run.</param>
/// <param name="Damage">What is missing because the run was killed or stopped, in one sentence; null for a whole record.</param>
public sealed record RunRecord(RunSummary Summary, IReadOnlyList<RecordedCase> Cases, string? Damage)
{
    public const string VerdictsName = "run.jsonl";
    public const string SummaryName = "summary.json";

    /// <summary>The cases themselves, in the order of the verdicts: a case file that can be run again without the suites.</summary>
    public const string CasesName = "cases.jsonl";

    /// <summary>What was reached of the access facts, leaf by leaf; only there when a suite of them ran.</summary>
    public const string CoverageName = "coverage.jsonl";

    /// <summary>What the failures came to on the device below; only there when one was asked.</summary>
    public const string AttributionName = "attribution.jsonl";

    /// <summary>The coverage map, or null if the run has none.</summary>
    public CoverageMap? Map { get; init; }

    /// <summary>The cases that failed, were waived or ended in an error, by id, with what they set up and ran.</summary>
    public IReadOnlyDictionary<string, Case> Definitions { get; init; } = new Dictionary<string, Case>(StringComparer.Ordinal);

    /// <summary>Reads the record in a folder.</summary>
    /// <exception cref="RunException">It is not the folder of a run, or the record was cut or changed.</exception>
    public static RunRecord Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new RunException($"{folder}: no such folder; give the folder of a run (--out).");
        }

        string summaryPath = Path.Combine(folder, SummaryName);
        string verdictsPath = Path.Combine(folder, VerdictsName);
        RunSummary summary = SummaryFile.Read(ReadFile(summaryPath), summaryPath);
        (List<RecordedCase> cases, bool cut) = VerdictFile.Read(ReadFile(verdictsPath), verdictsPath);
        var counts = VerdictCounts.Of(cases.Select(c => c.Verdict));
        if (summary.Complete && (counts != summary.Counts || cut))
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"{verdictsPath}: holds {counts.Total} verdicts where {SummaryName} counts {summary.Counts.Total}, or other ones; "
                + $"the record was cut or mixed with another, run again."));
        }

        string? damage = (summary.Complete, cut) switch
        {
            (true, _) => null,
            (false, true) => "The run was stopped before its end, in the middle of its last line, which is left out.",
            (false, false) => "The run was stopped before its end.",
        };
        cases = Attributed(cases, Path.Combine(folder, AttributionName));
        return new RunRecord(summary with { Counts = counts }, cases, damage)
        {
            Definitions = ReadDefinitions(Path.Combine(folder, CasesName), cases),
            Map = ReadMap(Path.Combine(folder, CoverageName)),
        };
    }

    private static List<RecordedCase> Attributed(List<RecordedCase> cases, string path)
    {
        if (!File.Exists(path))
        {
            return cases;
        }

        var byCase = AttributionFile.Read(Encoding.UTF8.GetString(ReadFile(path)), path)
            .DistinctBy(a => a.Case).ToDictionary(a => a.Case, StringComparer.Ordinal);
        return [.. cases.Select(c => byCase.TryGetValue(c.Id, out Attribution? found) ? c with { Attribution = found } : c)];
    }

    private static CoverageMap? ReadMap(string path) => File.Exists(path) ? CoverageFile.Read(ReadFile(path), path) : null;

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            throw new RunException($"{path}: not there; give the folder of a run (--out).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>The cases that a report shows in full; the others are passed over without being parsed.</summary>
    private static Dictionary<string, Case> ReadDefinitions(string path, List<RecordedCase> cases)
    {
        Dictionary<string, Case> definitions = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> file = ReadFile(path);
        int index = -1; // the first line is the head
        foreach (Range range in file.Split((byte)'\n'))
        {
            if (index >= 0 && index < cases.Count && cases[index].Verdict is Verdict.Fail or Verdict.Waived or Verdict.Error)
            {
                definitions[cases[index].Id] = Definition(file[range], path, index + 2, cases[index].Id);
            }

            index++;
        }

        return definitions;
    }

    private static Case Definition(ReadOnlySpan<byte> line, string path, int number, string id)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{path}:{number}");
        try
        {
            Case definition = CaseFile.FromJson(Encoding.UTF8.GetString(line));
            return definition.Id == id
                ? definition
                : throw new RunException($"{place}: holds case {definition.Id} where {VerdictsName} has {id}; the record was mixed, run again.");
        }
        catch (CaseFileException e)
        {
            string problem = e.Message[(e.Message.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            throw new RunException($"{place}: not the case {id} that {VerdictsName} has ({problem}); run again.");
        }
    }
}
