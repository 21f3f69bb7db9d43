using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;
using Conformance.Harness.Spec.Solving;
using Conformance.Suites.Access;

namespace Conformance.Suites.Tests.Access;

/// <summary>The order of checks is part of a rule: a device that asks them in another order, or leaves one out, is told.</summary>
public class FlipsTests
{
    private const int RandomStates = 60;

    /// <summary>Ways to get one check of a rule wrong.</summary>
    public enum Error
    {
        AskedBehindTheNext,
        NeverAsked,
        AlwaysFires,
    }

    [Theory]
    [InlineData(Error.AskedBehindTheNext, 500)]
    [InlineData(Error.NeverAsked, 4000)]
    [InlineData(Error.AlwaysFires, 5000)]
    public void Whatever_random_states_can_tell_of_a_wrong_check_some_case_tells(Error error, int atLeast)
    {
        var target = AccessTarget.Of(AccessGiven.Target);
        var flips = new Flips(target);
        var dice = new Suites.Access.Dice(7, nameof(FlipsTests));
        int told = 0;
        List<string> missed = [];
        foreach (IGrouping<(Accessor Accessor, int Level), ReachedLeaf> leaves in target.Leaves.GroupBy(l => (l.Accessor, l.Level)))
        {
            (Accessor accessor, int level) = leaves.Key;
            List<RuleNode.Fork> forks = [.. Forks(accessor.Tree(level).Root)];
            List<(ArchState State, int Index)> cases = [.. leaves.Select(l => (StateOf(target, l), l.Index))];
            cases.AddRange(flips.Of([.. leaves]).Select(n => (n.State.Clone(), n.Access.Index)));
            List<(ArchState State, int Index)> random = RandomLegal(target, accessor, level, leaves.First().Index, dice);
            foreach (RuleNode.Fork fork in forks)
            {
                for (int arm = 0; arm < fork.Arms.Count - (error == Error.AskedBehindTheNext ? 1 : 0); arm++)
                {
                    bool Differs((ArchState State, int Index) at) =>
                        Evaluate(accessor.Tree(level).Root, at.State, level, at.Index, (fork, arm, error))
                        != accessor.Evaluate(at.State, level, at.Index).Text;

                    if (cases.Exists(Differs))
                    {
                        told++;
                    }
                    else if (random.Exists(Differs))
                    {
                        missed.Add($"{accessor.Id}@EL{level}: {fork.Arms[arm].When}");
                    }
                }
            }
        }

        missed.ShouldBeEmpty();
        told.ShouldBeGreaterThan(atLeast);
    }

    [Fact]
    public void No_state_of_an_access_comes_twice()
    {
        var target = AccessTarget.Of(AccessGiven.Target);
        var flips = new Flips(target);
        foreach (IGrouping<(Accessor Accessor, int Level), ReachedLeaf> leaves in target.Leaves.GroupBy(l => (l.Accessor, l.Level)))
        {
            (Accessor accessor, int level) = leaves.Key;
            string Text(ArchState state, int index) => $"{index} " + string.Join(
                ' ', target.Reach.FieldsAsked(accessor, level, index).Concat(leaves.SelectMany(l => l.Fields.Keys))
                    .Append(NameTable.Fields.Id("HCR_EL2.NV1")).Append(NameTable.Fields.Id("HCR_EL2.NV2")).Select(f => state[f]));
            leaves.Select(l => Text(StateOf(target, l), l.Index)).Concat(flips.Of([.. leaves]).Select(n => Text(n.State, n.Access.Index)))
                .ShouldBeUnique($"{accessor.Id}@EL{level}");
        }
    }

    [Theory]
    [InlineData("access/mrs-sctlr_el1/el1-1-t2-18-flip-1-nvx-111", 3)]
    [InlineData("access/mrs-sctlr_el1/el1-1-t2-18-flip-1-hfgrtr_el2.sctlr_el1", 2)]
    [InlineData("access/mrs-sctlr_el1/el1-2-t2-18-flip-2-nvx-111", 3)]
    public void Two_controls_that_are_on_at_once_make_a_case_whose_outcome_is_that_of_the_first(string id, int second)
    {
        // The state of the case without the control that wins leads to the leaf of the other.
        Accessor accessor = AccessRules.Find("MRS SCTLR_EL1");
        var target = AccessTarget.Of(AccessGiven.Target);
        Flips.Near near = new Flips(target).Of([.. target.Leaves.Where(l => l.Accessor == accessor && l.Level == 1)])
            .Select(n => n with { State = n.State.Clone() }).Single(n => n.Access.Id(n.Suffix) == id);
        int first = near.Access.End.Ordinal;
        near.State[first == 1 ? "HCR_EL2.TRVM" : "HFGRTR_EL2.SCTLR_EL1"] = 0;

        accessor.Tree(1).Evaluate(near.State, 1, 0).Ordinal.ShouldBe(second);
        AccessGiven.Cases.Single(c => c.Id == id).Rules.ShouldBe([accessor.LeafId(1, accessor.Tree(1).Leaves[first])]);
    }

    private static ArchState StateOf(AccessTarget target, ReachedLeaf leaf)
    {
        ArchState state = target.Baseline.Clone();
        foreach ((int field, ulong value) in leaf.Fields.Where(f => target.CanSet(f.Key)))
        {
            state[field] = value;
        }

        return state;
    }

    private static List<(ArchState State, int Index)> RandomLegal(AccessTarget target, Accessor accessor, int level, int index, Suites.Access.Dice dice)
    {
        int[] asked = [.. target.Reach.FieldsAsked(accessor, level, index).Where(target.CanSet)];
        List<(ArchState State, int Index)> states = [];
        for (int i = 0; asked.Length > 0 && i < RandomStates; i++)
        {
            ArchState state = target.Baseline.Clone();
            foreach (int field in asked.Where(_ => dice.Coin()))
            {
                ulong[] values = [.. target.Reach.ValuesAsked(accessor, level, index, field)];
                state[field] = values[dice.Below(values.Length)];
            }

            foreach (int field in asked.Where(f => !target.Reach.IsPresent(f, state)))
            {
                state[field] = target.Baseline[field];
            }

            if (target.Reach.Allows(state, level, [.. asked.Where(f => target.Reach.IsPresent(f, state))]))
            {
                states.Add((state, index));
            }
        }

        return states;
    }

    private static IEnumerable<RuleNode.Fork> Forks(RuleNode node) => node is not RuleNode.Fork fork ? []
        : fork.Arms.SelectMany(a => Forks(a.Then)).Concat(Forks(fork.Otherwise)).Prepend(fork);

    /// <summary>The leaf of a rule with one wrong check.</summary>
    private static string Evaluate(RuleNode node, ArchState state, int level, int index, (RuleNode.Fork Fork, int Arm, Error Error) wrong)
    {
        while (node is RuleNode.Fork fork)
        {
            RuleNode next = fork.Otherwise;
            for (int i = 0; i < fork.Arms.Count; i++)
            {
                bool here = fork == wrong.Fork;
                int arm = !here || wrong.Error != Error.AskedBehindTheNext ? i
                    : i == wrong.Arm ? i + 1
                    : i == wrong.Arm + 1 ? i - 1
                    : i;
                (Condition when, RuleNode then) = fork.Arms[arm];
                bool fires = here && arm == wrong.Arm && wrong.Error != Error.AskedBehindTheNext
                    ? wrong.Error == Error.AlwaysFires
                    : when.Holds(state, level, index);
                if (fires)
                {
                    next = then;
                    break;
                }
            }

            node = next;
        }

        return ((RuleNode.End)node).Leaf.Text;
    }
}
