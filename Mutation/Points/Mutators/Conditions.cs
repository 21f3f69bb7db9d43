using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>Conditions: and for or, a side left out, a negation, a comparison, true for false, the other result.</summary>
internal sealed class Conditions : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model) => node switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and => OfPair(and, "||"),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or => OfPair(or, "&&"),
        BinaryExpressionSyntax comparison => OfComparison(comparison),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not =>
            [new Edit(MutationKind.Condition, not.Span, not.Operand.ToString())],
        IfStatementSyntax check => [new Edit(MutationKind.Condition, check.Condition.Span, $"!({check.Condition})")],
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } yes => [new Edit(MutationKind.Truth, yes.Span, "false")],
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } no => [new Edit(MutationKind.Truth, no.Span, "true")],
        ConditionalExpressionSyntax choice => [new Edit(
            MutationKind.Choice, choice.Span, $"{choice.Condition} ? ({choice.WhenFalse}) : ({choice.WhenTrue})")],
        BinaryPatternSyntax pattern =>
        [
            new Edit(MutationKind.Condition, pattern.Span, pattern.Left.ToString()),
            new Edit(MutationKind.Condition, pattern.Span, pattern.Right.ToString()),
        ],
        UnaryPatternSyntax pattern => [new Edit(MutationKind.Condition, pattern.Span, pattern.Pattern.ToString())],
        _ => [],
    };

    private static IEnumerable<Edit> OfPair(BinaryExpressionSyntax pair, string other) =>
    [
        // Parentheses: "a && b || c" must not become another tree.
        new Edit(MutationKind.Condition, pair.Span, $"(({pair.Left}) {other} ({pair.Right}))"),
        new Edit(MutationKind.Condition, pair.Span, $"({pair.Left})"),
        new Edit(MutationKind.Condition, pair.Span, $"({pair.Right})"),
    ];

    private static IEnumerable<Edit> OfComparison(BinaryExpressionSyntax comparison)
    {
        string[] others = comparison.Kind() switch
        {
            SyntaxKind.EqualsExpression => ["!="],
            SyntaxKind.NotEqualsExpression => ["=="],
            SyntaxKind.LessThanExpression => ["<=", ">="],
            SyntaxKind.LessThanOrEqualExpression => ["<", ">"],
            SyntaxKind.GreaterThanExpression => [">=", "<="],
            SyntaxKind.GreaterThanOrEqualExpression => [">", "<"],
            _ => [],
        };
        return others.Select(other => new Edit(MutationKind.Comparison, comparison.OperatorToken.Span, other));
    }
}
