using Microsoft.CodeAnalysis;

namespace Conformance.Mutation.Points;

/// <summary>Knows one way in which code can be wrong.</summary>
internal interface IMutator
{
    /// <summary>The changes that this mutator makes at a node; it is asked about every node of a file.</summary>
    IEnumerable<Edit> Edits(SyntaxNode node, SemanticModel model);
}
