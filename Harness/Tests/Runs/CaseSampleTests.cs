using Conformance.Harness.Runs;

namespace Conformance.Harness.Tests.Runs;

/// <summary>A sample is spread over the groups, keeps the order, and depends on nothing but the cases and the seed.</summary>
public class CaseSampleTests
{
    private static readonly Case[] s_cases =
        [.. Enumerable.Range(0, 90).Select(n => Given.Case($"nv/large/{n}")), .. Enumerable.Range(0, 10).Select(n => Given.Case($"nv/small{n % 5}/{n}"))];

    [Fact]
    public void Every_group_has_a_case_before_one_has_two()
    {
        Ids(6, 1).Select(Group).ShouldBe(["nv/large", "nv/small0", "nv/small1", "nv/small2", "nv/small3", "nv/small4"], ignoreOrder: true);
        Ids(12, 1).CountBy(Group).ShouldAllBe(g => g.Value == 2);
        Ids(40, 1).Count(id => Group(id) == "nv/large").ShouldBe(30);
    }

    [Fact]
    public void The_order_is_kept_and_the_seed_decides()
    {
        string[] all = [.. s_cases.Select(c => c.Id)];

        Ids(50, 1).ShouldBe(all.Where(Ids(50, 1).Contains));
        Ids(50, 1).ShouldBe(Ids(50, 1));
        Ids(50, 2).ShouldNotBe(Ids(50, 1));
        Ids(50, 1).ShouldBeUnique();
    }

    [Fact]
    public void Where_there_are_fewer_all_are_taken() => Ids(100, 3).ShouldBe(s_cases.Select(c => c.Id));

    [Fact]
    public void A_run_takes_so_many_of_each_suite_and_says_so()
    {
        RunPlan plan = Given.Plan(_ => Given.AsExpected, s_cases) with { Sample = 20 };
        string suite = plan.Suites.Single().Name;

        RunSummary summary = Runner.Run(plan);

        summary.Counts.Total.ShouldBe(20);
        summary.Sample.ShouldBe(20);
        Runner.Run(plan with { SmallerSamples = new Dictionary<string, int> { [suite] = 3 } }).Counts.Total.ShouldBe(3);
        Runner.Run(plan with { SmallerSamples = new Dictionary<string, int> { [suite] = 30 } }).Counts.Total.ShouldBe(20);
        Runner.Run(plan with { Sample = null }).Counts.Total.ShouldBe(100);
    }

    private static string[] Ids(int most, ulong seed) => [.. CaseSample.Of(s_cases, most, seed).Select(c => c.Id)];

    private static string Group(string id) => id[..id.LastIndexOf('/')];
}
