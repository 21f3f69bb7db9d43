using System.Globalization;

namespace Conformance.Harness.Spec.Conditions;

/// <summary>Parses the integer expressions of the facts: numbers, <c>m</c>, <c>$CONST</c>, fields, with <c>+ - * ( )</c>.</summary>
internal static class TermParser
{
    /// <exception cref="FormatException">The text is not an expression.</exception>
    internal static IntTerm Parse(string text)
    {
        var reader = new Reader(text);
        return reader.All();
    }

    /// <summary><c>REG.F</c>, <c>REG.F[1]</c>, <c>REG[index]</c> or <c>REG[first+:width]</c>.</summary>
    internal static IntTerm Slice(string text)
    {
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            return new FieldTerm(new FieldRef(text));
        }

        string inside = text[(bracket + 1)..^1];
        int plus = inside.IndexOf("+:", StringComparison.Ordinal);
        return plus < 0
            ? new FieldTerm(new FieldRef(text[..bracket]), Parse(inside), 1)
            : new FieldTerm(
                new FieldRef(text[..bracket]), Parse(inside[..plus]), int.Parse(inside[(plus + 2)..], CultureInfo.InvariantCulture));
    }

    private sealed class Reader(string text)
    {
        private int _at;

        internal IntTerm All()
        {
            IntTerm result = Additive();
            return _at == text.Length ? result : throw new FormatException($"Expression '{text}', column {_at + 1}: not understood.");
        }

        private IntTerm Additive()
        {
            IntTerm left = Product();
            while (_at < text.Length && text[_at] is '+' or '-')
            {
                char op = text[_at++];
                left = new Sum(left, op, Product());
            }

            return left;
        }

        private IntTerm Product()
        {
            IntTerm left = Primary();
            while (_at < text.Length && text[_at] == '*')
            {
                _at++;
                left = new Sum(left, '*', Primary());
            }

            return left;
        }

        private IntTerm Primary()
        {
            if (_at < text.Length && text[_at] == '(')
            {
                _at++;
                IntTerm inner = Additive();
                _at++;
                return inner;
            }

            int start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '$' or '<' or '>'))
            {
                _at++;
            }

            string word = text[start.._at];
            return word.Length == 0 ? throw new FormatException($"Expression '{text}', column {_at + 1}: a number is missing.")
                : char.IsAsciiDigit(word[0]) ? new Number(long.Parse(word, CultureInfo.InvariantCulture))
                : word[0] == '$' ? new ConstantTerm(word)
                : word == "m" ? new IndexTerm()
                : word == "PMUself" ? DerivedNames.Counters
                : word == "PMUacc" ? DerivedNames.AccessibleCounters
                : new FieldTerm(new FieldRef(word));
        }
    }
}
