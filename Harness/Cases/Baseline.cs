using System.Globalization;
using System.Text.Json;

namespace Conformance.Harness.Cases;

/// <summary>The value each system register has before a case unless the case sets it: part of the contract.</summary>
/// <remarks>Source: <c>Fixtures/contract/baseline.jsonl</c>; described in <c>Harness/INTERPRETING.md</c>.</remarks>
public static class Baseline
{
    /// <summary>One row: register, value, the lowest home level that can write it, and the features it needs.</summary>
    public sealed record Row(string Register, ulong Value, int Level, IReadOnlyList<string> Needs);

    private static readonly Lazy<IReadOnlyList<Row>> s_rows = new(Load);

    /// <summary>All rows, in the order in which they are written.</summary>
    public static IReadOnlyList<Row> Rows => s_rows.Value;

    /// <summary>The baseline value of a register; 0 for one without a row.</summary>
    public static ulong Of(string register) =>
        Rows.FirstOrDefault(r => string.Equals(r.Register, register, StringComparison.Ordinal))?.Value ?? 0;

    private static List<Row> Load()
    {
        using Stream stream = typeof(Baseline).Assembly.GetManifestResourceStream("Fixtures/contract/baseline.jsonl")
            ?? throw new InvalidOperationException("The baseline is not embedded in the harness.");
        using var reader = new StreamReader(stream);
        List<Row> rows = [];
        reader.ReadLine(); // the head
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            rows.Add(new Row(
                row.GetProperty("register").GetString()!,
                ulong.Parse(row.GetProperty("value").GetString().AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                row.GetProperty("level").GetInt32(),
                row.TryGetProperty("needs", out JsonElement needs) ? [.. needs.EnumerateArray().Select(n => n.GetString()!)] : []));
        }

        return rows;
    }
}
