using System.Text.Json;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>Reads lines of <c>run.jsonl</c>. Members it does not know are passed over, so the format can grow.</summary>
internal sealed class RecordReader
{
    // Field and outcome names repeat in every line; one string each is kept.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The line is not JSON.</exception>
    /// <exception cref="RunException">It is JSON but not a verdict; the message starts with <paramref name="place"/>.</exception>
    public RecordedCase Read(ReadOnlyMemory<byte> line, string place)
    {
        using var document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new RunException($"{place}: not an object; this is not the record of a run.");
        }

        return new RecordedCase
        {
            Id = Text(json, "case", place),
            Suite = Name(Text(json, "suite", place)),
            Title = Text(json, "title", place),
            Rules = Texts(json, "rules", place),
            Verdict = VerdictOf(Text(json, "verdict", place), place),
            Reason = Text(json, "reason", place),
            FailedStep = json.TryGetProperty("failedStep", out JsonElement step) && step.TryGetInt32(out int index) ? index : -1,
            Chosen = Texts(json, "chosen", place),
            Expected = Expected(json, place),
            Observed = Observed(json, place),
            Waiver = json.TryGetProperty("waiver", out _) ? Name(Text(json, "waiver", place)) : null,
            Replay = Text(json, "replay", place),
        };
    }

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind, string place) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw Bad(name, place);

    private static RunException Bad(string name, string place) =>
        new($"{place}: '{name}' is missing or not what {RunSummary.Format} says; this is not the record of a run.");

    private static string Text(JsonElement json, string name, string place) =>
        Member(json, name, JsonValueKind.String, place).GetString()!;

    private List<string> Texts(JsonElement json, string name, string place)
    {
        JsonElement array = Member(json, name, JsonValueKind.Array, place);
        var texts = new List<string>(array.GetArrayLength());
        foreach (JsonElement text in array.EnumerateArray())
        {
            texts.Add(text.ValueKind == JsonValueKind.String ? Name(text.GetString()!) : throw Bad(name, place));
        }

        return texts;
    }

    private string Name(string name)
    {
        if (!_names.TryGetValue(name, out string? kept))
        {
            _names[name] = kept = name;
        }

        return kept;
    }

    private static Verdict VerdictOf(string text, string place) => text switch
    {
        "pass" => Verdict.Pass,
        "fail" => Verdict.Fail,
        "skip" => Verdict.Skip,
        "waived" => Verdict.Waived,
        "error" => Verdict.Error,
        _ => throw Bad("verdict", place),
    };

    private List<IReadOnlyList<Outcome>> Expected(JsonElement json, string place)
    {
        List<IReadOnlyList<Outcome>> steps = [];
        foreach (JsonElement step in Member(json, "expected", JsonValueKind.Array, place).EnumerateArray())
        {
            if (step.ValueKind != JsonValueKind.Array)
            {
                throw Bad("expected", place);
            }

            List<Outcome> outcomes = [];
            foreach (JsonElement outcome in step.EnumerateArray())
            {
                List<FieldExpectation> fields = [];
                foreach (JsonProperty field in Member(outcome, "fields", JsonValueKind.Object, place).EnumerateObject())
                {
                    fields.Add(RecordJson.TryField(Name(field.Name), field.Value) ?? throw Bad("expected", place));
                }

                outcomes.Add(new Outcome(Name(Text(outcome, "name", place)), fields));
            }

            steps.Add(outcomes);
        }

        return steps;
    }

    private Observation Observed(JsonElement json, string place)
    {
        if (!json.TryGetProperty("observed", out JsonElement observed))
        {
            throw Bad("observed", place);
        }

        if (observed.ValueKind == JsonValueKind.String)
        {
            string text = observed.GetString()!;
            return text.StartsWith(RecordJson.Refused, StringComparison.Ordinal)
                ? new Observation.Refused(text[RecordJson.Refused.Length..])
                : text.StartsWith(RecordJson.TimedOut, StringComparison.Ordinal)
                ? new Observation.TimedOut(text[RecordJson.TimedOut.Length..])
                : text.StartsWith(RecordJson.Died, StringComparison.Ordinal)
                ? new Observation.Died(text[RecordJson.Died.Length..])
                : throw Bad("observed", place);
        }

        List<StepObservation> steps = [];
        foreach (JsonElement step in Member(json, "observed", JsonValueKind.Array, place).EnumerateArray())
        {
            if (step.ValueKind != JsonValueKind.Object)
            {
                throw Bad("observed", place);
            }

            List<KeyValuePair<string, ulong>> fields = [];
            foreach (JsonProperty field in step.EnumerateObject())
            {
                if (field.Value.ValueKind != JsonValueKind.String || !ValueNotation.TryParse(field.Value.GetString(), out ulong value))
                {
                    throw Bad("observed", place);
                }

                fields.Add(new(Name(field.Name), value));
            }

            steps.Add(new StepObservation(fields));
        }

        return new Observation.Finished(steps);
    }
}
