using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Reports;

/// <summary>How many judged cases show each fault of translation: status code and level, by stage and access.</summary>
/// <remarks>The suite <c>translation</c> names them as rules: <c>fault permission-3 stage-2 write</c>.</remarks>
public static class FaultCounts
{
    private const string Prefix = "fault ";

    /// <summary>Where a fault is found, in the order of the columns.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["stage-1", "stage-2", "walk"];

    public static IReadOnlyList<string> Accesses { get; } = ["read", "write", "fetch", "at"];

    /// <summary>Judged cases by rule; empty when the record has none of these rules.</summary>
    public static IReadOnlyDictionary<string, int> Of(RunRecord record)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (RecordedCase recorded in record.Cases)
        {
            if (recorded.Verdict is not (Verdict.Pass or Verdict.Fail or Verdict.Waived))
            {
                continue;
            }

            foreach (string rule in recorded.Rules)
            {
                if (rule.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    counts[rule] = counts.GetValueOrDefault(rule) + 1;
                }
            }
        }

        return counts;
    }

    /// <summary>The status codes with their levels, in the order of the codes.</summary>
    public static IReadOnlyList<string> Codes(IReadOnlyDictionary<string, int> counts) =>
        [.. counts.Keys.Select(r => r.Split(' ')[1]).Distinct(StringComparer.Ordinal).OrderBy(Order).ThenBy(c => c, StringComparer.Ordinal)];

    /// <summary>The count of a cell.</summary>
    public static int At(IReadOnlyDictionary<string, int> counts, string code, string stage, string access) =>
        counts.GetValueOrDefault($"{Prefix}{code} {stage} {access}");

    private static int Order(string code) => code.Split('-')[0] switch
    {
        "address" => 0,
        "translation" => 1,
        "access" => 2,
        "permission" => 3,
        "external" => 4,
        _ => 5,
    };
}
