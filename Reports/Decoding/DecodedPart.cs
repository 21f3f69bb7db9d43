using System.Globalization;
using System.Numerics;

namespace Conformance.Reports.Decoding;

/// <summary>A part of a register value, for people.</summary>
/// <param name="Name">Field name of the architecture, or what the bits together mean (<c>access</c>).</param>
/// <param name="Bits">The bits of the value it stands for.</param>
/// <param name="Text">The value in words where it has any, else as a number.</param>
public sealed record DecodedPart(string Name, ulong Bits, string Text)
{
    /// <summary>One bit that is 1: its name says all.</summary>
    internal bool IsFlag => BitOperations.IsPow2(Bits) && Text == "1";

    /// <summary>Nothing of it is set.</summary>
    internal bool IsZero => Text is "0" or "----";

    /// <summary>A field at <c>[msb:lsb]</c>, shown as a number.</summary>
    public static DecodedPart Number(string name, int msb, int lsb, ulong value) => Of(name, msb, lsb, value, v => Hex(v));

    /// <summary>A field at <c>[msb:lsb]</c> with its meaning in words.</summary>
    public static DecodedPart Of(string name, int msb, int lsb, ulong value, Func<ulong, string> meaning) =>
        new(name, Mask(msb, lsb), meaning(Extract(value, msb, lsb)));

    public static ulong Mask(int msb, int lsb) => (ulong.MaxValue >> (63 - msb)) & (ulong.MaxValue << lsb);

    public static ulong Extract(ulong value, int msb, int lsb) => (value & Mask(msb, lsb)) >> lsb;

    /// <summary>0 and 1 as they are, the rest in hexadecimal.</summary>
    internal static string Hex(ulong value) =>
        value < 2 ? (value == 0 ? "0" : "1") : string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    /// <summary>Adds a part for the bits that no other part stands for, unless they are all 0: nothing is hidden.</summary>
    internal static IReadOnlyList<DecodedPart> WithRest(ulong value, List<DecodedPart> parts)
    {
        ulong rest = ~parts.Aggregate(0UL, (bits, part) => bits | part.Bits);
        if ((value & rest) != 0)
        {
            parts.Add(new DecodedPart("other bits", rest, string.Create(CultureInfo.InvariantCulture, $"0x{value & rest:x}")));
        }

        return parts;
    }
}
