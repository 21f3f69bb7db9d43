using System.Text.Json;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Coverage;

/// <summary>Reads the lines of <c>coverage.jsonl</c>. Members it does not know are passed over, so the format can grow.</summary>
internal sealed class CoverageReader
{
    private static readonly Dictionary<string, LeafState> s_states =
        Enum.GetValues<LeafState>().ToDictionary(CoverageFile.Text, StringComparer.Ordinal);

    private readonly string _path;
    private readonly string _suite;
    private readonly int _leafCount;
    private readonly int _nvCount;
    private readonly List<LeafRow> _leaves;
    private readonly List<NvRow> _nvBits;

    // Names repeat in every line; one text each is kept.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private CoverageReader(string path, string suite, int leaves, int nvBits)
    {
        (_path, _suite, _leafCount, _nvCount) = (path, suite, leaves, nvBits);
        _leaves = new List<LeafRow>(Math.Clamp(leaves, 0, 1 << 20));
        _nvBits = new List<NvRow>(Math.Clamp(nvBits, 0, 1 << 20));
    }

    internal static CoverageReader AtHead(ReadOnlySpan<byte> line, string path)
    {
        var json = new Utf8JsonReader(line);
        using var head = JsonDocument.ParseValue(ref json);
        string? format = head.RootElement.GetProperty("format").GetString();
        return format == CoverageFile.Format
            ? new CoverageReader(
                path,
                head.RootElement.GetProperty("suite").GetString()!,
                head.RootElement.GetProperty("leaves").GetInt32(),
                head.RootElement.GetProperty("nvBits").GetInt32())
            : throw new RunException($"{path}: format is '{format}', not '{CoverageFile.Format}'; make the record with this version of the suite.");
    }

    internal void Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        json.Read();
        var members = new Members();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json, members);
        }

        LeafState state = s_states[members.State];
        var cases = new VerdictCounts(members.Pass, members.Fail, members.Skip, members.Waived, members.Error);
        if (members.Pattern.Length > 0)
        {
            _nvBits.Add(new NvRow(members.Accessor, members.Pattern, members.Leaf, state, cases));
            return;
        }

        _leaves.Add(new LeafRow
        {
            Rule = members.Rule.Length > 0 ? members.Rule : throw new FormatException("no rule"),
            Accessor = members.Accessor,
            Level = members.Level,
            Kind = members.Kind,
            State = state,
            Cases = cases,
            Controls = members.Controls,
            Features = members.Features,
            Reason = members.Reason,
        });
    }

    internal CoverageMap Map() => _leaves.Count == _leafCount && _nvBits.Count == _nvCount
        ? new CoverageMap(_suite, _leaves, _nvBits)
        : throw new RunException($"{_path}: holds {_leaves.Count} leaves where its head counts {_leafCount}, or other patterns; the file was cut, run again.");

    private void ReadMember(ref Utf8JsonReader json, Members to)
    {
        string member = Name(ref json);
        json.Read();
        switch (member)
        {
            case "rule":
                to.Rule = json.GetString()!;
                break;
            case "accessor":
                to.Accessor = Name(ref json);
                break;
            case "level":
                to.Level = json.GetInt32();
                break;
            case "kind":
                to.Kind = Name(ref json);
                break;
            case "state":
                to.State = Name(ref json);
                break;
            case "nv":
                to.Pattern = Name(ref json);
                break;
            case "leaf":
                to.Leaf = Name(ref json);
                break;
            case "reason":
                to.Reason = Name(ref json);
                break;
            case "controls":
                to.Controls = Names(ref json);
                break;
            case "features":
                to.Features = Names(ref json);
                break;
            case "pass":
                to.Pass = json.GetInt32();
                break;
            case "fail":
                to.Fail = json.GetInt32();
                break;
            case "skip":
                to.Skip = json.GetInt32();
                break;
            case "waived":
                to.Waived = json.GetInt32();
                break;
            case "error":
                to.Error = json.GetInt32();
                break;
            default:
                json.Skip();
                break;
        }
    }

    private List<string> Names(ref Utf8JsonReader json)
    {
        List<string> names = [];
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            names.Add(Name(ref json));
        }

        return names;
    }

    private string Name(ref Utf8JsonReader json)
    {
        string name = json.GetString() ?? throw new FormatException("not a text");
        if (_names.TryGetValue(name, out string? kept))
        {
            return kept;
        }

        _names[name] = name;
        return name;
    }

    /// <summary>The members of a line, in whatever order they come.</summary>
    private sealed class Members
    {
        public string Rule = "";
        public string Accessor = "";
        public string Kind = "";
        public string State = "";
        public string Pattern = "";
        public string Leaf = "";
        public string Reason = "";
        public int Level;
        public int Pass;
        public int Fail;
        public int Skip;
        public int Waived;
        public int Error;
        public IReadOnlyList<string> Controls = [];
        public IReadOnlyList<string> Features = [];
    }
}
