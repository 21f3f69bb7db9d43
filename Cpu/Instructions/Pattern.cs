using System.Globalization;

namespace Conformance.Cpu.Instructions;

/// <summary>A field of an encoding: name as in the manual, position and width in bits.</summary>
internal readonly record struct PatternField(string Name, int Lsb, int Width)
{
    /// <summary>The value of the field in an instruction word.</summary>
    public uint Of(uint word) => (uint)((word >> Lsb) & ((1ul << Width) - 1));
}

/// <summary>The 32 bits of one encoding: which are fixed, and the names of the others.</summary>
/// <remarks>
/// Text form, from bit 31 down, parts separated by blanks: <c>0</c>, <c>1</c> and <c>x</c> (any) in runs, and
/// <c>name:width</c> for a field; <c>name:width!=value</c> leaves one value of the field to another encoding, as the manual's
/// diagrams do.
/// </remarks>
internal sealed class Pattern
{
    private Pattern(string text, uint mask, uint value, PatternField[] fields, uint exceptMask, uint exceptValue)
    {
        Text = text;
        Mask = mask;
        Value = value;
        Fields = fields;
        ExceptMask = exceptMask;
        ExceptValue = exceptValue;
    }

    public string Text { get; }

    /// <summary>The bits that are fixed.</summary>
    public uint Mask { get; }

    /// <summary>What the fixed bits hold; 0 elsewhere.</summary>
    public uint Value { get; }

    public IReadOnlyList<PatternField> Fields { get; }

    /// <summary>The bits of the field that has a value left out; 0 when none has.</summary>
    public uint ExceptMask { get; }

    /// <summary>The value that is left out.</summary>
    public uint ExceptValue { get; }

    public bool Matches(uint word) => (word & Mask) == Value && !IsLeftOut(word, uint.MaxValue);

    /// <summary>Some word matches both.</summary>
    public bool Overlaps(Pattern other) =>
        ((Value ^ other.Value) & Mask & other.Mask) == 0
        && !IsLeftOut(other.Value, other.Mask)
        && !other.IsLeftOut(Value, Mask);

    /// <summary>Every word of this pattern matches the other one, and the other has more.</summary>
    public bool Refines(Pattern other) => Overlaps(other) && (Mask & other.Mask) == other.Mask && Mask != other.Mask;

    private bool IsLeftOut(uint value, uint known) =>
        ExceptMask != 0 && (known & ExceptMask) == ExceptMask && (value & ExceptMask) == ExceptValue;

    /// <param name="text">The text form.</param>
    /// <param name="place">Where it is written, for the message.</param>
    /// <exception cref="FormatException">The text is not a pattern of 32 bits: a bug in a table.</exception>
    public static Pattern Parse(string text, string place)
    {
        uint mask = 0;
        uint value = 0;
        uint exceptMask = 0;
        uint exceptValue = 0;
        int position = 32;
        var fields = new List<PatternField>();

        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
            {
                string[] sizes = part[(colon + 1)..].Split("!=", 2);
                if (!int.TryParse(sizes[0], NumberStyles.None, null, out int width) || width is 0 or > 32 || colon == 0)
                {
                    throw new FormatException($"{place}: \"{part}\" in \"{text}\" is not name:width");
                }

                position -= width;
                if (sizes.Length == 2)
                {
                    if (exceptMask != 0 || !uint.TryParse(sizes[1], NumberStyles.None, null, out uint except) || except >> width != 0)
                    {
                        throw new FormatException($"{place}: \"{part}\" in \"{text}\" does not leave out the one value of the pattern");
                    }

                    exceptMask = ((1u << width) - 1) << position;
                    exceptValue = except << position;
                }

                fields.Add(new PatternField(part[..colon], position, width));
                continue;
            }

            foreach (char bit in part)
            {
                position--;
                if (bit is not ('0' or '1' or 'x'))
                {
                    throw new FormatException($"{place}: '{bit}' in \"{text}\" is none of 0, 1, x; a field needs its width");
                }

                if (bit != 'x' && position >= 0)
                {
                    mask |= 1u << position;
                    value |= (bit == '1' ? 1u : 0u) << position;
                }
            }
        }

        return position == 0
            ? new Pattern(text, mask, value, [.. fields], exceptMask, exceptValue)
            : throw new FormatException($"{place}: \"{text}\" has {32 - position} bits, an instruction has 32");
    }

    public override string ToString() => Text;
}
