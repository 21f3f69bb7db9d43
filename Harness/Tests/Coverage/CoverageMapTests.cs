using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Coverage;

public class CoverageMapTests
{
    private const ulong Nv = 1UL << 42;
    private const ulong Nv1 = 1UL << 43;
    private const ulong Nv2 = 1UL << 45;

    [Fact]
    public void Every_leaf_of_every_level_is_counted_guards_included()
    {
        // Per level the guard and: U; 4 outcomes; 2; 2.
        LeafRow[] rows = [.. Map([]).Leaves.Where(l => l.Accessor == "MRS DEMO_EL1")];

        rows.CountBy(l => l.Level).Select(l => l.Value).ShouldBe([2, 5, 3, 3]);
        rows.ShouldAllBe(l => l.State == (Synthetic.Reachable.Contains(l.Rule) ? LeafState.Missing : LeafState.Unreachable));
    }

    [Theory]
    [InlineData(Verdict.Pass, LeafState.Pass)]
    [InlineData(Verdict.Waived, LeafState.Waived)]
    [InlineData(Verdict.Fail, LeafState.Fail)]
    [InlineData(Verdict.Skip, LeafState.Skip)]
    [InlineData(Verdict.Error, LeafState.Skip)]
    public void A_leaf_has_the_verdict_of_its_case(Verdict verdict, LeafState state) =>
        Row(Map([(Synthetic.Done, verdict)]), Synthetic.Done).State.ShouldBe(state);

    [Fact]
    public void Of_several_cases_the_worst_verdict_decides()
    {
        CoverageMap map = Map(
        [
            (Synthetic.Done, Verdict.Pass), (Synthetic.Done, Verdict.Fail), (Synthetic.Done, Verdict.Waived),
            (Synthetic.Trapped, Verdict.Pass), (Synthetic.Trapped, Verdict.Waived),
            (Synthetic.ToMemory, Verdict.Pass), (Synthetic.ToMemory, Verdict.Skip),
        ]);

        Row(map, Synthetic.Done).State.ShouldBe(LeafState.Fail);
        Row(map, Synthetic.Trapped).State.ShouldBe(LeafState.Waived);
        Row(map, Synthetic.ToMemory).State.ShouldBe(LeafState.Pass);
        Row(map, Synthetic.Done).Cases.Total.ShouldBe(3);
    }

    [Theory]
    [InlineData(Synthetic.Trapped, new[] { "HCR_EL2.TRVM" })]
    [InlineData(Synthetic.FineGrained, new[] { "HFGRTR_EL2.SCTLR_EL1", "SCR_EL3.FGTEn" })]
    [InlineData(Synthetic.ToMemory, new[] { "HCR_EL2.NV" })]
    [InlineData(Synthetic.Done, new string[0])]
    [InlineData("MRS DEMO_EL1@EL2#1:R:OTHER_EL1", new[] { "HCR_EL2.E2H" })]
    public void The_controls_of_a_leaf_are_those_that_lead_to_it(string leaf, string[] controls) =>
        Row(Map([]), leaf).Controls.ShouldBe(controls);

    [Theory]
    [InlineData(Synthetic.Trapped, new[] { "FEAT_VHE" })]
    [InlineData(Synthetic.FineGrained, new[] { "FEAT_FGT", "FEAT_VHE" })]
    [InlineData(Synthetic.ToMemory, new[] { "FEAT_NV", "FEAT_NV2", "FEAT_VHE" })]
    [InlineData("MRS DEMO_EL1@EL1#0:U", new string[0])]
    [InlineData("MRS DEMO_EL1@EL2#1:R:OTHER_EL1", new[] { "FEAT_SRMASK", "FEAT_VHE" })]
    public void The_features_of_a_leaf_are_those_that_it_cannot_do_without(string leaf, string[] features) =>
        Row(Map([]), leaf).Features.ShouldBe(features);

    [Theory]
    [InlineData("MRS DEMO_EL1@EL1#0:U", "needs a device without FEAT_VHE")]
    [InlineData("MRS DEMO_EL1@EL2#1:R:OTHER_EL1", "needs FEAT_SRMASK")]
    [InlineData("MRS DEMO_EL1@EL3#1:U", "needs FEAT_RAS and the choice EL3_trap_priority_in_SDD and Debug state")]
    [InlineData("MRS DEMO_EL1@EL2#2:R:DEMO_EL1", "no legal state leads there")] // the suite says that it cannot be reached
    [InlineData("MSR GONE_EL1@EL1#1:W:GONE_EL1", "needs FEAT_SRMASK")]
    [InlineData("MSR GONE_EL1@EL1#0:U", "the suite leaves the accessor out")]
    [InlineData(Synthetic.Done, "because")]
    public void A_leaf_that_was_not_reached_says_why(string leaf, string reason) => Row(Map([]), leaf).Reason.ShouldBe(reason);

