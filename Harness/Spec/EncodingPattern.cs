using System.Globalization;
using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>The <c>enc</c> member of a row of access-rules.jsonl: five elements that may depend on the array index m.</summary>
/// <remarks>The notation is described in <c>Fixtures/spec</c>; elements with other free fields have no one encoding.</remarks>
internal static class EncodingPattern
{
    /// <summary>The encoding for index <paramref name="m"/>, or null when an element has a free field other than m.</summary>
    public static SystemEncoding? Fill(JsonElement enc, int m)
    {
        Span<int> values = stackalloc int[5];
        int n = 0;
        foreach (JsonElement element in enc.EnumerateArray())
        {
            int? value = element.ValueKind == JsonValueKind.Number ? element.GetInt32() : Bits(element.GetString()!, m);
            if (value is not { } number)
            {
                return null;
            }

            values[n++] = number;
        }

        return new SystemEncoding(values[0], values[1], values[2], values[3], values[4]);
    }

    private static int? Bits(string text, int m)
    {
        int value = 0;
        foreach (string part in Parts(text))
        {
            if (part.StartsWith("0b", StringComparison.Ordinal) && !part.Contains('x'))
            {
                value = value << (part.Length - 2) | Convert.ToInt32(part[2..], 2);
            }
            else if (part.StartsWith("m[", StringComparison.Ordinal))
            {
                string[] range = part[2..^1].Split(':');
                int high = int.Parse(range[0], CultureInfo.InvariantCulture);
                int low = int.Parse(range[^1], CultureInfo.InvariantCulture);
                int width = high - low + 1;
                value = value << width | m >> low & (1 << width) - 1;
            }
            else
            {
                return null; // an immediate or a field of an IMPLEMENTATION DEFINED space
            }
        }

        return value;
    }

    /// <summary>Splits at the colons outside brackets.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        int start = 0;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
            if (text[i] == ':' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
