using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conformance.Harness.Runs;

/// <summary><c>attribution.jsonl</c> as in <c>Fixtures/schemas/attribution.schema.json</c>: one line per case that failed.</summary>
internal static class AttributionFile
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is not pasted into HTML
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    internal static string Write(IReadOnlyList<Attribution> all) =>
        string.Concat(all.Select(a => JsonSerializer.Serialize(a, s_options) + "\n"));

    /// <exception cref="RunException">A line is no attribution.</exception>
    internal static IReadOnlyList<Attribution> Read(string text, string path)
    {
        List<Attribution> all = [];
        foreach ((int index, string line) in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            try
            {
                all.Add(JsonSerializer.Deserialize<Attribution>(line, s_options)!);
            }
            catch (JsonException)
            {
                throw new RunException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}:{index + 1}: not an attribution; the record was changed, run again."));
            }
        }

        return all;
    }
}
