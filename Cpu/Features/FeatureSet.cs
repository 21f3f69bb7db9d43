using System.Collections.Frozen;

namespace Conformance.Cpu.Features;

/// <summary>What a PE implements, as names of the architecture (<c>FEAT_NV2</c>).</summary>
public sealed class FeatureSet(IEnumerable<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    public bool Has(string feature) => _names.Contains(feature);
}
