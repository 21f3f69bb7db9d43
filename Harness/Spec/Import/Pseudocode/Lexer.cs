namespace Conformance.Harness.Spec.Import.Pseudocode;

/// <summary>Cuts pseudocode into tokens. Lines and indentation are kept: blocks are told by indentation.</summary>
internal static class Lexer
{
    private static readonly string[] s_symbols =
    [
        "&&", "||", "==", "!=", "<=", ">=", "+:", "<", ">", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "=", "+", "-", "*", "!",
    ];

    /// <exception cref="PseudocodeException">A character belongs to no token.</exception>
    internal static IReadOnlyList<Token> Read(string text)
    {
        List<Token> tokens = [];
        int line = 1;
        foreach (string row in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Row(row, line++, tokens);
        }

        tokens.Add(new Token(TokenKind.End, "", line - 1, 0, Spaced: true, First: true));
        return tokens;
    }

    private static void Row(string row, int line, List<Token> tokens)
    {
        bool first = true;
        bool spaced = true;
        for (int at = 0; at < row.Length;)
        {
            if (char.IsWhiteSpace(row[at]))
            {
                spaced = true;
                at++;
                continue;
            }

            if (row.AsSpan(at).StartsWith("//"))
            {
                return;
            }

            (TokenKind kind, int end) = One(row, at, line);
            string text = kind is TokenKind.Bits or TokenKind.Text ? row[(at + 1)..(end - 1)] : row[at..end];
            tokens.Add(new Token(kind, text, line, at + 1, spaced, first));
            first = spaced = false;
            at = end;
        }
    }

    private static (TokenKind Kind, int End) One(string row, int at, int line)
    {
        char c = row[at];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return (TokenKind.Name, Name(row, at));
        }

        if (char.IsAsciiDigit(c))
        {
            int end = at;
            while (end < row.Length && char.IsAsciiLetterOrDigit(row[end]))
            {
                end++;
            }

            return (TokenKind.Number, end);
        }

        if (c is '\'' or '"')
        {
            int end = row.IndexOf(c, at + 1);
            return end < 0
                ? throw new PseudocodeException(line, $"the quote in column {at + 1} is not closed")
                : (c == '"' ? TokenKind.Text : TokenKind.Bits, end + 1);
        }

        foreach (string symbol in s_symbols)
        {
            if (string.CompareOrdinal(row, at, symbol, 0, symbol.Length) == 0)
            {
                return (TokenKind.Symbol, at + symbol.Length);
            }
        }

        throw new PseudocodeException(line, $"the character '{c}' in column {at + 1} is not known");
    }

    /// <summary>A name may have a prefix (<c>AArch64.AT</c>) and hold an array index (<c>AMEVCNTR0&lt;m&gt;_EL0</c>).</summary>
    private static int Name(string row, int at)
    {
        int end = Word(row, at);
        if (end < row.Length && row[end] == '.' && row[at..end] is "AArch64" or "AArch32")
        {
            end = Word(row, end + 1);
        }

        if (end + 3 < row.Length && row[end] == '<' && char.IsAsciiLetterLower(row[end + 1]) && row[end + 2] == '>' && row[end + 3] == '_')
        {
            end = Word(row, end + 3);
        }

        return end;
    }

    private static int Word(string row, int at)
    {
        while (at < row.Length && (char.IsAsciiLetterOrDigit(row[at]) || row[at] == '_'))
        {
            at++;
        }

        return at;
    }
}
