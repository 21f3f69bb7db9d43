namespace Conformance.Harness.Spec.Import.Pseudocode;

/// <summary>Parses statements. A block is what is indented deeper than the line it belongs to.</summary>
internal static class StatementParser
{
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal) { "integer", "boolean" };

    /// <exception cref="PseudocodeException">The text is not pseudocode as it is read here; the message names line and reason.</exception>
    internal static IReadOnlyList<Statement> Parse(string text)
    {
        var tokens = new TokenReader(Lexer.Read(text));
        List<Statement> statements = Block(tokens, 0);
        return tokens.Now.Kind == TokenKind.End
            ? statements
            : throw new PseudocodeException(tokens.Now.Line, $"{tokens.Now} is not in its place");
    }

    /// <summary>All statements that start right of a column.</summary>
    private static List<Statement> Block(TokenReader tokens, int column)
    {
        List<Statement> statements = [];
        while (tokens.Now is { Kind: not TokenKind.End } now && now.Column > column && !now.Is("elsif") && !now.Is("else"))
        {
            statements.Add(One(tokens));
        }

        return statements;
    }

    /// <summary>The block of an arm: the rest of the line, or the lines below that are indented deeper.</summary>
    private static List<Statement> Arm(TokenReader tokens, int line, int column)
    {
        int at = tokens.Now.Line;
        List<Statement> block = at == line ? [One(tokens)] : Block(tokens, column);
        return block.Count > 0 ? block : throw new PseudocodeException(line, "nothing is indented below this line");
    }

    private static Statement One(TokenReader tokens)
    {
        Token start = tokens.Now;
        if (tokens.Accept("if"))
        {
            return If(tokens, start);
        }

        Statement statement;
        if (tokens.Accept("UNDEFINED"))
        {
            statement = new Statement.Undefined(start.Line);
        }
        else if (tokens.Accept("return"))
        {
            statement = new Statement.Return(start.Line);
        }
        else if (s_types.Contains(start.Text) && tokens.Next is { Kind: TokenKind.Name, Text: not "IMPLEMENTATION_DEFINED" })
        {
            tokens.Take();
            string name = tokens.Name();
            tokens.Expect("=");
            statement = new Statement.Declare(start.Line, start.Text, name, ExpressionParser.Parse(tokens));
        }
        else
        {
            statement = AssignOrInvoke(tokens, start);
        }

        tokens.Expect(";");
        return statement;
    }

    private static Statement AssignOrInvoke(TokenReader tokens, Token start)
    {
        Expr left = ExpressionParser.Parse(tokens);
        return tokens.Accept("=") ? new Statement.Assign(start.Line, left, ExpressionParser.Parse(tokens))
            : left is Expr.Call call ? new Statement.Invoke(start.Line, call)
            : throw new PseudocodeException(start.Line, $"'{left}' does nothing");
    }

    private static Statement.If If(TokenReader tokens, Token start)
    {
        List<(Expr, IReadOnlyList<Statement>)> arms = [];
        Token head = start;
        do
        {
            Expr when = ExpressionParser.Parse(tokens);
            tokens.Expect("then");
            arms.Add((when, Arm(tokens, head.Line, start.Column)));
            head = tokens.Now;
        }
        while (Continues(tokens, start, "elsif"));
        int line = tokens.Now.Line;
        List<Statement> otherwise = Continues(tokens, start, "else") ? Arm(tokens, line, start.Column) : [];
        return new Statement.If(start.Line, arms, otherwise);
    }

    private static bool Continues(TokenReader tokens, Token start, string word) =>
        tokens.Now is { First: true } now && now.Column == start.Column ? tokens.Accept(word) : tokens.Now.Is(word) && !tokens.Now.First && tokens.Accept(word);
}
