using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Tests.Runs;

public class RunnerTests
{
    private static readonly Waiver s_waiver = new(
        "Q1", new CasePatterns(["nv/known/*"]), "qemu", VersionRange.TryParse("*")!, "EX-153", "Known.", "nv/known/1", []);

    [Fact]
    public void Every_case_gets_a_verdict_and_the_summary_counts_them()
    {
        Case[] cases =
        [
            Given.Case("nv/a/1"), Given.Case("nv/a/2"), Given.Case("nv/a/3") with { Needs = ["FEAT_SME"] },
            Given.Case("nv/known/1"), Given.Case("nv/a/4"), Given.Case("nv/a/5"),
        ];
        RunPlan plan = Given.Plan(
            c => c.Id switch
            {
                "nv/a/2" or "nv/known/1" => Given.Wrong,
                "nv/a/4" => new Observation.Died("exit code 1"),
                "nv/a/5" => new Observation.TimedOut("PC 0"),
                _ => Given.AsExpected,
            },
            cases) with
        { Waivers = new WaiverSet([s_waiver]) };
        var progress = new Recorded();

        RunSummary summary = Runner.Run(plan, progress);

        summary.Complete.ShouldBeTrue();
        summary.Counts.ShouldBe(new VerdictCounts(Pass: 1, Fail: 1, Skip: 1, Waived: 1, Error: 2));
        summary.Device.ShouldBe("qemu");
        summary.Features.ShouldBe(["FEAT_NV", "FEAT_NV2"]);
        progress.Judgements.Select(j => j.Case.Id).ShouldBe(cases.Select(c => c.Id));
        progress.Judgements[2].Reason.ShouldBe("needs FEAT_SME");
        progress.Judgements[3].Reason.ShouldBe("Known.");
        progress.Last.ShouldBe((summary.Counts, 6));
    }

    [Fact]
    public void Of_cases_that_are_known_to_end_the_device_only_the_smallest_is_sent()
    {
        List<string> sent = [];
        RunPlan plan = Given.Plan(
            c =>
            {
                sent.Add(c.Id);
                return new Observation.Died("signal 6");
            },
            Given.Case("nv/known/1"), Given.Case("nv/known/2"), Given.Case("nv/known/3")) with
        { Waivers = new WaiverSet([s_waiver with { EndsDevice = true }]) };

        RunSummary summary = Runner.Run(plan);

        sent.ShouldBe(["nv/known/1"]);
        summary.Counts.ShouldBe(new VerdictCounts(Pass: 0, Fail: 0, Skip: 2, Waived: 1, Error: 0));
    }

    [Fact]
    public void Order_is_kept_over_many_batches()
    {
        Case[] cases = [.. Enumerable.Range(0, 20_000).Select(i => Given.Case($"nv/a/{i}") with { Needs = i % 3 == 0 ? ["FEAT_X"] : [] })];
        var progress = new Recorded();

        Runner.Run(Given.Plan(_ => Given.AsExpected, cases), progress);

        progress.Judgements.Select(j => j.Case.Id).ShouldBe(cases.Select(c => c.Id));
    }

    [Fact]
    public void Only_the_selected_cases_run_and_other_suites_are_not_even_generated()
    {
        RunPlan plan = Given.Plan(_ => Given.AsExpected, Given.Case("nv/a/1"), Given.Case("nv/b/1"));

        Runner.Run(plan with { Only = new CasePatterns(["*/b/*"]) }).Counts.Total.ShouldBe(1);
        Runner.Run(plan with { Only = new CasePatterns(["other/*"]) }).Counts.Total.ShouldBe(0);
        var suite = new FakeSuite([Given.Case("nv/a/1")]);
        Runner.Run(plan with { Suites = [suite], Only = new CasePatterns(["other/*"]) });
        suite.Generated.ShouldBeFalse();
    }

    [Fact]
    public void Cases_of_a_file_are_run_instead_of_the_suites()
    {
        RunPlan plan = Given.Plan(_ => Given.AsExpected, Given.Case("nv/a/1")) with
        {
            Cases = [Given.Case("mine/a"), Given.Case("mine/b")],
            CasesFile = "my cases.jsonl",
        };

        RunSummary summary = Runner.Run(plan);

        summary.Counts.Total.ShouldBe(2);
        summary.Coverage.ShouldBeEmpty();
        plan.Replay(Given.Case("mine/a")).ShouldBe("./conformance run --device qemu --cases 'my cases.jsonl' --only mine/a --seed 7");
    }

