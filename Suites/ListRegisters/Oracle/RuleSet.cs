using System.Globalization;

namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>The rules GV-nnn that an answer rests on.</summary>
internal sealed class RuleSet
{
    internal const int Count = 168;

    private static readonly string[] s_names =
        [.. Enumerable.Range(0, Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"GV-{n:000}"))];

    private readonly ulong[] _bits = new ulong[(Count + 63) / 64];

    /// <summary>The name of a rule by its number.</summary>
    internal static string Name(int rule) => s_names[rule];

    /// <summary>Adds a rule by its number.</summary>
    internal void Cite(int rule) => _bits[rule >> 6] |= 1UL << (rule & 63);

    /// <summary>Adds a rule if it decided something.</summary>
    internal void CiteIf(bool decided, int rule) => _bits[rule >> 6] |= (decided ? 1UL : 0) << (rule & 63);

    /// <summary>Adds those of another set.</summary>
    internal void Cite(RuleSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    internal bool Has(int rule) => (_bits[rule >> 6] >> (rule & 63) & 1) != 0;

    internal IEnumerable<string> Names => Enumerable.Range(0, Count).Where(Has).Select(Name);
}
