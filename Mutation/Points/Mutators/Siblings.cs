using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>A question, a rule, a feature or a handler becomes another of the same shape that is declared beside it.</summary>
internal sealed class Siblings : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model)
    {
        if (node is not IdentifierNameSyntax name || model.GetSymbolInfo(name).Symbol is not { DeclaringSyntaxReferences.IsEmpty: false } symbol)
        {
            return [];
        }

        ISymbol[] family = symbol switch
        {
            IMethodSymbol { IsStatic: true, MethodKind: MethodKind.Ordinary } method =>
                [.. symbol.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(m => SameShape(m, method))],
            IFieldSymbol { IsConst: false } field when field.IsStatic || IsState(field.ContainingType) =>
                [.. symbol.ContainingType.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsConst && !f.IsImplicitlyDeclared
                    && f.IsStatic == field.IsStatic && SymbolEqualityComparer.Default.Equals(f.Type, field.Type))],
            _ => [],
        };
        return Neighbours.Of(symbol, family).Select(other => new Edit(KindOf(symbol), name.Identifier.Span, other));
    }

    private static bool IsState(INamedTypeSymbol type) => type.Name is "CoreFeatures" or "Pstate";

    private static bool SameShape(IMethodSymbol a, IMethodSymbol b) =>
        a.IsStatic && a.MethodKind == MethodKind.Ordinary && SymbolEqualityComparer.Default.Equals(a.ReturnType, b.ReturnType)
        && a.Parameters.Length == b.Parameters.Length
        && a.Parameters.Zip(b.Parameters).All(p =>
            p.First.RefKind == p.Second.RefKind && SymbolEqualityComparer.Default.Equals(p.First.Type, p.Second.Type));

    private static MutationKind KindOf(ISymbol symbol)
    {
        ITypeSymbol type = symbol is IMethodSymbol method ? method.ReturnType : ((IFieldSymbol)symbol).Type;
        return (symbol.ContainingType.Name, type.Name) switch
        {
            ("CoreFeatures", _) => MutationKind.Feature,
            (_, "AccessRule") => MutationKind.Rule,
            _ => MutationKind.Control,
        };
    }
}
