using System.Collections.Concurrent;

namespace Conformance.Harness.Spec.Conditions;

/// <summary>Parses conditions of the facts. Each distinct text is parsed once and shared.</summary>
/// <remarks>Grammar: <c>or := and { "|" and }</c>, <c>and := not { "&amp;" not }</c>, <c>not := "!" not | "(" or ")" | atom</c>.</remarks>
public static class ConditionParser
{
    private static readonly ConcurrentDictionary<string, Condition> s_parsed = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">The text is not a condition; the message names the place.</exception>
    public static Condition Parse(string text) => s_parsed.GetOrAdd(text, static t => new Reader(t).All());

    /// <summary>How many distinct conditions were parsed so far.</summary>
    internal static int Parsed => s_parsed.Count;

    private sealed class Reader(string text)
    {
        private int _at;

        internal Condition All()
        {
            Condition result = Or();
            return Peek() == '\0' ? result : throw Bad("something follows the condition");
        }

        private Condition Or()
        {
            List<Condition> parts = [And()];
            while (Accept('|'))
            {
                parts.Add(And());
            }

            return parts.Count == 1 ? parts[0] : new Any(parts);
        }

        private Condition And()
        {
            List<Condition> parts = [Unary()];
            while (Accept('&'))
            {
                parts.Add(Unary());
            }

            return parts.Count == 1 ? parts[0] : new All(parts);
        }

        private Condition Unary()
        {
            if (Accept('!'))
            {
                return new Not(Unary());
            }

            if (!Accept('('))
            {
                return AtomParser.Parse(Atom());
            }

            Condition inner = Or();
            return Accept(')') ? inner : throw Bad("a ')' is missing");
        }

        private string Atom()
        {
            Peek();
            int start = _at;
            int depth = 0;
            for (; _at < text.Length; _at++)
            {
                char c = text[_at];
                if (c is '[' or '{')
                {
                    depth++;
                }
                else if (c is ']' or '}')
                {
                    depth--;
                }
                else if (depth == 0 && c is ' ' or '&' or '|' or '(' or ')' && depth == 0)
                {
                    break;
                }
            }

            return _at > start ? text[start.._at] : throw Bad("a condition is missing");
        }

        private bool Accept(char c)
        {
            if (Peek() != c)
            {
                return false;
            }

            _at++;
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

        private FormatException Bad(string what) => new($"Condition '{text}', column {_at + 1}: {what}.");
    }
}
