using System.Globalization;

namespace Conformance.Suites.Translation.Oracle;

/// <summary>The rules that an answer rests on.</summary>
public sealed class RuleSet
{
    internal const int Count = 160;

    private static readonly string[] s_names =
        [.. Enumerable.Range(0, Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"TR-{n:000}"))];

    private readonly ulong[] _bits = new ulong[(Count + 63) / 64];

    /// <summary>The name of a rule by its number.</summary>
    public static string Name(int rule) => s_names[rule];

    /// <summary>Adds a rule by its number.</summary>
    public void Cite(int rule) => _bits[rule >> 6] |= 1UL << (rule & 63);

    /// <summary>Adds those of another set.</summary>
    public void Cite(RuleSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    public void Clear() => Array.Clear(_bits);

    public IEnumerable<string> Names => Enumerable.Range(0, Count).Where(n => (_bits[n >> 6] >> (n & 63) & 1) != 0).Select(Name);

    public bool Has(int rule) => (_bits[rule >> 6] >> (rule & 63) & 1) != 0;
}
