using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>The value each system register has before a case unless the case sets it: part of the contract.</summary>
/// <remarks>Source: <c>Fixtures/contract/baseline.jsonl</c>; described in <c>Harness/INTERPRETING.md</c>.</remarks>
public static class Baseline
{
    /// <summary>One row of the table.</summary>
    /// <param name="Register">The register by architectural name.</param>
    /// <param name="Value">What it has before a case.</param>
    /// <param name="Level">The lowest home level that can write it.</param>
    /// <param name="Needs">Features without which the row is left out.</param>
    /// <param name="Number">A number of the device (<c>$NUM_GIC_LIST_REGS</c>) that must be known and at least <paramref name="Least"/>; null for none.</param>
    /// <param name="Least">See <paramref name="Number"/>.</param>
    public sealed record Row(string Register, ulong Value, int Level, IReadOnlyList<string> Needs, string? Number = null, long Least = 0)
    {
        /// <summary>A device with these features has the register.</summary>
        public bool IsOn(FeatureSet features) =>
            features.FirstUnmet(Needs) is null
            && (Number is null || (features.Numbers.TryGetValue(Number, out long there) && there >= Least));
    }

    private static readonly Lazy<IReadOnlyList<Row>> s_rows = new(Load);

    /// <summary>All rows, in the order in which they are written.</summary>
    public static IReadOnlyList<Row> Rows => s_rows.Value;

    private static readonly Lazy<FrozenDictionary<string, Row[]>> s_byRegister = new(() =>
        Rows.GroupBy(r => r.Register).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal));

    /// <summary>The rows of a register: none, one, or one for each layout that it has.</summary>
    public static IReadOnlyList<Row> RowsOf(string register) => s_byRegister.Value.GetValueOrDefault(register, []);

    /// <summary>The baseline value of a register on a device; 0 for one without a row.</summary>
    public static ulong Of(string register, FeatureSet features) => s_byRegister.Value.GetValueOrDefault(register, []) switch
    {
        [] => 0,
        [Row only] => only.Value,
        Row[] layouts => (layouts.FirstOrDefault(r => r.IsOn(features)) ?? layouts[0]).Value,
    };

    /// <summary>The baseline value of a register, the one with FEAT_E2H0 if there are two; 0 for one without a row.</summary>
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
            JsonProperty? from = row.TryGetProperty("from", out JsonElement numbers) ? numbers.EnumerateObject().Single() : null;
            rows.Add(new Row(
                row.GetProperty("register").GetString()!,
                ulong.Parse(row.GetProperty("value").GetString().AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                row.GetProperty("level").GetInt32(),
                row.TryGetProperty("needs", out JsonElement needs) ? [.. needs.EnumerateArray().Select(n => n.GetString()!)] : [],
                from?.Name,
                from?.Value.GetInt64() ?? 0));
        }

        return rows;
    }
}
