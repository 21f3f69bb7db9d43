namespace Conformance.Harness.Spec.Import.Pseudocode;

/// <summary>Walks over the tokens of one piece of pseudocode.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _at;

    internal Token Now => tokens[_at];

    internal Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    internal Token Take() => tokens[_at == tokens.Count - 1 ? _at : _at++];

    internal bool Accept(string symbol)
    {
        if (!Now.Is(symbol))
        {
            return false;
        }

        _at++;
        return true;
    }

    internal Token Expect(string symbol) =>
        Now.Is(symbol) ? Take() : throw new PseudocodeException(Now.Line, $"'{symbol}' is expected before {Now}");

    internal string Name() =>
        Now.Kind == TokenKind.Name ? Take().Text : throw new PseudocodeException(Now.Line, $"a name is expected before {Now}");
}
