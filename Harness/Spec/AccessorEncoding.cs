using System.Globalization;
using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>The encoding of an accessor; elements may hold bits of the array index or of an immediate.</summary>
internal sealed class AccessorEncoding
{
    private readonly Part[][] _elements;

    internal AccessorEncoding(JsonElement enc) =>
        _elements = [.. enc.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number
            ? [new Part('0', e.GetInt32(), 0, 0)]
            : Split(e.GetString()!).Select(Parse).ToArray())];

    /// <summary>One run of bits: a literal (<c>'0'</c>), or bits High:Low of the index (<c>'m'</c>) or immediate (<c>'i'</c>).</summary>
    private readonly record struct Part(char Kind, int Literal, int High, int Low)
    {
        internal int Width => High - Low + 1;
    }

    /// <summary>True for the IMPLEMENTATION DEFINED spaces, whose encodings are free.</summary>
    internal bool HasFreeField => _elements.Any(e => e.Any(p => p.Kind == '?'));

    internal SystemEncoding Fill(int index, int immediate)
    {
        int Element(int n)
        {
            int value = 0;
            foreach (Part part in _elements[n])
            {
                int source = part.Kind switch { 'm' => index, 'i' => immediate, '0' => part.Literal, _ => 0 };
                value = value << part.Width | (part.Kind == '0' ? source : source >> part.Low & ((1 << part.Width) - 1));
            }

            return value;
        }

        return new SystemEncoding(Element(0), Element(1), Element(2), Element(3), Element(4));
    }

    private static Part Parse(string text)
    {
        if (text.StartsWith("0b", StringComparison.Ordinal))
        {
            return text.Contains('x', StringComparison.Ordinal)
                ? new Part('?', 0, text.Length - 3, 0)
                : new Part('0', Convert.ToInt32(text[2..], 2), text.Length - 3, 0);
        }

        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        string[] range = text[(bracket + 1)..^1].Split(':');
        int high = int.Parse(range[0], CultureInfo.InvariantCulture);
        int low = int.Parse(range[^1], CultureInfo.InvariantCulture);
        return new Part(text[..bracket] switch { "m" => 'm', "imm" => 'i', _ => '?' }, 0, high, low);
    }

    /// <summary>Splits at the colons outside brackets.</summary>
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int start = 0;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
            if (text[i] == ':' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
