using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>A named constant becomes the one declared before or after it: a bit, a register's place, a situation, a class.</summary>
internal sealed class NamedConstants : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model)
    {
        if (node is not IdentifierNameSyntax name || model.GetSymbolInfo(name).Symbol is not IFieldSymbol { IsConst: true } constant
            || constant.DeclaringSyntaxReferences.IsEmpty || constant.ContainingType.Name == "StopReason") // for the host, not for software
        {
            yield break;
        }

        ISymbol[] family =
        [
            .. constant.ContainingType.GetMembers().OfType<IFieldSymbol>().Where(f =>
                f.IsConst && SymbolEqualityComparer.Default.Equals(f.Type, constant.Type)
                && (SymbolEqualityComparer.Default.Equals(f, constant) || !Equals(f.ConstantValue, constant.ConstantValue))),
        ];
        foreach (string other in Neighbours.Of(constant, family))
        {
            yield return new Edit(KindOf(constant), name.Identifier.Span, other);
        }
    }

    private static bool IsString(IFieldSymbol field) => field.Type.SpecialType == SpecialType.System_String;

    private static MutationKind KindOf(IFieldSymbol constant) => constant.ContainingType.Name switch
    {
        "Slots" => MutationKind.Register,
        "Situation" => MutationKind.Situation,
        "Levels" => MutationKind.Level,
        "Directions" => MutationKind.Direction,
        "ExceptionClass" => MutationKind.ExceptionClass,
        _ when IsString(constant) => MutationKind.Layout,
        "Rules" or "FpAccess" or "IdentificationValues" => MutationKind.Constant,
        _ => MutationKind.Bit,
    };
}
