using System.Globalization;

namespace Conformance.Harness.Spec.Instructions;

/// <summary>Parses <see cref="EncodingCondition"/>.</summary>
internal sealed class EncodingConditionParser(string text, InstructionPattern? pattern)
{
    private int _at;

    internal EncodingCondition Parse()
    {
        EncodingCondition condition = Or();
        return Peek() == '\0' ? condition : throw Bad("ends too early");
    }

    private EncodingCondition Or()
    {
        List<EncodingCondition> parts = [And()];
        while (Accept("||"))
        {
            parts.Add(And());
        }

        return parts is [EncodingCondition only] ? only : new EncodingCondition.Any(parts);
    }

    private EncodingCondition And()
    {
        List<EncodingCondition> parts = [Unary()];
        while (Accept("&&"))
        {
            parts.Add(Unary());
        }

        return parts is [EncodingCondition only] ? only : new EncodingCondition.All(parts);
    }

    private EncodingCondition Unary()
    {
        if (Peek() == '!' && Accept("!"))
        {
            return new EncodingCondition.Not(Unary());
        }

        if (Accept("("))
        {
            EncodingCondition inner = Or();
            return Accept(")") ? inner : throw Bad("misses a )");
        }

        int start = _at;
        string word = Word();
        if (word is "TRUE" or "FALSE")
        {
            return new EncodingCondition.Constant(word == "TRUE");
        }

        if (word.StartsWith("FEAT_", StringComparison.Ordinal))
        {
            return new EncodingCondition.Feature(word);
        }

        _at = start;
        EncodingBits left = Bits();
        bool equal = Accept("==");
        if (!equal && !Accept("!="))
        {
            throw Bad("misses a comparison");
        }

        EncodingBits right = Bits();
        return left.Width == right.Width
            ? new EncodingCondition.Equal(left, right, !equal)
            : throw Bad($"compares {left.Width} bits with {right.Width}");
    }

    private EncodingBits Bits()
    {
        List<string> texts = [];
        List<(int, int, uint)> parts = [];
        uint care = 0;
        int total = 0;
        do
        {
            (string part, int lsb, int width, uint literal, uint partCare) = Part();
            texts.Add(part);
            parts.Add((lsb, width, literal));
            care = (care << width) | partCare;
            total += width;
        }
        while (Accept(":"));
        return new EncodingBits(string.Join(':', texts), total, care, parts);
    }

    private (string Text, int Lsb, int Width, uint Literal, uint Care) Part()
    {
        string word = Word();
        if (word.Length > 0 && word.All(c => c is '0' or '1' or 'x'))
        {
            uint value = word.Aggregate(0u, (v, c) => (v << 1) | (c == '1' ? 1u : 0));
            uint care = word.Aggregate(0u, (v, c) => (v << 1) | (c == 'x' ? 0u : 1));
            return (word, -1, word.Length, value, care);
        }

        InstructionField field = pattern?.Find(word) ?? throw Bad($"names '{word}', which is no field");
        int high = field.Width - 1;
        int low = 0;
        string slice = "";
        if (Accept("<"))
        {
            high = low = Number();
            if (Accept(":"))
            {
                low = Number();
            }

            slice = high == low ? $"<{high}>" : $"<{high}:{low}>";
            if (!Accept(">") || high >= field.Width || low > high)
            {
                throw Bad($"has a slice of {word} that is none");
            }
        }

        int width = high - low + 1;
        return (word + slice, field.Lsb + low, width, 0, (uint)((1ul << width) - 1));
    }

    private int Number() => int.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw Bad("misses a number");

    private string Word()
    {
        _ = Peek();
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool Accept(string symbol)
    {
        _ = Peek();
        if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        _at += symbol.Length;
        return true;
    }

    private char Peek()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }

        return _at < text.Length ? text[_at] : '\0';
    }

    private FormatException Bad(string what) => new($"the condition \"{text}\" {what} (column {_at + 1})");
}
