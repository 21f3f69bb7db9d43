using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Mutation.Points.Mutators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Points;

/// <summary>Finds every mutant of a file.</summary>
internal static partial class PointFinder
{
    private const int ShortestText = 6;
    private const int LongestText = 160;

    private static readonly IMutator[] s_mutators =
    [
        new NamedConstants(),
        new Siblings(),
        new Numbers(),
        new Layouts(),
        new Names(),
        new Conditions(),
        new Operators(),
        new Orders(),
        new Rows(),
        new Steps(),
    ];

    /// <summary>The mutants of one file, in the order of their places.</summary>
    /// <param name="file">Name of the file in the mutants' keys.</param>
    /// <param name="tree">The file.</param>
    /// <param name="model">What its names mean.</param>
    internal static IReadOnlyList<Mutant> In(string file, SyntaxTree tree, SemanticModel model)
    {
        SourceText text = tree.GetText();
        SyntaxNode root = tree.GetRoot();
        var seen = new HashSet<(TextSpan, string)>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        List<Mutant> mutants = [];
        IEnumerable<(SyntaxNode Node, Edit Edit)> edits =
            from node in root.DescendantNodes()
            where IsModel(node)
            from mutator in s_mutators
            from edit in mutator.Edits(node, model)
            select (node, edit);
        foreach ((SyntaxNode node, Edit edit) in edits.OrderBy(e => e.Edit.Span.Start).ThenBy(e => e.Edit.Span.Length))
        {
            if (text.ToString(edit.Span) == edit.Replacement || !seen.Add((edit.Span, edit.Replacement)))
            {
                continue;
            }

            (string before, string after) = Shown(root.FindNode(edit.Span, getInnermostNodeForTie: true), edit, text);
            string member = MemberOf(node);
            string key = $"{file}|{member}|{edit.Kind}|{before} -> {after}";
            int n = counts[key] = counts.GetValueOrDefault(key) + 1;
            mutants.Add(new Mutant(
                n == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key} #{n}"),
                file, text.Lines.GetLineFromPosition(edit.Span.Start).LineNumber + 1, member, edit.Kind, before, after,
                edit.Span.Start, edit.Span.Length, edit.Replacement, TableCode.Holds(file, node, model)));
        }

        return mutants;
    }

    /// <summary>False for what is no behaviour of the machine: attributes, usings, and checks that only throw an exception of ours.</summary>
    private static bool IsModel(SyntaxNode node) => node.AncestorsAndSelf().All(n => n is not (AttributeListSyntax or UsingDirectiveSyntax
        or ThrowStatementSyntax or ThrowExpressionSyntax) && !(n is IfStatementSyntax { Else: null } check && OnlyThrows(check.Statement)));

    private static bool OnlyThrows(StatementSyntax statement) =>
        statement is ThrowStatementSyntax or BlockSyntax { Statements: [ThrowStatementSyntax] };

    /// <summary>So much of the code around the change that a reader knows what it is about.</summary>
    private static (string Before, string After) Shown(SyntaxNode node, Edit edit, SourceText text)
    {
        SyntaxNode shown = node;
        while (!shown.Span.Contains(edit.Span)
            || ((shown.Span.Length < ShortestText || IsPart(shown)) && shown.Parent is { } parent and not MemberDeclarationSyntax
                && parent.Span.Length <= LongestText))
        {
            shown = shown.Parent!;
        }

        string whole = text.ToString(shown.Span);
        int at = edit.Span.Start - shown.SpanStart;
        string changed = string.Concat(whole.AsSpan(0, at), edit.Replacement, whole.AsSpan(at + edit.Span.Length));
        return (OneLine(whole), OneLine(changed));
    }

    /// <summary>Says nothing without what is around it: arguments without the call, a member without its type.</summary>
    private static bool IsPart(SyntaxNode node) => node is ArgumentSyntax or ArgumentListSyntax
        || (node is IdentifierNameSyntax && node.Parent is MemberAccessExpressionSyntax access && access.Name == node);

    private static string OneLine(string code) => WhiteSpace().Replace(Comments().Replace(code, ""), " ").Trim();

    private static string MemberOf(SyntaxNode node)
    {
        MemberDeclarationSyntax? member = node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault();
        string name = member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            EnumMemberDeclarationSyntax value => value.Identifier.Text,
            BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
            ConversionOperatorDeclarationSyntax conversion => conversion.Type.ToString(),
            _ => "",
        };
        if (member is not null and not BaseTypeDeclarationSyntax
            && member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } owner)
        {
            name = $"{owner.Identifier.Text}.{name}";
        }

        return RowOf(node) is { } row ? $"{name}:{row}" : name;
    }

    /// <summary>The first string in the row of a table: the name of a register or an instruction.</summary>
    internal static string? RowOf(SyntaxNode node) => node.AncestorsAndSelf().OfType<ExpressionElementSyntax>().LastOrDefault() is { } row
        ? row.DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault(l => l.IsKind(SyntaxKind.StringLiteralExpression))?.Token.ValueText
            ?? row.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().FirstOrDefault()?.Type.ToString()
            ?? row.DescendantNodes().OfType<MemberAccessExpressionSyntax>().FirstOrDefault()?.ToString()
        : null;

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"//[^\n]*", RegexOptions.None, 1000)]
    private static partial Regex Comments();
}
