using System.Globalization;

namespace Conformance.Harness.Cases;

/// <summary>How values are written in records: <c>0x1f</c>, or <c>0x1f/0xff</c> with the mask of the bits that count.</summary>
public static class ValueNotation
{
    public static string Text(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    public static string Text(MaskedValue value) => value.Mask == ulong.MaxValue
        ? Text(value.Value)
        : string.Create(CultureInfo.InvariantCulture, $"0x{value.Value:x}/0x{value.Mask:x}");

    /// <summary>All allowed values of a field, for people: <c>0x1 or 0x2</c>.</summary>
    public static string Text(FieldExpectation field) => string.Join(" or ", field.Any.Select(Text));

    public static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out MaskedValue value)
    {
        value = default;
        int slash = text.IndexOf('/');
        ulong mask = ulong.MaxValue;
        if (!TryParse(slash < 0 ? text : text[..slash], out ulong bits) || (slash >= 0 && !TryParse(text[(slash + 1)..], out mask)))
        {
            return false;
        }

        value = new MaskedValue(bits, mask);
        return true;
    }
}
