namespace Conformance.Harness.Coverage;

/// <summary>What a run reached of the access facts: every leaf of the architecture, and every pattern of the NV bits.</summary>
/// <param name="Suite">The suite whose rules the leaves are.</param>
/// <param name="Leaves">In the order of the facts.</param>
/// <param name="NvBits">The accessors whose outcome at EL1 depends on the NV bits, in the order of the facts, then by pattern.</param>
public sealed record CoverageMap(string Suite, IReadOnlyList<LeafRow> Leaves, IReadOnlyList<NvRow> NvBits)
{
    /// <summary>The figures that a summary gives.</summary>
    public CoverageTotals Totals()
    {
        PartCount all = new();
        Dictionary<string, PartCount> levels = new(StringComparer.Ordinal);
        Dictionary<string, PartCount> kinds = new(StringComparer.Ordinal);
        Dictionary<string, PartCount> features = new(StringComparer.Ordinal);
        Dictionary<string, PartCount> controls = new(StringComparer.Ordinal);
        string[] names = ["EL0", "EL1", "EL2", "EL3"];
        foreach (LeafRow leaf in Leaves)
        {
            all.Add(leaf);
            Part(levels, names[leaf.Level]).Add(leaf);
            Part(kinds, leaf.Kind).Add(leaf);
            foreach (string feature in leaf.Features)
            {
                Part(features, feature).Add(leaf);
            }

            foreach (string control in leaf.Controls)
            {
                Part(controls, control).Add(leaf);
            }
        }

        return new CoverageTotals(
            all.Accessors, all.Leaves, Parts(levels), Parts(kinds), Parts(features), Parts(controls), LeafCounts.Of(NvBits.Select(n => n.State)));
    }

    private static PartCount Part(Dictionary<string, PartCount> parts, string name) =>
        parts.TryGetValue(name, out PartCount? part) ? part : parts[name] = new PartCount();

    private static IReadOnlyList<CoveragePart> Parts(Dictionary<string, PartCount> parts) =>
        [.. parts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new CoveragePart(p.Key, p.Value.Accessors, p.Value.Leaves))];

    /// <summary>Counts the leaves of a part, and the accessors, whose leaves come one after the other.</summary>
    private sealed class PartCount
    {
        private string? _accessor;
        private LeafCounts _ofAccessor;
        private AccessorCounts _before;

        public LeafCounts Leaves { get; private set; }

        public AccessorCounts Accessors => _accessor is null ? _before : new AccessorCounts(
            _before.Architecture + 1,
            _before.Reachable + (_ofAccessor.Reachable > 0 ? 1 : 0),
            _before.Reached + (_ofAccessor.Reached > 0 ? 1 : 0));

        public void Add(LeafRow leaf)
        {
            if (leaf.Accessor != _accessor)
            {
                _before = Accessors;
                _accessor = leaf.Accessor;
                _ofAccessor = default;
            }

            _ofAccessor = _ofAccessor.Plus(leaf.State);
            Leaves = Leaves.Plus(leaf.State);
        }
    }
}

/// <summary>The figures of a <see cref="CoverageMap"/>. Lists are in ordinal order of their names.</summary>
/// <param name="Accessors">Instructions with an encoding of their own: MRS and MSR of a register are two.</param>
/// <param name="Leaves">Outcomes, counted per accessor and exception level.</param>
/// <param name="Levels">By exception level of the access.</param>
/// <param name="Kinds">By outcome: U, T1, T2, T3, N, R, W, O, ….</param>
/// <param name="Features">By the features without which the leaf cannot be reached; a leaf can have several.</param>
/// <param name="Controls">By the controls that lead to the leaf; a leaf can have several.</param>
/// <param name="NvBits">Accessor and pattern of the NV bits at EL1, where the outcome depends on them.</param>
public sealed record CoverageTotals(
    AccessorCounts Accessors,
    LeafCounts Leaves,
    IReadOnlyList<CoveragePart> Levels,
    IReadOnlyList<CoveragePart> Kinds,
    IReadOnlyList<CoveragePart> Features,
    IReadOnlyList<CoveragePart> Controls,
    LeafCounts NvBits);
