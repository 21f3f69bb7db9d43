using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>An assignment or a call is left out.</summary>
internal sealed class Steps : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model) =>
        node is ExpressionStatementSyntax step ? [new Edit(MutationKind.Step, step.Span, ";")] : [];
}
