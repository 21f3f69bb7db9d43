using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Conformance.Harness.Coverage;

namespace Conformance.Reports.Html.Map;

/// <summary>The data that the script of the page draws the maps from.</summary>
/// <remarks>
/// <c>texts</c>: outcomes; <c>controls</c>: [name, index of column]; <c>columns</c>: [register, field]; <c>groups</c>: by number,
/// how many rows are left out, and rows of [name, accessors] with accessors of [id, leaves of EL0, EL1, EL2, EL3], the leaves flat: ordinal, text, state,
/// judged cases, number of controls, controls; <c>nv</c>: rows of [group, name, accessors] with accessors of [id, flat: text,
/// state, judged cases for each pattern]; <c>parts</c>: [name, architecture, reachable, reached, fail, waived].
/// </remarks>
internal static class MapData
{
    // Escapes what could end the script element that the data stands in.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Json(CoverageMap map, CoverageTotals totals)
    {
        Numbered texts = new();
        Numbered controls = new();
        var groups = map.Leaves.GroupBy(l => RegisterGroups.Of(l.Accessor), StringComparer.Ordinal)
            .ToDictionary(
                g => RegisterGroups.Names.Index().First(n => n.Item == g.Key).Index.ToString(CultureInfo.InvariantCulture),
                g => g.GroupBy(l => RegisterGroups.Subject(l.Accessor), StringComparer.Ordinal).Where(r => r.Any(l => l.State != LeafState.Unreachable)).ToArray(),
                StringComparer.Ordinal)
            .Where(g => g.Value.Length > 0)
            .ToDictionary(
                g => g.Key,
                g => new object[] { g.Value.Count(IsPlain), g.Value.Where(r => !IsPlain(r)).Select(r => Row(r.Key, r, texts, controls)).ToArray() },
                StringComparer.Ordinal);
        var columns = controls.Names.Select(ControlFamilies.Column).Distinct()
            .OrderBy(c => Order(c.Register)).ThenBy(c => c.Register, StringComparer.Ordinal).ThenBy(c => c.Field, StringComparer.Ordinal).ToList();
        return JsonSerializer.Serialize(
            new
            {
                groups,
                nv = new { patterns = map.NvBits.Select(n => n.Pattern).Distinct(StringComparer.Ordinal), rows = NvRows(map, texts) },
                texts = texts.Names,
                controls = controls.Names.Select(c => new object[] { c, columns.IndexOf(ControlFamilies.Column(c)) }),
                columns = columns.Select(c => new[] { c.Register, c.Field }),
                names = RegisterGroups.Names,
                parts = new { controls = totals.Controls.Select(Part), features = totals.Features.Select(Part) },
            },
            s_json);
    }

    /// <summary>Columns stand in the order of the families of their registers.</summary>
    private static int Order(string register) =>
        ControlFamilies.Names.Index().First(f => f.Item == ControlFamilies.Of(register == "Fine-grained" ? "HFGRTR_EL2" : $"{register}.")).Index;

    /// <summary>Nothing to see: everything that can be reached passed, and no control leads to any of it.</summary>
    private static bool IsPlain(IEnumerable<LeafRow> row) =>
        row.All(l => l.State == LeafState.Unreachable || (l.State == LeafState.Pass && l.Controls.Count == 0));

    private static object[] Row(string name, IEnumerable<LeafRow> leaves, Numbered texts, Numbered controls) =>
    [
        name,
        leaves.GroupBy(l => l.Accessor, StringComparer.Ordinal).Select(a => new object[] { a.Key }.Concat(
            Enumerable.Range(0, 4).Select(level => (object)a.Where(l => l.Level == level).SelectMany(l => Leaf(l, texts, controls)).ToArray())).ToArray()).ToArray(),
    ];

    private static IEnumerable<int> Leaf(LeafRow leaf, Numbered texts, Numbered controls)
    {
        int hash = leaf.Rule.LastIndexOf('#') + 1;
        int colon = leaf.Rule.IndexOf(':', hash);
        return
        [
            int.Parse(leaf.Rule.AsSpan(hash, colon - hash), CultureInfo.InvariantCulture), texts.Of(leaf.Rule[(colon + 1)..]), (int)leaf.State,
            leaf.Cases.Judged, leaf.Controls.Count, .. leaf.Controls.Select(controls.Of),
        ];
    }

    private static IEnumerable<object[]> NvRows(CoverageMap map, Numbered texts) =>
        map.NvBits.GroupBy(n => RegisterGroups.Subject(n.Accessor), StringComparer.Ordinal)
            .Select(r => (Group: RegisterGroups.Of(r.First().Accessor), Row: r))
            .OrderBy(r => r.Group, StringComparer.Ordinal)
            .Select(r => new object[]
            {
                r.Group, r.Row.Key,
                r.Row.GroupBy(n => n.Accessor, StringComparer.Ordinal)
                    .Select(a => new object[] { a.Key, a.SelectMany(n => (int[])[texts.Of(n.Leaf), (int)n.State, n.Cases.Judged]).ToArray() }).ToArray(),
            });

    private static object[] Part(CoveragePart part) =>
        [part.Name, part.Leaves.Architecture, part.Leaves.Reachable, part.Leaves.Reached, part.Leaves.Fail, part.Leaves.Waived];

    /// <summary>Texts by number, each once.</summary>
    private sealed class Numbered
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names => _names;

        public int Of(string text)
        {
            if (!_numbers.TryGetValue(text, out int number))
            {
                _numbers[text] = number = _names.Count;
                _names.Add(text);
            }

            return number;
        }
    }
}
