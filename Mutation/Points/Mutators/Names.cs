using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>The name of the register that an alias leads to becomes another; a feature becomes its opposite.</summary>
internal sealed class Names : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model)
    {
        if (node is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            yield break;
        }

        string name = literal.Token.ValueText;
        if (name.TrimStart('!').StartsWith("FEAT_", StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal)
            && literal.Token.Text == $"\"{name}\"")
        {
            // The ! is a word of Needs only; a layout's features are behind an @.
            if (MethodOf(literal) is "Needs")
            {
                yield return new Edit(MutationKind.Feature, literal.Span, name[0] == '!' ? $"\"{name[1..]}\"" : $"\"!{name}\"");
            }

            yield break;
        }

        if (MethodOf(literal) is { } method and ("Host" or "HostAndEl0" or "Swaps"))
        {
            string[] all =
            [
                .. literal.SyntaxTree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
                    .Where(l => l.IsKind(SyntaxKind.StringLiteralExpression) && MethodOf(l) == method)
                    .Select(l => l.Token.ValueText).Distinct(),
            ];
            if (all.Length > 1)
            {
                string other = all[(Array.IndexOf(all, name) + 1) % all.Length];
                yield return new Edit(MutationKind.Alias, literal.Span, $"\"{other}\"");
            }
        }
    }

    private static string? MethodOf(LiteralExpressionSyntax literal) =>
        literal.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } }
            ? name.Identifier.Text : null;
}
