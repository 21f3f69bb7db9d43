using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Tests.Runs;

namespace Conformance.Harness.Tests.Cases;

public class JudgeTests
{
    private static readonly SuiteTarget s_target = new(new FeatureSet(["FEAT_NV"]), 2);

    [Fact]
    public void What_is_allowed_passes_and_names_the_outcome()
    {
        Judgement judgement = Judge.Of(Given.Case("nv/a"), Given.AsExpected);

        judgement.Verdict.ShouldBe(Verdict.Pass);
        judgement.Chosen.ShouldBe([Given.Trap]);
        judgement.FailedStep.ShouldBe(-1);
        judgement.Reason.ShouldBeEmpty();
    }

    [Fact]
    public void A_difference_fails_and_says_which_fields_differ()
    {
        Judgement judgement = Judge.Of(Given.Case("nv/a"), Given.Wrong);

        judgement.Verdict.ShouldBe(Verdict.Fail);
        judgement.FailedStep.ShouldBe(0);
        judgement.Reason.ShouldBe("target 0x1, expected 0x2; ESR 0x2000000, expected 0x62000000");
    }

    [Fact]
    public void Any_of_several_outcomes_passes_and_the_chosen_one_is_named()
    {
        Case @case = Given.Case("nv/a", Given.Expect("value", ("target", 0), ("X0", 1)), Given.Expect("trap", ("target", 2)));

        Judge.Of(@case, Given.Finished(("target", 2))).Chosen.ShouldBe(["trap"]);
        Judge.Of(@case, Given.Finished(("target", 0), ("X0", 1))).Chosen.ShouldBe(["value"]);
    }

    [Fact]
    public void Outcomes_are_not_mixed()
    {
        Case @case = Given.Case("nv/a", Given.Expect("a", ("X0", 1), ("X1", 1)), Given.Expect("b", ("X0", 2), ("X1", 2)));

        Judgement judgement = Judge.Of(@case, Given.Finished(("X0", 1), ("X1", 2)));

        judgement.Verdict.ShouldBe(Verdict.Fail);
        judgement.Reason.ShouldBe("none of 2 allowed outcomes, closest is 'a': X1 0x2, expected 0x1");
    }

    [Fact]
    public void Only_bits_under_the_mask_count()
    {
        Case @case = Given.Case("nv/a", new Outcome("masked", [new FieldExpectation("X0", 0x10, 0xF0)]));

        Judge.Of(@case, Given.Finished(("X0", 0x1F))).Verdict.ShouldBe(Verdict.Pass);
        Judge.Of(@case, Given.Finished(("X0", 0x2F))).Reason.ShouldBe("X0 0x20, expected 0x10/0xf0");
    }

    [Fact]
    public void Bits_that_no_outcome_looks_at_are_not_kept_since_they_may_change_from_run_to_run()
    {
        Case @case = Given.Case(
            "nv/a",
            new Outcome("one", [new FieldExpectation("X0", 0x10, 0xF0), new FieldExpectation("X1", 1)]),
            new Outcome("two", [new FieldExpectation("X0", [new(0x100, 0xF00), new(0, 0x1)])]));

        var seen = (Observation.Finished)Judge.Of(@case, Given.Finished(("X0", 0xFFFF_F01F), ("X1", 0xFF), ("X2", 0xFF))).Observed;

        seen.Steps[0].Fields.ShouldBe([new("X0", 0x011), new("X1", 0xFF), new("X2", 0xFF)]);
    }

    [Fact]
    public void A_field_that_was_not_reported_is_an_error_that_names_it()
    {
        Judgement judgement = Judge.Of(Given.Case("nv/a"), Given.Finished(("target", 2)));

        judgement.Verdict.ShouldBe(Verdict.Error);
        judgement.Reason.ShouldBe("the device did not report ESR");
    }

    [Fact]
    public void A_gap_does_not_hide_a_difference()
    {
        Judge.Of(Given.Case("nv/a"), Given.Finished(("target", 1))).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void Fields_of_an_exception_that_was_not_taken_are_a_difference_not_a_gap()
    {
        Case @case = Given.Case("nv/a", Given.Expect("trap", ("ESR", 0x62000000)));

        Judgement judgement = Judge.Of(@case, Given.Finished(("target", 0)));

        judgement.Verdict.ShouldBe(Verdict.Fail);
        judgement.Reason.ShouldBe("ESR not there, expected 0x62000000");
    }

    [Fact]
    public void The_first_step_that_does_not_match_decides_and_is_named()
    {
        Case @case = Given.Case("nv/a") with { Steps = [Given.Step(), Given.Step(), Given.Step()] };
        StepObservation good = Given.Saw(("target", 2), ("ESR", 0x62000000));
        StepObservation bad = Given.Saw(("target", 2), ("ESR", 0));

        Judgement judgement = Judge.Of(@case, new Observation.Finished([good, bad]));

        judgement.Verdict.ShouldBe(Verdict.Fail);
        judgement.FailedStep.ShouldBe(1);
        judgement.Chosen.ShouldBe([Given.Trap]);
        judgement.Reason.ShouldStartWith("step 2: ESR 0x0");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_wrong_number_of_steps_is_an_error(int reported)
    {
        Case @case = Given.Case("nv/a") with { Steps = [Given.Step(), Given.Step()] };
        StepObservation good = Given.Saw(("target", 2), ("ESR", 0x62000000));

        Judge.Of(@case, new Observation.Finished([.. Enumerable.Repeat(good, reported)])).Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void A_case_that_allows_nothing_is_never_a_pass()
    {
        Case @case = Given.Case("nv/a") with { Steps = [Given.Step() with { Allowed = [] }] };

        Judge.Of(@case, Given.AsExpected).Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void A_device_that_died_or_hung_is_an_error_with_what_was_seen_and_a_refusal_is_a_skip()
    {
        Case @case = Given.Case("nv/a");

        Judge.Of(@case, new Observation.Died("exit code 1")).ShouldSatisfyAllConditions(
            j => j.Verdict.ShouldBe(Verdict.Error),
            j => j.Reason.ShouldBe("died: exit code 1"));
        Judge.Of(@case, new Observation.TimedOut("PC 0x40200000")).ShouldSatisfyAllConditions(
            j => j.Verdict.ShouldBe(Verdict.Error),
            j => j.Reason.ShouldBe("timed out: PC 0x40200000"));
        Judge.Of(@case, new Observation.Refused("no EL3")).ShouldSatisfyAllConditions(
            j => j.Verdict.ShouldBe(Verdict.Skip),
            j => j.Reason.ShouldBe("no EL3"));
    }

    [Fact]
    public void Needs_and_levels_are_checked_before_a_case_is_sent()
    {
        Case @case = Given.Case("nv/a");

        Judge.CannotRun(@case, s_target).ShouldBeNull();
        Judge.CannotRun(@case with { Needs = ["FEAT_NV", "FEAT_NV2"] }, s_target).ShouldBe("needs FEAT_NV2");
        Judge.CannotRun(@case with { Needs = ["!FEAT_NV"] }, s_target).ShouldBe("needs a device without FEAT_NV");
        Judge.CannotRun(@case with { Steps = [Given.Step(), Given.Step() with { Level = 3 }] }, s_target)
            .ShouldBe("needs EL3, the device gives EL2 at most");
    }
}
