using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>A row of a table, a rule of a row, or an arm of a choice is left out.</summary>
internal sealed class Rows : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model)
    {
        switch (node)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax list } argument
                when model.GetTypeInfo(argument.Expression).Type?.Name == "AccessRule":
                yield return new Edit(MutationKind.Rule, WithComma(list.Arguments, argument), "");
                break;
            case CollectionElementSyntax { Parent: CollectionExpressionSyntax table } row when IsTable(table):
                yield return new Edit(MutationKind.Declaration, WithComma(table.Elements, row), "");
                break;
            case SwitchExpressionArmSyntax { Pattern: not DiscardPatternSyntax, Parent: SwitchExpressionSyntax choice } arm:
                yield return new Edit(MutationKind.Declaration, WithComma(choice.Arms, arm), "");
                break;
        }
    }

    private static bool IsTable(CollectionExpressionSyntax table) =>
        table.Parent is EqualsValueClauseSyntax or ArrowExpressionClauseSyntax && table.Elements.Count > 1;

    /// <summary>The element and the comma that parts it from the next, or from the one before when it is the last.</summary>
    private static TextSpan WithComma<T>(SeparatedSyntaxList<T> list, T element)
        where T : SyntaxNode
    {
        int at = list.IndexOf(element);
        return at < list.SeparatorCount ? TextSpan.FromBounds(element.SpanStart, list.GetSeparator(at).Span.End)
            : at > 0 ? TextSpan.FromBounds(list.GetSeparator(at - 1).SpanStart, element.Span.End)
            : element.Span;
    }
}
