using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;

namespace Conformance.Reports.Tests.Failures;

public class StepComparisonTests
{
    [Fact]
    public void Fields_and_parts_that_differ_are_marked_and_no_others()
    {
        StepComparison comparison = Of([Expect("trap", new FieldExpectation("ESR", 0x56000001), new FieldExpectation("ELR", 4))],
            ("ESR", 0x56000002), ("ELR", 4), ("X0", 9));

        comparison.Fields.Select(f => (f.Field, f.Differs)).ShouldBe([("ESR", true), ("ELR", false), ("X0", false)]);
        comparison.Fields[0].Parts.Where(p => p.Differs).Select(p => (p.Name, p.Expected, p.Observed)).ShouldBe([("imm16", "1", "0x2")]);
        comparison.Signature.ShouldBe("ESR.{imm16}");
    }

    [Fact]
    public void Bits_outside_the_mask_do_not_make_a_difference()
    {
        StepComparison comparison = Of(
            [Expect("trap", new FieldExpectation("SPSR", 0x5, 0xF), new FieldExpectation("X0", 1))], ("SPSR", 0x9000_0005), ("X0", 2));

        FieldComparison spsr = comparison.Fields[0];
        spsr.Differs.ShouldBeFalse();
        spsr.Parts.ShouldAllBe(p => !p.Differs);
        spsr.Parts.ShouldNotContain(p => p.Name == "NZCV");
    }

    [Fact]
    public void Of_several_values_the_nearest_is_compared_in_parts()
    {
        StepComparison comparison = Of(
            [Expect("trap", new FieldExpectation("ESR", [new(0x02000000, ulong.MaxValue), new(0x56000001, ulong.MaxValue)]))],
            ("ESR", 0x56000003));

        comparison.Fields[0].Expected.ShouldBe("0x02000000 or 0x56000001");
        comparison.Fields[0].Parts.Where(p => p.Differs).Select(p => p.Name).ShouldBe(["imm16"]);
    }

    [Fact]
    public void Of_several_outcomes_the_one_with_the_fewest_differences_is_shown()
    {
        StepComparison comparison = Of(
            [Expect("far", new("X0", 1), new("X1", 1)), Expect("near", new("X0", 2), new("X1", 2))], ("X0", 2), ("X1", 3));

        comparison.Closest.Name.ShouldBe("near");
        comparison.Allowed.ShouldBe(2);
    }

    [Fact]
    public void A_field_that_was_not_there_is_a_difference() =>
        Of([Expect("trap", new FieldExpectation("ESR", 0))], ("target", 0)).Fields[0]
            .ShouldSatisfyAllConditions(f => f.Differs.ShouldBeTrue(), f => f.Observed.ShouldBe("not there"));

    [Fact]
    public void An_exception_to_another_level_stands_alone_since_all_else_follows_from_it() =>
        Of([Expect("completes", new("target", 0), new("PSTATE", 0x3C5))], ("target", 1), ("PSTATE", 0)).Signature.ShouldBe("target");

    [Fact]
    public void Cases_of_the_same_rules_that_differ_in_the_same_parts_are_one_finding() =>
        Cluster.Of(Sample.Record, Verdict.Fail).Select(c => c.Cases.Count).ShouldBe([1, 2]);

    private static Outcome Expect(string name, params FieldExpectation[] fields) => new(name, fields);

    private static StepComparison Of(IReadOnlyList<Outcome> allowed, params (string Name, ulong Value)[] seen) =>
        StepComparison.Of(
            new RecordedCase
            {
                Id = "a/b/c",
                Suite = "a",
                Title = "",
                Rules = ["EX-1"],
                Verdict = Verdict.Fail,
                Reason = "",
                FailedStep = 0,
                Chosen = [],
                Expected = [allowed],
                Observed = new Observation.Finished([new StepObservation([.. seen.Select(f => KeyValuePair.Create(f.Name, f.Value))])]),
                Replay = "",
            },
            FieldDecoder.Of(Sample.Record))!;
}
