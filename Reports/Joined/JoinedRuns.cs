using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports.Joined;

/// <summary>Several runs side by side: each case with its verdict on every device.</summary>
/// <param name="Runs">The runs, in the order in which they were named.</param>
/// <param name="Rows">Every case of any run; those whose verdicts differ first, then those that no device passes, then the rest.</param>
public sealed record JoinedRuns(IReadOnlyList<JoinedRun> Runs, IReadOnlyList<JoinedRow> Rows)
{
    /// <summary>Joins records by the ids of their cases.</summary>
    /// <param name="records">A record and the folder it came from, as the user named it.</param>
    /// <exception cref="RunException">There are fewer than two.</exception>
    public static JoinedRuns Of(IReadOnlyList<(string Folder, RunRecord Record)> records)
    {
        if (records.Count < 2)
        {
            throw new RunException("a joined report needs two runs or more; name their folders.");
        }

        Dictionary<string, RecordedCase?[]> byCase = new(StringComparer.Ordinal);
        List<string> order = [];
        foreach ((int index, (string _, RunRecord record)) in records.Index())
        {
            foreach (RecordedCase recorded in record.Cases)
            {
                if (!byCase.TryGetValue(recorded.Id, out RecordedCase?[]? row))
                {
                    byCase[recorded.Id] = row = new RecordedCase?[records.Count];
                    order.Add(recorded.Id);
                }

                row[index] = recorded;
            }
        }

        JoinedRow[] rows = [.. order.Select(id => new JoinedRow(byCase[id]))];
        return new JoinedRuns(
            [.. records.Select((r, i) => new JoinedRun(Name(records, i), r.Folder, r.Record))],
            [.. rows.OrderBy(r => (int)r.Kind)]); // keeps the order of the run within a kind
    }

    /// <summary>The device's name; where several runs have the same, with what was chosen of it or the folder.</summary>
    private static string Name(IReadOnlyList<(string Folder, RunRecord Record)> records, int index)
    {
        Func<int, string>[] names =
        [
            i => records[i].Record.Summary.Device,
            i => records[i].Record.Summary.DeviceInWords,
            i => $"{records[i].Record.Summary.Device} ({records[i].Folder})",
        ];
        return names.First(n => n == names[^1] || Enumerable.Range(0, records.Count).Count(i => n(i) == n(index)) == 1)(index);
    }
}

/// <summary>One of the runs.</summary>
/// <param name="Name">Heading of its column.</param>
/// <param name="Folder">Where it is, as the user named it.</param>
/// <param name="Record">The run.</param>
public sealed record JoinedRun(string Name, string Folder, RunRecord Record);

/// <summary>A case on every device; null where the run does not have it.</summary>
/// <param name="Cells">One for each run.</param>
public sealed record JoinedRow(IReadOnlyList<RecordedCase?> Cells)
{
    /// <summary>The case as the first run has it that has it.</summary>
    public RecordedCase First => Cells.First(c => c is not null)!;

    /// <summary>How the verdicts compare. Skipped is no verdict about the rule, so it differs from none.</summary>
    public RowKind Kind
    {
        get
        {
            Verdict[] said = [.. Cells.Where(c => c is not null && c.Verdict != Verdict.Skip).Select(c => c!.Verdict).Distinct()];
            return said.Length > 1 ? RowKind.Differs : said is [] or [Verdict.Pass] ? RowKind.Passes : RowKind.Same;
        }
    }

    /// <summary>The verdicts from left to right; null where there is none.</summary>
    public IEnumerable<Verdict?> Verdicts => Cells.Select(c => c?.Verdict);
}

/// <summary>See <see cref="JoinedRow.Kind"/>; the order is that of the report.</summary>
public enum RowKind
{
    /// <summary>Two devices came to different verdicts.</summary>
    Differs,

    /// <summary>All that ran it came to the same verdict, and that is not a pass.</summary>
    Same,

    /// <summary>All that ran it passed.</summary>
    Passes,
}
