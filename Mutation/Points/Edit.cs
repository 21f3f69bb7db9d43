using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Points;

/// <summary>One change of a source text.</summary>
/// <param name="Kind">What it gets wrong.</param>
/// <param name="Span">The text that is replaced, in characters of the file.</param>
/// <param name="Replacement">What stands there instead.</param>
internal sealed record Edit(MutationKind Kind, TextSpan Span, string Replacement);
