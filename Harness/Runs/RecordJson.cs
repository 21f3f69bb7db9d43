using System.Text.Json;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>The notation of values in run records and waivers, read and written without intermediate strings.</summary>
internal static class RecordJson
{
    // Beginnings of an observation that is not a list of steps.
    public const string Refused = "refused: ";
    public const string TimedOut = "timed out: ";
    public const string Died = "died: ";

    /// <summary>Writes a field and its one or more allowed values.</summary>
    public static void WriteField(Utf8JsonWriter json, FieldExpectation field)
    {
        json.WritePropertyName(field.Field);
        if (field.Any.Count == 1)
        {
            WriteValue(json, field.Any[0]);
            return;
        }

        json.WriteStartArray();
        foreach (MaskedValue value in field.Any)
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
    }

    public static void WriteValue(Utf8JsonWriter json, ulong value) => WriteValue(json, new MaskedValue(value, ulong.MaxValue));

    private static void WriteValue(Utf8JsonWriter json, MaskedValue value)
    {
        Span<byte> text = stackalloc byte[40];
        int length = Hex(text, value.Value);
        if (value.Mask != ulong.MaxValue)
        {
            text[length++] = (byte)'/';
            length += Hex(text[length..], value.Mask);
        }

        json.WriteStringValue(text[..length]);
    }

    private static int Hex(Span<byte> to, ulong value)
    {
        to[0] = (byte)'0';
        to[1] = (byte)'x';
        value.TryFormat(to[2..], out int digits, "x");
        return digits + 2;
    }

    /// <summary>A field and its allowed values, or null when the JSON is not in the notation.</summary>
    public static FieldExpectation? TryField(string name, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return TryValue(json) is { } single ? new FieldExpectation(name, [single]) : null;
        }

        List<MaskedValue> any = [];
        foreach (JsonElement element in json.EnumerateArray())
        {
            if (TryValue(element) is not { } value)
            {
                return null;
            }

            any.Add(value);
        }

        return any.Count == 0 ? null : new FieldExpectation(name, any);
    }

    private static MaskedValue? TryValue(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && ValueNotation.TryParse(json.GetString(), out MaskedValue value) ? value : null;
}
