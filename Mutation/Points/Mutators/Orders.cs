using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>Two checks that stand one after the other change places; so do two fields of a packed value.</summary>
/// <remarks>Checks that are never both true have no order: <c>level == 0 &amp;&amp; a</c> and <c>level == 1 &amp;&amp; b</c> stay.</remarks>
internal sealed class Orders : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model) => node switch
    {
        IfStatementSyntax { Else.Statement: IfStatementSyntax second } first =>
            AreExclusive(first.Condition, second.Condition) ? [] : OfElseIf(first, second),
        IfStatementSyntax first => OfGuards(first),
        ConditionalExpressionSyntax { WhenFalse: ConditionalExpressionSyntax second } first =>
            AreExclusive(first.Condition, second.Condition) ? [] : [new Edit(
                MutationKind.Order, first.Span,
                $"{second.Condition} ? {second.WhenTrue} : {first.Condition} ? {first.WhenTrue} : {second.WhenFalse}")],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } fields => OfFields(fields),
        IdentifierNameSyntax { Identifier.Text: "OrderBy" } name =>
            [new Edit(MutationKind.Order, name.Identifier.Span, "OrderByDescending")],
        _ => [],
    };

    private static IEnumerable<Edit> OfElseIf(IfStatementSyntax first, IfStatementSyntax second) =>
    [
        new Edit(
            MutationKind.Order, TextSpan.FromBounds(first.Condition.SpanStart, second.Statement.Span.End),
            $"{second.Condition}) {second.Statement} else if ({first.Condition}) {first.Statement}"),
    ];

    /// <summary>The first of two checks ends the method or the loop, so that it hides the second; unless both do the same.</summary>
    private static IEnumerable<Edit> OfGuards(IfStatementSyntax first)
    {
        if (first.Parent is not BlockSyntax block || first.Else is not null || !Leaves(first.Statement))
        {
            return [];
        }

        int at = block.Statements.IndexOf(first);
        return at + 1 < block.Statements.Count && block.Statements[at + 1] is IfStatementSyntax second && Leaves(second.Statement)
            && !first.Statement.IsEquivalentTo(second.Statement) && !AreExclusive(first.Condition, second.Condition)
            ? [new Edit(MutationKind.Order, TextSpan.FromBounds(first.SpanStart, second.Span.End), $"{second} {first}")] : [];
    }

    /// <summary>Both want the same thing to be equal, to different numbers.</summary>
    private static bool AreExclusive(ExpressionSyntax first, ExpressionSyntax second) => Equalities(first).Any(
        a => Equalities(second).Any(b => a.Left.IsEquivalentTo(b.Left) && !a.Right.IsEquivalentTo(b.Right)));

    private static IEnumerable<BinaryExpressionSyntax> Equalities(ExpressionSyntax condition) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and => Equalities(and.Left).Concat(Equalities(and.Right)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax } equality => [equality],
        _ => [],
    };

    private static bool Leaves(StatementSyntax statement) =>
        (statement is BlockSyntax block ? block.Statements.LastOrDefault() : statement) is ReturnStatementSyntax or ThrowStatementSyntax
            or ContinueStatementSyntax or BreakStatementSyntax;

    /// <summary><c>(a &lt;&lt; 20) | (b &lt;&lt; 17)</c>: a and b.</summary>
    private static IEnumerable<Edit> OfFields(BinaryExpressionSyntax or)
    {
        ExpressionSyntax left = or.Left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } more ? more.Right : or.Left;
        return Shifted(left) is { } first && Shifted(or.Right) is { } second
            ?
            [
                new Edit(
                    MutationKind.FieldOrder, TextSpan.FromBounds(left.SpanStart, or.Right.Span.End),
                    $"({second.Left} << {first.Right}) | ({first.Left} << {second.Right})"),
            ]
            : [];
    }

    private static BinaryExpressionSyntax? Shifted(ExpressionSyntax term) =>
        term is ParenthesizedExpressionSyntax { Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LeftShiftExpression } shift }
            ? shift : null;
}
