using System.Collections.Frozen;

namespace Conformance.Harness.Spec;

/// <summary>The architectural features (<c>FEAT_NV2</c>, …) that an implementation has.</summary>
public sealed class FeatureSet(IEnumerable<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

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
