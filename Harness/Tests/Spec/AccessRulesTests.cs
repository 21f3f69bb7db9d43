using Conformance.Harness.Spec;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Harness.Tests.Spec;

public class AccessRulesTests
{
    [Fact]
    public void All_1515_accessors_with_24100_leaves_are_read()
    {
        AccessRules.Accessors.Count.ShouldBe(1515);
        AccessRules.Accessors.Select(a => a.Id).ShouldBeUnique();
        AccessRules.Accessors.Sum(a => Enumerable.Range(0, 4).Sum(el => a.Tree(el).Leaves.Count)).ShouldBe(24_100);
    }

    [Fact]
    public void Every_accessor_leads_to_a_leaf_from_any_state_at_any_level()
    {
        string[] fields = Fields();
        foreach (int seed in Enumerable.Range(0, 40))
        {
            ArchState state = RandomState(fields, seed);
            foreach (Accessor accessor in AccessRules.Accessors)
            {
                for (int level = 0; level < 4; level++)
                {
                    accessor.Evaluate(state, level, accessor.Indices?.First ?? 0).ShouldNotBeNull();
                }
            }
        }
    }

    [Fact]
    public void A_field_that_no_condition_of_the_tree_names_does_not_matter()
    {
        string[] fields = Fields();
        Prop.ForAll(
            ArbMap.Default.ArbFor<(int Seed, int Accessor, int Level)>(),
            sample =>
            {
                Accessor accessor = AccessRules.Accessors[(sample.Accessor & 0xFFFF) % 1515];
                int level = sample.Level & 3;
                ArchState state = RandomState(fields, sample.Seed);
                string before = accessor.Evaluate(state, level).Text;
                state["TPIDR_EL1.ThreadID"] = 0x1234;
                state["VBAR_EL2.VBA"] = 0x99;
                state["ESR_EL1.EC"] = 0x3f;
                return accessor.Evaluate(state, level).Text == before;
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("MRS SCTLR_EL1", 5, 0xD538_1005u)]
    [InlineData("MSR SCTLR_EL1", 5, 0xD518_1005u)]
    [InlineData("MRS TPIDR_EL2", 0, 0xD53C_D040u)]
    [InlineData("AT S1E1R", 3, 0xD508_7803u)]
    [InlineData("DC ZVA", 0, 0xD50B_7420u)]
    [InlineData("TLBI VMALLE1", 31, 0xD508_871Fu)]
    [InlineData("IC IALLU", 31, 0xD508_751Fu)]
    [InlineData("MRRS TTBR0_EL1", 2, 0xD578_2002u)]
    public void Words_are_those_of_an_independent_assembler(string accessor, int register, uint word) =>
        AccessRules.Find(accessor).Word(register).ShouldBe(word);

    [Fact]
    public void The_immediate_of_msr_is_in_crm() =>
        AccessRules.Find("MSRi DAIFSet").Word(31, immediate: 0b1010).ShouldBe(0xD503_4ADFu);

    [Fact]
    public void Leaves_of_every_kind_are_parsed()
    {
        AccessRules.Accessors.SelectMany(a => Enumerable.Range(0, 4).SelectMany(el => a.Tree(el).Leaves))
            .Select(l => l.Leaf.GetType()).Distinct().Count().ShouldBe(17);
        Leaf leaf = AccessRules.Find("MSR SCTLR_EL1").Tree(1).Leaves.Select(l => l.Leaf).First(l => l.Text == "N:110");
        leaf.ShouldBe(new Leaf.Memory("N:110", 0x110, 0, 64));
    }

    /// <summary>All state fields that the conditions name.</summary>
    private static string[] Fields()
    {
        _ = AccessRules.Accessors;
        return [.. Enumerable.Range(0, NameTable.Fields.Count).Select(NameTable.Fields.Name)];
    }

    private static ArchState RandomState(string[] fields, int seed)
    {
        var random = new System.Random(seed);
        ArchState state = Profile.Nv2.NewState();
        foreach (string field in fields)
        {
            state[field] = (ulong)random.Next(4);
        }

        return state;
    }
}
