using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Suites.Access;

/// <summary>The states around the simplest state of a leaf, in which another check decides or two checks fire at once.</summary>
/// <remarks>
/// A rule asks its checks in order, and the order is part of the rule. So each field that the rule asks for is changed alone,
/// which turns single checks on and off, and the simplest states of any two leaves are laid over each other, which lets the
/// checks of both fire. The rule itself says which leaf the new state leads to. No state comes twice.
/// </remarks>
internal sealed class Flips(AccessTarget target)
{
    private const ulong Prime = 0x100_0000_01B3;

    private static readonly int[] s_nested = [.. new[] { "HCR_EL2.NV2", "HCR_EL2.NV1", "HCR_EL2.NV" }.Select(NameTable.Fields.Id)];
    private static readonly string[] s_nestedSettings = ["001", "011", "101", "111"];
    private static readonly int[] s_secureEl2 = [.. new[] { "SCR_EL3.NS", "SCR_EL3.EEL2" }.Select(NameTable.Fields.Id)];

    private readonly HashSet<(Accessor, int, int, ulong)> _seen = [];

    /// <summary>A state near the one of a leaf.</summary>
    /// <param name="Access">The access, with the leaf that the state leads to.</param>
    /// <param name="State">The state; it is used again for the next one.</param>
    /// <param name="Fields">The fields that matter, by number.</param>
    /// <param name="Suffix">What the id of the case says of it: <c>-flip-3-hcr_el2.tvm</c>, <c>-both-1-3</c>.</param>
    internal readonly record struct Near(AccessCase Access, ArchState State, List<int> Fields, string Suffix);

    /// <summary>The states around the leaves of one accessor at one level; the leaves' own states are taken as known.</summary>
    internal IEnumerable<Near> Of(IReadOnlyList<ReachedLeaf> leaves)
    {
        var state = new ArchState(target.Implementation);
        List<int> fields = [];
        foreach (ReachedLeaf leaf in leaves)
        {
            List<int> asked = Asked(leaf, leaves);
            Start(leaf, state);
            IsNew(leaf, asked, state);
        }

        foreach (ReachedLeaf leaf in leaves)
        {
            List<int> asked = Asked(leaf, leaves);
            foreach ((string name, IReadOnlyList<(int Field, ulong Value)> change) in Changes(leaf, asked))
            {
                Start(leaf, state);
                if (change.All(c => state[c.Field] == c.Value))
                {
                    continue;
                }

                foreach ((int field, ulong value) in change)
                {
                    state[field] = value;
                }

                if (Settle(leaf, asked, state, fields) is { } access && IsNew(leaf, asked, state))
                {
                    yield return new Near(access, state, fields, $"-flip-{leaf.End.Ordinal}-{name}");
                }
            }
        }

        for (int k = 1; k < leaves.Count; k++)
        {
            List<int> asked = Asked(leaves[k], leaves);
            for (int i = 0; i < k; i++)
            {
                if (leaves[i].Index == leaves[k].Index)
                {
                    Start(leaves[k], state);
                    Lay(leaves[i], state);
                    if (Settle(leaves[k], asked, state, fields) is { } access && IsNew(leaves[k], asked, state))
                    {
                        yield return new Near(access, state, fields, $"-both-{leaves[i].End.Ordinal}-{leaves[k].End.Ordinal}");
                    }
                }
            }
        }
    }

    /// <summary>Each field alone, each setting of HCR_EL2.{NV2,NV1,NV}, and Secure state with EL2.</summary>
    private IEnumerable<(string Name, IReadOnlyList<(int Field, ulong Value)> Change)> Changes(ReachedLeaf leaf, List<int> asked)
    {
        foreach (int field in asked)
        {
            string name = NameTable.Fields.Name(field).ToLowerInvariant();
            bool single = target.Reach.Width(field) == 1;
            foreach (ulong value in target.Reach.ValuesAsked(leaf.Accessor, leaf.Level, leaf.Index, field))
            {
                yield return (single ? name : $"{name}-{value}", [(field, value)]);
            }
        }

        if (s_nested.All(asked.Contains))
        {
            foreach (string bits in s_nestedSettings)
            {
                yield return ($"nvx-{bits}", [.. s_nested.Select((f, i) => (f, bits[i] - (ulong)'0'))]);
            }
        }

        if (s_secureEl2.All(asked.Contains))
        {
            yield return ("secure-el2", [(s_secureEl2[0], 0), (s_secureEl2[1], 1)]);
        }
    }

    /// <summary>The access in a changed state, or null if the state is not legal.</summary>
    private AccessCase? Settle(ReachedLeaf leaf, IReadOnlyList<int> asked, ArchState state, List<int> fields)
    {
        fields.Clear();
        foreach (int field in asked)
        {
            // With HCR_EL2.E2H fields come and go; one that went is neutral again.
            if (target.Reach.IsPresent(field, state))
            {
                fields.Add(field);
            }
            else
            {
                state[field] = target.Baseline[field];
            }
        }

        if (!target.Reach.Allows(state, leaf.Level, fields))
        {
            return null;
        }

        return new AccessCase(leaf.Accessor, leaf.Level, leaf.Index, leaf.Accessor.Tree(leaf.Level).Evaluate(state, leaf.Level, leaf.Index));
    }

    private bool IsNew(ReachedLeaf leaf, IReadOnlyList<int> asked, ArchState state)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (int field in asked)
        {
            ulong value = state[field];
            hash = (hash ^ value ^ (value >> 29)) * Prime;
        }

        return _seen.Add((leaf.Accessor, leaf.Level, leaf.Index, hash));
    }

    private void Start(ReachedLeaf leaf, ArchState state)
    {
        state.CopyFrom(target.Baseline);
        Lay(leaf, state);
    }

    /// <summary>Puts the fields that lead to a leaf into a state, where they differ from the neutral one.</summary>
    private void Lay(ReachedLeaf leaf, ArchState state)
    {
        foreach ((int field, ulong value) in leaf.Fields)
        {
            if (value != target.Baseline[field])
            {
                state[field] = value;
            }
        }
    }

    /// <summary>
    /// The fields that the rule asks for, and those that only make the states of its leaves legal. Where HCR_EL2.NV is among
    /// them so are NV1 and NV2, which a device may wrongly ask for.
    /// </summary>
    private List<int> Asked(ReachedLeaf leaf, IReadOnlyList<ReachedLeaf> leaves)
    {
        IEnumerable<int> asked = target.Reach.FieldsAsked(leaf.Accessor, leaf.Level, leaf.Index)
            .Concat(leaves.Where(l => l.Index == leaf.Index).SelectMany(l => l.Fields.Keys));
        List<int> all = [.. asked.Distinct()];
        return [.. all.Concat(all.Contains(s_nested[^1]) ? s_nested : []).Distinct().Where(target.CanSet)];
    }
}
