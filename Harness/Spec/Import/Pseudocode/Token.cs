namespace Conformance.Harness.Spec.Import.Pseudocode;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Number,

    /// <summary>A bit literal or pattern, without its quotes: <c>01x</c>.</summary>
    Bits,

    /// <summary>A text, without its quotes.</summary>
    Text,
    Symbol,
    End,
}

/// <summary>A word of pseudocode.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters.</param>
/// <param name="Line">Line in the pseudocode, from 1.</param>
/// <param name="Column">Column in the line, from 1; that of a line's first token is its indentation.</param>
/// <param name="Spaced">A blank or line end comes before it: <c>a &lt; b</c> compares, <c>a&lt;b&gt;</c> takes a bit.</param>
/// <param name="First">It is the first of its line.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column, bool Spaced, bool First)
{
    internal bool Is(string symbol) => Kind is TokenKind.Symbol or TokenKind.Name && Text == symbol;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Bits => $"'{Text}'",
        TokenKind.Text => $"\"{Text}\"",
        _ => Text,
    };
}

/// <summary>Pseudocode that the reader does not understand.</summary>
internal sealed class PseudocodeException(int line, string message) : Exception($"line {line}: {message}")
{
    internal int Line => line;
}
