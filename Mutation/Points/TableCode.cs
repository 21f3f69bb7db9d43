using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points;

/// <summary>Tells code that makes the model's tables from code that runs when the machine does.</summary>
internal static class TableCode
{
    private const string Folder = "Cpu/SystemRegisters/";

    /// <summary>Types and members whose work is done when the tables are made.</summary>
    private static readonly (string Type, string? Member)[] s_members =
        [("Rules", null), ("Declaration", null), ("Registers", "Accessors"), ("Registers", "All"), ("Registers", "IndexByKey"), ("BitLayout", null), ("Accessor", null), ("LevelPlan", ".ctor"), ("LevelPlan", "Build"), ("RegisterModel", ".ctor")];

    internal static bool Holds(string file, SyntaxNode node, SemanticModel model)
    {
        if (!file.StartsWith(Folder, StringComparison.Ordinal) || node.Ancestors().OfType<LambdaExpressionSyntax>().Any(l => Runs(l, model)))
        {
            return false;
        }

        MemberDeclarationSyntax? member = node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault();
        string type = member?.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.Text ?? "";
        string name = member switch
        {
            ConstructorDeclarationSyntax => ".ctor",
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            _ => "",
        };
        return s_members.Any(m => m.Type == type && (m.Member is null || m.Member == name)) || member switch
        {
            FieldDeclarationSyntax field => Makes(field.Declaration.Type),
            PropertyDeclarationSyntax property => Makes(property.Type),
            MethodDeclarationSyntax method => Makes(method.ReturnType),
            _ => false,
        };
    }

    private static bool Makes(TypeSyntax type) =>
        type.ToString() is var name && (name.Contains("AccessRule", StringComparison.Ordinal) || name.Contains("Declaration", StringComparison.Ordinal));

    /// <summary>A function of the machine's state.</summary>
    private static bool Runs(LambdaExpressionSyntax lambda, SemanticModel model) =>
        model.GetSymbolInfo(lambda).Symbol is IMethodSymbol method && method.Parameters.Any(p => p.Type.Name is "Core" or "FeatureSet");
}
