using System.Collections.Frozen;

namespace Conformance.Harness.Spec;

/// <summary>The architectural features (<c>FEAT_NV2</c>, …) that an implementation has, and how many of some things.</summary>
/// <param name="names">The features.</param>
/// <param name="numbers">Numbers by name (<c>$NUM_BREAKPOINTS</c>, <c>$NUM_PMU_COUNTERS</c>, …), as far as they are known.</param>
public sealed class FeatureSet(IEnumerable<string> names, IReadOnlyDictionary<string, long>? numbers = null)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    /// <summary>Numbers of the implementation by name, as the access facts call them; only those that are known.</summary>
    public IReadOnlyDictionary<string, long> Numbers { get; } = numbers ?? FrozenDictionary<string, long>.Empty;

    public bool Has(string feature) => _names.Contains(feature);

    /// <summary>The first of <paramref name="needs"/> that is not met (<c>!FEAT_X</c>: must be absent), or null.</summary>
    public string? FirstUnmet(IReadOnlyList<string> needs)
    {
        foreach (string need in needs)
        {
            bool met = need.StartsWith('!') ? !Has(need[1..]) : Has(need);
            if (!met)
            {
                return need;
            }
        }

        return null;
    }
}
