using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>Arithmetic on bits: and for or, left for right, a complement or one of several flags left out.</summary>
internal sealed class Operators : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model) => node switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } or => OfFlags(or),
        BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: 0 } } => [], // by 0 both ways are one
        BinaryExpressionSyntax binary => Exchanged(binary.Kind()) is { } other
            ? [new Edit(MutationKind.Operator, binary.OperatorToken.Span, other)] : [],
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseNotExpression } not =>
            [new Edit(MutationKind.Operator, not.Span, not.Operand.ToString())],
        AssignmentExpressionSyntax assignment => assignment.Kind() switch
        {
            SyntaxKind.OrAssignmentExpression => [new Edit(MutationKind.Operator, assignment.OperatorToken.Span, "&=")],
            SyntaxKind.AndAssignmentExpression => [new Edit(MutationKind.Operator, assignment.OperatorToken.Span, "|=")],
            _ => [],
        },
        _ => [],
    };

    private static string? Exchanged(SyntaxKind kind) => kind switch
    {
        SyntaxKind.BitwiseAndExpression => "|",
        SyntaxKind.ExclusiveOrExpression => "|",
        SyntaxKind.AddExpression => "-",
        SyntaxKind.SubtractExpression => "+",
        SyntaxKind.LeftShiftExpression => ">>",
        SyntaxKind.RightShiftExpression => "<<",
        _ => null,
    };

    private static IEnumerable<Edit> OfFlags(BinaryExpressionSyntax or) =>
    [
        new Edit(MutationKind.Operator, or.OperatorToken.Span, "&"),
        new Edit(MutationKind.Operator, or.Span, or.Left.ToString()),
        new Edit(MutationKind.Operator, or.Span, $"({or.Right})"),
    ];
}
