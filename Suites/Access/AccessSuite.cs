using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Suites.Access;

/// <summary>Every system-register access and system instruction: each leaf of each rule that the device can reach.</summary>
/// <remarks>
/// Source: the access facts (<c>Fixtures/spec/access-rules.jsonl</c>). One case is one instruction at one level in a state
/// found by search. Accessors that are UNDEFINED everywhere on the device are among them.
/// </remarks>
public sealed class AccessSuite : ISuite
{
    public string Name => "access";

    public string Title => "who may execute which system-register access, and what it does";

    public bool RulesAreLeaves => true;

    public IReadOnlyList<string> Reachable(SuiteTarget target) => [.. AccessTarget.Of(target).Reachable.Select(l => l.Id)];

    public IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => AccessTarget.Of(target).Unreached;

    /// <summary>
    /// First each leaf from its simplest state, then the states around it, then each leaf again with everything changed that
    /// must not matter.
    /// </summary>
    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed)
    {
        var access = AccessTarget.Of(target);
        ArchState state = access.Baseline.Clone(); // of one case after the other: no case refers to it
        foreach (ReachedLeaf leaf in access.Leaves)
        {
            if (Plain(access, leaf, state, seed) is { } made)
            {
                yield return made;
            }
        }

        foreach (Case made in Elements(access, state, seed))
        {
            yield return made;
        }

        var flips = new Flips(access);
        foreach (IGrouping<(Accessor, int), ReachedLeaf> leaves in access.Leaves.GroupBy(l => (l.Accessor, l.Level)))
        {
            foreach (Flips.Near near in flips.Of([.. leaves]))
            {
                if (Make(access, near.Access, near.State, near.Fields, near.Suffix, seed) is { } made)
                {
                    yield return made;
                }
            }
        }

        var noise = new StateNoise(access);
        foreach (ReachedLeaf leaf in access.Leaves)
        {
            if (Noisy(access, noise, leaf, state, seed) is { } made)
            {
                yield return made;
            }
        }
    }

    private static Case? Plain(AccessTarget target, ReachedLeaf leaf, ArchState state, ulong seed)
    {
        List<int> fields = Start(target, leaf, state);
        return Make(target, Ref(leaf), state, fields, "", seed);
    }

    /// <summary>Each element of an array once per level, from the neutral state, where no leaf's case has it already.</summary>
    private static IEnumerable<Case> Elements(AccessTarget target, ArchState state, ulong seed)
    {
        foreach (IGrouping<(Accessor Accessor, int Level), ReachedLeaf> group in target.Leaves
            .Where(l => l.Accessor.Indices is not null).GroupBy(l => (l.Accessor, l.Level)))
        {
            (Accessor accessor, int level) = group.Key;
            (int first, int last) = accessor.Indices!.Value;
            for (int index = first; index <= last; index++)
            {
                // The last leaf in reading order is the one that no trap is in front of.
                IReadOnlyList<ReachedLeaf> leaves = target.Reach.Leaves(accessor, level, index);
                if (leaves.Count > 0 && !group.Any(l => l.Index == index && l.End == leaves[^1].End)
                    && Plain(target, leaves[^1], state, seed) is { } made)
                {
                    yield return made;
                }
            }
        }
    }

    private static Case? Noisy(AccessTarget target, StateNoise noise, ReachedLeaf leaf, ArchState state, ulong seed)
    {
        List<int> fields = Start(target, leaf, state);
        var dice = new Dice(seed, leaf.Id);
        noise.Add(Ref(leaf), target.Reach.FieldsAsked(leaf.Accessor, leaf.Level, leaf.Index), state, fields, dice);
        return Make(target, Ref(leaf), state, fields, "-noise", seed);
    }

    /// <summary>Makes a state the simplest one of a leaf.</summary>
    /// <returns>The fields that matter.</returns>
    private static List<int> Start(AccessTarget target, ReachedLeaf leaf, ArchState state)
    {
        state.CopyFrom(target.Baseline);
        List<int> fields = [];
        foreach ((int field, ulong value) in leaf.Fields.Where(f => target.CanSet(f.Key)))
        {
            state[field] = value;
            fields.Add(field);
        }

        return fields;
    }

    private static AccessCase Ref(ReachedLeaf leaf) => new(leaf.Accessor, leaf.Level, leaf.Index, leaf.End);

    private static Case? Make(AccessTarget target, AccessCase access, ArchState state, List<int> fields, string suffix, ulong seed)
    {
        if (!target.IsSeen(access.End.Leaf))
        {
            return null;
        }

        string id = access.Id(suffix);
        if (Choices.Has(access))
        {
            // Where the device may choose, what decides behind the choice has to be set too.
            fields = [.. fields.Union(target.Reach.FieldsAsked(access.Accessor, access.Level, access.Index).Where(target.CanSet))];
        }

        if (AccessSetup.Of(target, access, state, fields, new Dice(seed, id)) is not { } setup)
        {
            return null;
        }

        CaseBuilder described = CaseBuilder.Case(id, Sentence(target, access, state, fields))
            .Rules(access.Rule)
            .Needs(RuleNames.Of(access.Accessor, access.Level).Needs(target.Target.Features));
        return AccessCases.Build(described, setup, target.IsPresent(access.Accessor) ? Choices.Leaves(target, access, state) : [Choices.Undefined]);
    }

    private static string Sentence(AccessTarget target, AccessCase access, ArchState state, List<int> fields)
    {
        string where = string.Join(
            ", ", fields.Where(f => state[f] != target.Baseline[f]).Select(f => $"{NameTable.Fields.Name(f)} = {state[f]}").Order(StringComparer.Ordinal));
        return $"{access.Text} at EL{access.Level}{(where.Length > 0 ? " with " + where : "")} leads to {access.End.Leaf.Text}";
    }
}
