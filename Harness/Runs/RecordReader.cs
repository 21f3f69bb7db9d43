using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>Reads the lines of <c>run.jsonl</c>. Members it does not know are passed over, so the format can grow.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class RecordReader(string path)
{
    private const int LongestName = 256;

    // Names of fields, outcomes and rules repeat in every line; one text each is kept.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _line;

    /// <exception cref="JsonException">The line is not JSON.</exception>
    /// <exception cref="RunException">It is JSON but not a verdict; the message starts with file and line.</exception>
    public RecordedCase Read(ReadOnlySpan<byte> text, int line)
    {
        _line = line;
        var json = new Utf8JsonReader(text);
        json.Read();
        Expect(json.TokenType == JsonTokenType.StartObject, "case");
        var members = new Members();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json, members);
        }

        json.Read(); // nothing may follow; this throws if something does
        return new RecordedCase
        {
            Id = members.Id ?? throw Bad("case"),
            Suite = members.Suite ?? throw Bad("suite"),
            Title = members.Title ?? throw Bad("title"),
            Rules = members.Rules ?? throw Bad("rules"),
            Verdict = members.Verdict ?? throw Bad("verdict"),
            Reason = members.Reason ?? throw Bad("reason"),
            FailedStep = members.FailedStep,
            Chosen = members.Chosen ?? throw Bad("chosen"),
            Expected = members.Expected ?? throw Bad("expected"),
            Observed = members.Observed ?? throw Bad("observed"),
            Waiver = members.Waiver,
            Leak = members.Leak,
            Replay = members.Replay ?? throw Bad("replay"),
        };
    }

    private void ReadMember(ref Utf8JsonReader json, Members to)
    {
        string member = Name(ref json);
        json.Read();
        switch (member)
        {
            case "case":
                to.Id = Text(ref json, member);
                break;
            case "suite":
                to.Suite = NameValue(ref json, member);
                break;
            case "title":
                to.Title = Text(ref json, member);
                break;
            case "rules":
                to.Rules = Names(ref json, member);
                break;
            case "verdict":
                to.Verdict = VerdictOf(NameValue(ref json, member));
                break;
            case "reason":
                to.Reason = Text(ref json, member);
                break;
            case "failedStep":
                Expect(json.TokenType == JsonTokenType.Number && json.TryGetInt32(out to.FailedStep) && to.FailedStep >= 0, member);
                break;
            case "chosen":
                to.Chosen = Names(ref json, member);
                break;
            case "expected":
                to.Expected = List(ref json, member, Outcomes);
                break;
            case "observed":
                to.Observed = Observed(ref json, member);
                break;
            case "waiver":
                to.Waiver = NameValue(ref json, member);
                break;
            case "leak":
                to.Leak = NameValue(ref json, member);
                break;
            case "replay":
                to.Replay = Text(ref json, member);
                break;
            default:
                json.Skip();
                break;
        }
    }

    private List<Outcome> Outcomes(ref Utf8JsonReader json, string member) => List(ref json, member, OneOutcome);

    private Outcome OneOutcome(ref Utf8JsonReader json, string member)
    {
        Expect(json.TokenType == JsonTokenType.StartObject, member);
        string? name = null;
        List<FieldExpectation>? fields = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string part = Name(ref json);
            json.Read();
            switch (part)
            {
                case "name":
                    name = NameValue(ref json, member);
                    break;
                case "fields":
                    fields = Fields(ref json, member, (ref Utf8JsonReader value, string field) => new FieldExpectation(field, Allowed(ref value, member)));
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return new Outcome(name ?? throw Bad(member), fields ?? throw Bad(member));
    }

    private IReadOnlyList<MaskedValue> Allowed(ref Utf8JsonReader json, string member)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return [Value(ref json, member)];
        }

        List<MaskedValue> any = List(ref json, member, Value);
        Expect(any.Count > 0, member);
        return any;
    }

    private Observation Observed(ref Utf8JsonReader json, string member)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return new Observation.Finished(List(ref json, member, ObservedStep));
        }

        string text = json.GetString()!;
        return text.StartsWith(RecordJson.Refused, StringComparison.Ordinal) ? new Observation.Refused(text[RecordJson.Refused.Length..])
            : text.StartsWith(RecordJson.TimedOut, StringComparison.Ordinal) ? new Observation.TimedOut(text[RecordJson.TimedOut.Length..])
            : text.StartsWith(RecordJson.Died, StringComparison.Ordinal) ? new Observation.Died(text[RecordJson.Died.Length..])
            : throw Bad(member);
    }

    private StepObservation ObservedStep(ref Utf8JsonReader json, string member) =>
        new(Fields(ref json, member, (ref Utf8JsonReader value, string field) =>
        {
            MaskedValue observed = Value(ref value, member);
            Expect(observed.Mask == ulong.MaxValue, member);
            return KeyValuePair.Create(field, observed.Value);
        }));

    private MaskedValue Value(ref Utf8JsonReader json, string member)
    {
        Span<char> text = stackalloc char[64];
        Expect(json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= text.Length, member);
        Expect(ValueNotation.TryParse(text[..json.CopyString(text)], out MaskedValue value), member);
        return value;
    }

    private delegate T ElementReader<out T>(ref Utf8JsonReader json, string name);

    private List<T> List<T>(ref Utf8JsonReader json, string member, ElementReader<T> element)
    {
        Expect(json.TokenType == JsonTokenType.StartArray, member);
        List<T> list = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            list.Add(element(ref json, member));
        }

        return list;
    }

    private List<T> Fields<T>(ref Utf8JsonReader json, string member, ElementReader<T> field)
    {
        Expect(json.TokenType == JsonTokenType.StartObject, member);
        List<T> fields = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = Name(ref json);
            json.Read();
            fields.Add(field(ref json, name));
        }

        return fields;
    }

    private List<string> Names(ref Utf8JsonReader json, string member) => List(ref json, member, NameValue);

    private string NameValue(ref Utf8JsonReader json, string member)
    {
        Expect(json.TokenType == JsonTokenType.String, member);
        return Name(ref json);
    }

    private string Text(ref Utf8JsonReader json, string member)
    {
        Expect(json.TokenType == JsonTokenType.String, member);
        return json.GetString()!;
    }

    /// <summary>The text of the current token, kept once.</summary>
    private string Name(ref Utf8JsonReader json)
    {
        if (json.ValueSpan.Length > LongestName)
        {
            return json.GetString()!;
        }

        Span<char> buffer = stackalloc char[LongestName];
        ReadOnlySpan<char> name = buffer[..json.CopyString(buffer)];
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> names = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!names.TryGetValue(name, out string? kept))
        {
            kept = name.ToString();
            _names[kept] = kept;
        }

        return kept;
    }

    private Verdict VerdictOf(string text) => text switch
    {
        "pass" => Verdict.Pass,
        "fail" => Verdict.Fail,
        "skip" => Verdict.Skip,
        "waived" => Verdict.Waived,
        "error" => Verdict.Error,
        _ => throw Bad("verdict"),
    };

    private void Expect(bool holds, string member)
    {
        if (!holds)
        {
            throw Bad(member);
        }
    }

    private RunException Bad(string member) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{path}:{_line}: '{member}' is missing or not what {RunSummary.Format} says; this is not the record of a run."));

    /// <summary>The members of a line, in whatever order they come.</summary>
    private sealed class Members
    {
        public int FailedStep = -1;

        public string? Id { get; set; }

        public string? Suite { get; set; }

        public string? Title { get; set; }

        public IReadOnlyList<string>? Rules { get; set; }

        public Verdict? Verdict { get; set; }

        public string? Reason { get; set; }

        public IReadOnlyList<string>? Chosen { get; set; }

        public IReadOnlyList<IReadOnlyList<Outcome>>? Expected { get; set; }

        public Observation? Observed { get; set; }

        public string? Waiver { get; set; }

        public string? Leak { get; set; }

        public string? Replay { get; set; }
    }
}
