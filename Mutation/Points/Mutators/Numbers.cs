using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>A number is one off, an offset one place of the page, a mask one bit.</summary>
internal sealed class Numbers : IMutator
{
    public IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model)
    {
        if (node is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.NumericLiteralExpression)
            || IsZeroOfMask(literal) || IsOneThatIsShifted(literal) || !ulong.TryParse(
                Convert.ToString(literal.Token.Value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out ulong value))
        {
            return [];
        }

        MutationKind kind = KindOf(literal, model);
        ulong[] others = kind switch
        {
            MutationKind.Offset => [value + 8, value - 8],
            MutationKind.Encoding => [value ^ 1],
            MutationKind.Constant when IsMask(literal, value) =>
                [value & (value - 1), value ^ (1UL << (63 - BitOperations.LeadingZeroCount(value)))],
            _ => value == 0 ? [1] : [value + 1, value - 1],
        };
        return others.Distinct().Select(other => new Edit(kind, literal.Span, Like(literal, other)));
    }

    /// <summary>The 0 of <c>(x &amp; mask) != 0</c>: the comparison is what can be wrong there.</summary>
    private static bool IsZeroOfMask(LiteralExpressionSyntax literal) =>
        literal.Token.Value is 0 && literal.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison
        && comparison.Left is ParenthesizedExpressionSyntax;

    private static bool IsOneThatIsShifted(LiteralExpressionSyntax literal) =>
        literal.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LeftShiftExpression } shift && shift.Left == literal;

    private static bool IsMask(LiteralExpressionSyntax literal, ulong value) =>
        value > 2 && literal.Token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    private static MutationKind KindOf(LiteralExpressionSyntax literal, SemanticModel model)
    {
        switch (literal.Parent)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LeftShiftExpression or (int)SyntaxKind.RightShiftExpression }:
                return MutationKind.Position;
            case BinaryExpressionSyntax binary when SaysLevel(binary.ToString()) && binary.OperatorToken.Kind() is not SyntaxKind.AmpersandToken:
                return MutationKind.Level;
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Arguments.Count: 5 } }:
                return MutationKind.Encoding;
            case ArgumentSyntax { Parent.Parent: ExpressionSyntax call }:
                return OfArgument((ArgumentSyntax)literal.Parent, call, model);
            case ConditionalExpressionSyntax:
                return MutationKind.Level;
            case EqualsValueClauseSyntax when literal.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.Text == "ExceptionClass":
                return MutationKind.ExceptionClass;
            case EqualsValueClauseSyntax when literal.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.Text == "Slots":
                return MutationKind.Register;
        }

        SyntaxNode? switched = literal.Ancestors().FirstOrDefault(a => a is SwitchExpressionSyntax or IsPatternExpressionSyntax);
        string subject = switched switch
        {
            SwitchExpressionSyntax s => s.GoverningExpression.ToString(),
            IsPatternExpressionSyntax i => i.Expression.ToString(),
            _ => "",
        };
        return SaysLevel(subject) ? MutationKind.Level : MutationKind.Constant;
    }

    private static MutationKind OfArgument(ArgumentSyntax argument, ExpressionSyntax call, SemanticModel model)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return MutationKind.Constant;
        }

        int index = ((ArgumentListSyntax)argument.Parent!).Arguments.IndexOf(argument);
        string parameter = argument.NameColon?.Name.Identifier.Text
            ?? (index < method.Parameters.Length ? method.Parameters[index].Name : method.Parameters.LastOrDefault()?.Name ?? "");
        return method.Name.StartsWith("Vncr", StringComparison.Ordinal) && parameter == "offset" ? MutationKind.Offset
            : SaysLevel(parameter) ? MutationKind.Level
            : method.ReturnType.Name == "AccessRule" ? MutationKind.TrapNumber
            : MutationKind.Constant;
    }

    private static bool SaysLevel(string text) =>
        text.Contains("EL", StringComparison.Ordinal) || text.Contains("evel", StringComparison.Ordinal)
        || text.Contains("arget", StringComparison.Ordinal) || text.Contains("egime", StringComparison.Ordinal)
        || text.Contains("home", StringComparison.OrdinalIgnoreCase);

    /// <summary>The number written as the one it replaces.</summary>
    private static string Like(LiteralExpressionSyntax literal, ulong value)
    {
        string old = literal.Token.Text;
        string suffix = old[old.TrimEnd('u', 'U', 'l', 'L').Length..];
        return old.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? string.Create(CultureInfo.InvariantCulture, $"0x{value:x}{suffix}")
            : string.Create(CultureInfo.InvariantCulture, $"{value}{suffix}");
    }
}
