using Microsoft.CodeAnalysis;

namespace Conformance.Mutation.Points.Mutators;

/// <summary>What stands next to a symbol in its declaration.</summary>
internal static class Neighbours
{
    /// <summary>The names before and after a symbol in its family; at an end, those of the other end.</summary>
    internal static IEnumerable<string> Of(ISymbol symbol, IReadOnlyList<ISymbol> family)
    {
        int at = family.TakeWhile(s => !SymbolEqualityComparer.Default.Equals(s, symbol)).Count();
        int[] places = [(at + 1) % Math.Max(1, family.Count), (at + family.Count - 1) % Math.Max(1, family.Count)];
        return at == family.Count ? [] : places.Distinct().Where(p => p != at).Select(p => family[p].Name);
    }
}
