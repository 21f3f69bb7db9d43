using System.Text.Json;
using Conformance.Mutation.Results;

namespace Conformance.Mutation.Rules;

/// <summary>The mutants that each break one rule: <c>Mutation/rule-mutants.jsonl</c>.</summary>
internal static class RuleTable
{
    internal const string File = "Mutation/rule-mutants.jsonl";

    /// <exception cref="MutationException">A line is no row, or says neither mutant nor reason, or both; a rule stands twice.</exception>
    internal static IReadOnlyList<RuleRow> Parse(IEnumerable<string> lines)
    {
        var rows = new Dictionary<string, RuleRow>(StringComparer.Ordinal);
        foreach ((int index, string line) in lines.Index().Where(l => l.Item.Trim().Length > 0))
        {
            string place = $"{File}:{index + 1}";
            RuleRow row;
            try
            {
                row = JsonSerializer.Deserialize(line, MutationJson.Default.RuleRow)!;
            }
            catch (JsonException e)
            {
                throw new MutationException(
                    $"{place}: no row ({e.Message.Split('.')[0]}); write {{\"rule\":…,\"file\":…,\"old\":…,\"new\":…}} or {{\"rule\":…,\"reason\":…}}.");
            }

            bool mutant = row is { File: not null, Old: not (null or ""), New: not null };
            bool reason = !string.IsNullOrWhiteSpace(row.Reason);
            if (mutant == reason || row.Old == row.New && mutant)
            {
                throw new MutationException($"{place}: {row.Rule} needs either file, old and new, which differ, or a reason why there is no mutant.");
            }

            if (!rows.TryAdd(row.Rule, row))
            {
                throw new MutationException($"{place}: {row.Rule} stands twice; keep one line.");
            }
        }

        return [.. rows.Values];
    }

    internal static IReadOnlyList<RuleRow> Read(string root) => Parse(System.IO.File.ReadLines(Path.Combine(root, File)));
}