    [Fact]
    public void Rules_count_as_covered_when_a_case_was_judged_not_when_it_was_skipped_or_died()
    {
        Case[] cases =
        [
            Given.Case("nv/a/1") with { Rules = ["EX-153"] },
            Given.Case("nv/a/2") with { Rules = ["EX-154"], Needs = ["FEAT_X"] },
            Given.Case("nv/a/3") with { Rules = ["EX-155"] },
        ];

        SuiteCoverage coverage = Runner.Run(
            Given.Plan(c => c.Id == "nv/a/3" ? new Observation.Died("") : Given.AsExpected, cases)).Coverage.Single();

        coverage.ShouldSatisfyAllConditions(
            c => c.Covered.ShouldBe(1),
            c => c.Reachable.ShouldBe(3),
            c => c.Missing.ShouldBe(["EX-154", "EX-155"]));
    }

    [Fact]
    public void A_waiver_whose_smallest_case_passes_is_stale()
    {
        RunPlan plan = Given.Plan(_ => Given.AsExpected, Given.Case("nv/known/1"), Given.Case("nv/known/2")) with
        {
            Waivers = new WaiverSet([s_waiver, s_waiver with { Id = "Q2", Cases = new CasePatterns(["nv/gone/*"]) }]),
        };

        IReadOnlyList<WaiverUse> uses = Runner.Run(plan).Waivers;

        uses[0].Stale.ShouldBeTrue();
        uses[0].Passed.ShouldBe(2);
        uses[1].Stale.ShouldBeFalse(); // none of its cases ran
    }

    [Fact]
    public void A_waiver_is_not_stale_while_another_of_its_rule_explains_failures()
    {
        RunPlan plan = Given.Plan(c => c.Id == "nv/other/1" ? Given.Wrong : Given.AsExpected, Given.Case("nv/known/1"), Given.Case("nv/other/1")) with
        {
            Waivers = new WaiverSet([s_waiver, s_waiver with { Id = "Q2", Cases = new CasePatterns(["nv/other/*"]) }]),
        };

        Runner.Run(plan).Waivers.ShouldAllBe(w => !w.Stale);
    }

    [Fact]
    public void A_waiver_that_still_explains_a_failure_is_not_stale() =>
        Runner.Run(Given.Plan(c => c.Id.EndsWith('1') ? Given.Wrong : Given.AsExpected, Given.Case("nv/known/1"), Given.Case("nv/known/2"))
            with
        { Waivers = new WaiverSet([s_waiver]) }).Waivers.Single().Stale.ShouldBeFalse();

    [Fact]
    public void A_device_that_ends_its_answers_early_is_an_error_for_each_case_without_one()
    {
        RunPlan plan = Given.Plan(_ => Given.AsExpected, Given.Case("nv/a/1"), Given.Case("nv/a/2"), Given.Case("nv/a/3"));
        using var device = new QuietDevice();

        Runner.Run(plan with { Device = device }).Counts.Error.ShouldBe(3);
    }

    [Fact]
    public void Two_cases_with_one_id_end_the_run_with_a_message() =>
        Should.Throw<RunException>(() => Runner.Run(Given.Plan(_ => Given.AsExpected, Given.Case("nv/a/1"), Given.Case("nv/a/1"))))
            .Message.ShouldBe("Two cases have the id 'nv/a/1'; give each its own.");

    [Fact]
    public void What_goes_wrong_in_a_device_reaches_the_caller()
    {
        using var device = new FakeDevice(_ => throw new InvalidDataException("broken"));
        RunPlan plan = Given.Plan(_ => Given.AsExpected, Enumerable.Range(0, 50_000).Select(i => Given.Case($"nv/a/{i}")));

        Should.Throw<InvalidDataException>(() => Runner.Run(plan with { Device = device })).Message.ShouldBe("broken");
    }

    [Fact]
    public void A_run_that_is_cancelled_keeps_what_it_has_and_is_not_complete()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        int answered = 0;
        RunPlan plan = Given.Plan(
            _ =>
            {
                if (++answered == 600)
                {
                    stop.Cancel();
                }

                return Given.AsExpected;
            },
            Enumerable.Range(0, 2000).Select(i => Given.Case($"nv/a/{i}"))) with
        { Out = folder.Path };

        RunSummary summary = Runner.Run(plan, cancellation: stop.Token);

        summary.Complete.ShouldBeFalse();
        summary.Counts.Total.ShouldBeLessThan(2000);
        RunRecord record = RunRecord.Read(folder.Path);
        record.Cases.Count.ShouldBe(summary.Counts.Total);
        record.Damage.ShouldBe("The run was stopped before its end.");
    }

    private sealed class Recorded : IRunProgress
    {
        public List<Judgement> Judgements { get; } = [];

        public (VerdictCounts Counts, int? Total) Last { get; private set; }

        public void Judged(Judgement judgement) => Judgements.Add(judgement);

        public void Progressed(VerdictCounts counts, int? total) => Last = (counts, total);
    }

    private sealed class QuietDevice : Conformance.Harness.Devices.IDevice
    {
        public Conformance.Harness.Devices.DeviceInfo Info => Given.Device;

        public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => [];

        public void Dispose()
        {
        }
    }
}
