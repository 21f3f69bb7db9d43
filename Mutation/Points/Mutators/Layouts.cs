using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>The bits of a register (<c>63:12 7 4@FEAT_X 31=1</c>) and the pattern of an instruction (<c>1101 CRm:4 011</c>).</summary>
/// <remarks>
/// Bits are taken away and never added: a RES0 or RES1 bit may be hardwired or writable, as the implementation likes, so a
/// reserved bit that holds what is written is no fault (Arm ARM, Glossary, "RES0").
/// </remarks>
internal sealed partial class Layouts : IMutator
{
    private const int BitPatternLength = 8;

    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model)
    {
        if (node is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            return [];
        }

        string text = literal.Token.ValueText;
        int at = literal.SpanStart + 1;
        return text.Length == 0 || literal.Token.Text != $"\"{text}\"" ? []
            : IsPattern(text) ? OfPattern(text, at)
            : BitLayout().IsMatch(text) ? Part().Matches(text).SelectMany(part => OfPart(part, at))
            : [];
    }

    private static bool IsPattern(string text) => text.Length >= BitPatternLength && BitPattern().IsMatch(text);

    /// <summary>Each fixed bit of the pattern, the other way round.</summary>
    private static IEnumerable<Edit> OfPattern(string text, int at) => Bits().Matches(text).SelectMany(
        word => Enumerable.Range(word.Index, word.Length),
        (_, i) => new Edit(MutationKind.Encoding, new TextSpan(at + i, 1), text[i] == '0' ? "1" : "0"));

    private static IEnumerable<Edit> OfPart(Match part, int at)
    {
        string word = part.Value;
        TextSpan span = new(at + part.Index, part.Length);
        Group range = part.Groups["range"];
        string rest = word[range.Length..];
        int[] ends = [.. range.Value.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        (int high, int low) = (ends[0], ends[^1]);
        (int, int)[] others = [(high - 1, low), (high, low + 1)];
        IEnumerable<string> moved =
            from other in others
            where other.Item1 >= other.Item2
            select other.Item1 == other.Item2 ? $"{other.Item1}{rest}" : $"{other.Item1}:{other.Item2}{rest}";
        foreach (string other in moved.Append(""))
        {
            yield return new Edit(MutationKind.Layout, span, other);
        }

        if (!rest.StartsWith("=1", StringComparison.Ordinal))
        {
            yield return new Edit(MutationKind.Layout, span, $"{range.Value}=1{rest}");
        }

        if (rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and int sign)
        {
            string feature = rest[(sign + 1)..];
            string opposite = feature[0] == '!' ? feature[1..] : $"!{feature}";
            yield return new Edit(MutationKind.Feature, span, $"{word[..(range.Length + sign + 1)]}{opposite}");
        }
    }

    [GeneratedRegex(@"^ ?(\d+(:\d+)?(=1)?(@!?FEAT_\w+(\|FEAT_\w+)*)?( |$))+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BitLayout();

    [GeneratedRegex(@"(?<range>\d+(:\d+)?)(=1)?(@[\w!|]+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"^[01x]+ ([01x]+ |\w+:\d+ ?|[01x]+$)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BitPattern();

    [GeneratedRegex(@"(?<![\w:])[01]+(?![\w:])", RegexOptions.None, 1000)]
    private static partial Regex Bits();
}
