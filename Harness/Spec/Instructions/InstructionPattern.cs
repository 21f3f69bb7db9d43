using System.Globalization;

namespace Conformance.Harness.Spec.Instructions;

/// <summary>A field of an encoding: name as in the manual, position and width in bits.</summary>
public readonly record struct InstructionField(string Name, int Lsb, int Width)
{
    /// <summary>The value of the field in a word.</summary>
    public uint Of(uint word) => (uint)((word >> Lsb) & ((1ul << Width) - 1));
}

/// <summary>The 32 bits of an encoding: which are fixed, which should be fixed, and the names of fields.</summary>
/// <remarks>
/// Notation, from bit 31 down, parts separated by blanks: runs of <c>0</c>, <c>1</c>, <c>x</c> (free), <c>o</c> and <c>i</c>
/// (should be 0, should be 1: anything else is CONSTRAINED UNPREDICTABLE); <c>name=run</c> for a field that is fixed at least in
/// part; <c>name:width</c> for a free one.
/// </remarks>
public sealed class InstructionPattern
{
    private InstructionPattern(string text, uint mask, uint value, uint should, uint shouldValue, InstructionField[] fields)
    {
        Text = text;
        Mask = mask;
        Value = value;
        Should = should;
        ShouldValue = shouldValue;
        Fields = fields;
    }

    public string Text { get; }

    /// <summary>The bits that are fixed.</summary>
    public uint Mask { get; }

    /// <summary>What the fixed bits hold; 0 elsewhere.</summary>
    public uint Value { get; }

    /// <summary>The bits that should have a value.</summary>
    public uint Should { get; }

    /// <summary>That value; 0 elsewhere.</summary>
    public uint ShouldValue { get; }

    public IReadOnlyList<InstructionField> Fields { get; }

    public bool Matches(uint word) => (word & Mask) == Value;

    /// <summary>The bits that should have a value have it.</summary>
    public bool IsAsItShouldBe(uint word) => (word & Should) == ShouldValue;

    /// <summary>The field of a name, or null.</summary>
    public InstructionField? Find(string name)
    {
        foreach (InstructionField field in Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }

    /// <exception cref="FormatException">The text is not a pattern of 32 bits.</exception>
    public static InstructionPattern Parse(string text)
    {
        uint mask = 0, value = 0, should = 0, shouldValue = 0;
        int position = 32;
        List<InstructionField> fields = [];
        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                int width = int.Parse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
                position -= width;
                fields.Add(new InstructionField(part[..colon], position, width));
                continue;
            }

            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string run = part[(equals + 1)..];
            if (equals > 0)
            {
                fields.Add(new InstructionField(part[..equals], position - run.Length, run.Length));
            }

            foreach (char c in run)
            {
                position--;
                uint bit = position is >= 0 and < 32 ? 1u << position : 0;
                mask |= c is '0' or '1' ? bit : 0;
                value |= c == '1' ? bit : 0;
                should |= c is 'o' or 'i' ? bit : 0;
                shouldValue |= c == 'i' ? bit : 0;
                if (c is not ('0' or '1' or 'x' or 'o' or 'i'))
                {
                    throw new FormatException($"'{c}' in \"{text}\" is none of 0, 1, x, o, i");
                }
            }
        }

        return position == 0
            ? new InstructionPattern(text, mask, value, should, shouldValue, [.. fields])
            : throw new FormatException($"\"{text}\" has {32 - position} bits, an instruction has 32");
    }

    public override string ToString() => Text;
}