    [Fact]
    public void A_level_that_the_device_lacks_is_the_reason()
    {
        var table = LeafTable.Of([Synthetic.Read], Synthetic.Target with { HighestLevel = 2 });

        CoverageMap map = MapMaker.Of("access", table, Synthetic.Reachable, new CoverageCounter(Synthetic.Target), _ => "because");

        map.Leaves.Where(l => l.Level == 3).ShouldAllBe(l => l.Reason == "needs EL3");
    }

    [Fact]
    public void Totals_count_accessors_and_leaves_for_each_part()
    {
        CoverageTotals totals = Map([(Synthetic.Done, Verdict.Pass), (Synthetic.Trapped, Verdict.Fail), (Synthetic.ToMemory, Verdict.Waived)]).Totals();

        totals.Accessors.ShouldBe(new AccessorCounts(2, 1, 1));
        totals.Leaves.ShouldBe(new LeafCounts(13 + 8, 4, 3, 1, 1));
        totals.Leaves.Missing.ShouldBe(1);
        totals.Levels.Select(l => l.Name).ShouldBe(["EL0", "EL1", "EL2", "EL3"]);
        totals.Levels[1].Leaves.ShouldBe(new LeafCounts(5 + 2, 4, 3, 1, 1));
        totals.Levels[2].Accessors.ShouldBe(new AccessorCounts(2, 0, 0));
        totals.Kinds.Single(k => k.Name == "T2").Leaves.ShouldBe(new LeafCounts(2, 2, 1, 1, 0));
        totals.Controls.Select(c => c.Name).ShouldBe(["HCR_EL2.E2H", "HCR_EL2.NV", "HCR_EL2.TRVM", "HFGRTR_EL2.SCTLR_EL1", "SCR_EL3.FGTEn", "SCR_EL3.TERR"]);
        totals.Features.Single(f => f.Name == "FEAT_FGT").Leaves.ShouldBe(new LeafCounts(1, 1, 0, 0, 0));
    }

    [Fact]
    public void A_pattern_of_the_NV_bits_is_reached_by_the_outcome_it_has_without_traps()
    {
        var counter = new CoverageCounter(Synthetic.Target);
        Add("1", Synthetic.Done, new RegisterValue("HCR_EL2", 0));
        Add("2", Synthetic.Done, new RegisterValue("HCR_EL2", Nv2)); // NV2 without NV acts as 000
        Add("3", Synthetic.ToMemory, new RegisterValue("HCR_EL2", Nv | Nv2));
        Add("4", Synthetic.Trapped, new RegisterValue("HCR_EL2", Nv)); // a trap in front of it
        Add("5", Synthetic.Done, new RegisterValue("HCR_EL2", Nv | Nv1 | Nv2), new RegisterValue("SCR_EL3", 0)); // EL2 is not enabled
        Add("6", "VNCR+0x110 MRS DEMO_EL1 NVx=111"); // another suite's name for it

        CoverageMap map = MapMaker.Of("access", Synthetic.Table, Synthetic.Reachable, counter, _ => "because");

        map.NvBits.Select(n => (n.Pattern, n.Leaf, n.Cases.Pass, n.State)).ShouldBe(
        [
            ("000", "R:DEMO_EL1", 3, LeafState.Pass), ("001", "R:DEMO_EL1", 0, LeafState.Missing), ("011", "R:DEMO_EL1", 0, LeafState.Missing),
            ("101", "N:110", 1, LeafState.Pass), ("111", "N:110", 1, LeafState.Pass),
        ]);

        void Add(string id, string rule, params RegisterValue[] registers) =>
            counter.Add(Synthetic.Judged(Synthetic.Case(id, rule, registers), Verdict.Pass));
    }

    [Fact]
    public void Without_FEAT_NV2_there_are_three_patterns_and_without_FEAT_NV_none_matters()
    {
        var nv1 = new SuiteTarget(new FeatureSet([.. Synthetic.Target.Features.Names.Where(f => f != "FEAT_NV2")]), 3);
        var none = new SuiteTarget(new FeatureSet([.. Synthetic.Target.Features.Names.Where(f => f is not ("FEAT_NV" or "FEAT_NV2"))]), 3);

        new NvBits(nv1).Patterns.ShouldBe(["000", "001", "011"]);
        LeafTable.Of([Synthetic.Read], none).Patterns.ShouldBeEmpty();
    }

    private static CoverageMap Map((string Rule, Verdict Verdict)[] judged)
    {
        var counter = new CoverageCounter(Synthetic.Target);
        foreach ((int i, (string rule, Verdict verdict)) in judged.Index())
        {
            counter.Add(Synthetic.Judged(Synthetic.Case($"{i}", rule), verdict));
        }

        return MapMaker.Of("access", Synthetic.Table, Synthetic.Reachable, counter, _ => "because");
    }

    private static LeafRow Row(CoverageMap map, string rule) => map.Leaves.Single(l => l.Rule == rule);
}
