using Conformance.Harness.Runs;

namespace Conformance.Reports.Joined;

/// <summary>A rule on every device.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Cases">How many cases check it.</param>
/// <param name="Differing">Cases of it whose verdicts differ.</param>
/// <param name="Counts">Its verdicts on each device.</param>
internal sealed record RuleRow(string Rule, int Cases, int Differing, IReadOnlyList<VerdictCounts> Counts)
{
    /// <summary>All rules; those with most differing cases first, then by their first case.</summary>
    public static IReadOnlyList<RuleRow> Of(JoinedRuns joined)
    {
        Dictionary<string, Sum> sums = new(StringComparer.Ordinal);
        foreach (JoinedRow row in joined.Rows)
        {
            foreach (string rule in row.First.Rules)
            {
                if (!sums.TryGetValue(rule, out Sum? sum))
                {
                    sums[rule] = sum = new Sum(joined.Runs.Count);
                }

                sum.Add(row);
            }
        }

        return [.. sums.Select(s => s.Value.Row(s.Key)).OrderByDescending(r => r.Differing)];
    }

    private sealed class Sum(int runs)
    {
        private readonly VerdictCounts[] _counts = new VerdictCounts[runs];
        private int _cases;
        private int _differing;

        public void Add(JoinedRow row)
        {
            _cases++;
            _differing += row.Kind == RowKind.Differs ? 1 : 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                if (row.Cells[i] is { } cell)
                {
                    _counts[i] = _counts[i].Plus(cell.Verdict);
                }
            }
        }

        public RuleRow Row(string rule) => new(rule, _cases, _differing, _counts);
    }
}
