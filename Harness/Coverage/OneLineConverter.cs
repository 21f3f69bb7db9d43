using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conformance.Harness.Coverage;

/// <summary>Writes a part on one line of an indented file: there are hundreds.</summary>
internal sealed class OneLineConverter : JsonConverter<CoveragePart>
{
    private static readonly JsonSerializerOptions s_inner = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
    };

    public override CoveragePart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Members members = JsonSerializer.Deserialize<Members>(ref reader, s_inner) ?? throw new JsonException("a part of the coverage is null");
        return new CoveragePart(members.Name, members.Accessors, members.Leaves);
    }

    public override void Write(Utf8JsonWriter writer, CoveragePart value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(new Members(value.Name, value.Accessors, value.Leaves), s_inner));

    private sealed record Members(string Name, AccessorCounts Accessors, LeafCounts Leaves);
}
