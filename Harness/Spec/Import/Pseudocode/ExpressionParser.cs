using System.Globalization;

namespace Conformance.Harness.Spec.Import.Pseudocode;

/// <summary>
/// Parses expressions. Operators from loose to tight: <c>||</c>, <c>&amp;&amp;</c>, comparisons and <c>IN</c>, <c>OR</c> and
/// <c>AND</c>, <c>:</c>, <c>+ -</c>, <c>*</c>, <c>! NOT</c>.
/// </summary>
internal static class ExpressionParser
{
    private static readonly string[][] s_operators =
        [["||"], ["&&"], ["==", "!=", ">=", "<=", "<", ">"], ["OR", "AND"], [":"], ["+", "-"], ["*"]];

    private const int Comparisons = 2;
    private const int Additive = 5;

    internal static Expr Parse(TokenReader tokens) => Binary(tokens, 0);

    private static Expr Binary(TokenReader tokens, int level)
    {
        if (level == s_operators.Length)
        {
            return Unary(tokens);
        }

        Expr left = Binary(tokens, level + 1);
        while (true)
        {
            if (level == Comparisons && tokens.Accept("IN"))
            {
                left = new Expr.In(left, List(tokens, "{", "}"));
            }
            else if (s_operators[level].FirstOrDefault(tokens.Now.Is) is { } op)
            {
                tokens.Take();
                left = new Expr.Binary(op, left, Binary(tokens, level + 1));
            }
            else
            {
                return left;
            }
        }
    }

    private static Expr Unary(TokenReader tokens) =>
        tokens.Accept("!") || tokens.Accept("NOT") ? new Expr.Not(Unary(tokens)) : Postfix(tokens, Primary(tokens));

    private static Expr Postfix(TokenReader tokens, Expr of)
    {
        while (true)
        {
            if (tokens.Now.Is("["))
            {
                of = new Expr.Index(of, List(tokens, "[", "]"));
            }
            else if (tokens.Accept("."))
            {
                of = Member(tokens, of);
            }
            else if (tokens.Now is { Spaced: false } && tokens.Accept("<"))
            {
                of = Slice(tokens, of);
            }
            else
            {
                return of;
            }
        }
    }

    private static Expr Member(TokenReader tokens, Expr of)
    {
        if (!tokens.Accept("<"))
        {
            return new Expr.Field(of, tokens.Name());
        }

        List<string> names = [tokens.Name()];
        while (tokens.Accept(","))
        {
            names.Add(tokens.Name());
        }

        tokens.Expect(">");
        return new Expr.Fields(of, names);
    }

    /// <summary>Only sums fit between the brackets: a comparison would take the closing one.</summary>
    private static Expr Slice(TokenReader tokens, Expr of)
    {
        Expr high = Binary(tokens, Additive);
        Expr slice = tokens.Accept("+:") ? new Expr.Run(of, high, Binary(tokens, Additive))
            : tokens.Accept(":") ? new Expr.Slice(of, high, Binary(tokens, Additive))
            : new Expr.Slice(of, high, null);
        tokens.Expect(">");
        return slice;
    }

    private static Expr Primary(TokenReader tokens)
    {
        Token token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Expr.Number(Number(token));
            case TokenKind.Bits:
                return token.Text.All(c => c is '0' or '1' or 'x')
                    ? new Expr.Bits(token.Text)
                    : throw new PseudocodeException(token.Line, $"{token} is not made of 0, 1 and x");
            case TokenKind.Name when tokens.Accept("IMPLEMENTATION_DEFINED"):
                return tokens.Now.Kind == TokenKind.Text
                    ? new Expr.Choice(token.Text, tokens.Take().Text)
                    : throw new PseudocodeException(token.Line, "a choice of the implementation has no description");
            case TokenKind.Name when tokens.Now.Is("("):
                var call = new Expr.Call(token.Text, List(tokens, "(", ")"));
                return tokens.Accept("UNKNOWN") ? new Expr.Unknown() : call;
            case TokenKind.Name:
                return new Expr.Name(token.Text);
            case TokenKind.Symbol when token.Text == "(":
                List<Expr> items = [Parse(tokens)];
                while (tokens.Accept(","))
                {
                    items.Add(Parse(tokens));
                }

                tokens.Expect(")");
                return items is [Expr only] ? only : new Expr.Tuple(items);
            default:
                throw new PseudocodeException(token.Line, $"an expression is expected before {token}");
        }
    }

    private static List<Expr> List(TokenReader tokens, string open, string close)
    {
        tokens.Expect(open);
        List<Expr> items = [];
        while (!tokens.Accept(close))
        {
            if (items.Count > 0)
            {
                tokens.Expect(",");
            }

            items.Add(Parse(tokens));
        }

        return items;
    }

    private static long Number(Token token)
    {
        bool hex = token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return long.TryParse(
            hex ? token.Text.AsSpan(2) : token.Text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new PseudocodeException(token.Line, $"{token} is not a number");
    }
}
