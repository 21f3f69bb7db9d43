using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Harness.Tests.Spec;

public class ReachTests
{
    private static readonly Lazy<IReadOnlyList<ReachedLeaf>> s_nv2 = new(() => All(Profile.Nv2.NewState()));

    /// <summary>A leaf counts once per level, whatever the array index; IMPLEMENTATION DEFINED spaces do not count.</summary>
    [Fact]
    public void Profile_nv2_reaches_8453_leaves_4941_of_them_of_accessors_that_do_something()
    {
        ILookup<Accessor, ReachedLeaf> leaves = s_nv2.Value.ToLookup(l => l.Accessor);

        leaves.Sum(l => l.Count()).ShouldBe(8453);
        leaves.Where(a => a.Any(l => l.End.Leaf is not Leaf.Undefined)).Sum(a => a.Count()).ShouldBe(4941);
    }

    [Fact]
    public void Every_state_leads_to_the_leaf_it_was_found_for_whatever_the_other_fields_are()
    {
        var random = new Random(7);
        foreach (ReachedLeaf leaf in s_nv2.Value.Where((_, i) => i % 5 == 0))
        {
            ArchState state = Profile.Nv2.NewState();
            foreach (string field in new[] { "HCR_EL2.TVM", "HCR_EL2.TSC", "MDCR_EL2.TDA", "HFGRTR_EL2.TPIDR_EL1", "SCTLR_EL1.UCT" })
            {
                state[field] = (ulong)random.Next(2);
            }

            foreach ((string field, ulong value) in leaf.NamedFields)
            {
                state[field] = value;
            }

            leaf.Accessor.Tree(leaf.Level).Evaluate(state, leaf.Level, leaf.Index).ShouldBe(leaf.End, leaf.Id);
        }
    }

    [Fact]
    public void A_path_that_needs_two_values_of_one_field_is_not_reached()
    {
        // SCTLR_EL1 at EL2: with E2H = 1 the name means SCTLR_EL2, and nothing can trap it there.
        var reach = new Reach(Profile.Nv2.NewState());

        reach.Leaves(AccessRules.Find("MRS SCTLR_EL1"), 2).Select(l => l.End.Leaf.Text).ShouldBe(["R:SCTLR_EL2", "R:SCTLR_EL1"]);
        reach.Leaves(AccessRules.Find("MRS VBAR_EL12"), 1).Select(l => l.End.Leaf.Text).ShouldBe(["N:250", "T2:18", "U"]);
    }

    private static List<ReachedLeaf> All(ArchState near)
    {
        var reach = new Reach(near);
        List<ReachedLeaf> found = [];
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => !a.IsImplementationDefined))
        {
            for (int level = 0; level < 4; level++)
            {
                found.AddRange(reach.LeavesOverIndices(accessor, level));
            }
        }

        return found;
    }
}
