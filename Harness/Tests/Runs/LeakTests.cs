using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Runs.Leaks;
using Conformance.Harness.Spec;
using Conformance.Harness.Tests.Schemas;

namespace Conformance.Harness.Tests.Runs;

/// <summary>What FEAT_NV2 cannot hide passes on a virtual EL2, named, and nowhere else.</summary>
public class LeakTests
{
    private static readonly MiniJsonSchema s_schema = MiniJsonSchema.Embedded("leak.schema.json");
    private static readonly MiniJsonSchema s_record = MiniJsonSchema.Embedded("run-record.schema.json");
    private static readonly MiniJsonSchema s_summary = MiniJsonSchema.Embedded("summary.schema.json");

    private static readonly DeviceInfo s_nested = Given.Device with { Name = "kvm", HasVirtualEl2 = true };

    private const string Bit = """{"leak":"L-3","says":"Late.","closedBy":["FEAT_ECV"],"allows":[{"cases":"nv/t/*","rules":["EX-153"],"levels":[1],"fields":{"ESR":"~0x4"}}]}""";
    private const string Written = """{"leak":"L-1","says":"Memory.","allows":[{"cases":"nv/w/*","fields":{"X2":"written"}}]}""";

    [Fact]
    public void The_nine_leaks_are_there_and_valid()
    {
        LeakSet.Embedded.Leaks.Select(l => l.Id).ShouldBe([.. Enumerable.Range(1, 9).Select(n => $"L-{n}")]);
        using var reader = new StreamReader(typeof(Leak).Assembly.GetManifestResourceStream("Fixtures/leaks/virtual-el2.jsonl")!);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.SelectMany(s_schema.Violations).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nv/t/1", 0x62000004ul, true)]
    [InlineData("nv/t/1", 0x62000000ul, true)]  // as on a real EL2: passes by itself
    [InlineData("nv/t/1", 0x62000008ul, false)] // another bit
    [InlineData("nv/u/1", 0x62000004ul, false)] // another case
    public void Bits_that_are_left_open_may_be_anything(string id, ulong esr, bool passes)
    {
        (Judgement judged, RunSummary summary) = Run(s_nested, Bit, Given.Case(id), Given.Finished(("target", 2), ("ESR", esr)));

        judged.Verdict.ShouldBe(passes ? Verdict.Pass : Verdict.Fail);
        bool leaked = passes && esr != 0x62000000;
        judged.Leak.ShouldBe(leaked ? "L-3" : null);
        judged.Chosen.ShouldBe(leaked ? ["allowed: L-3"] : passes ? [Given.Trap] : []);
        summary.Leaks.Sum(l => l.Cases).ShouldBe(leaked ? 1 : 0);
    }

    [Fact]
    public void What_was_written_may_be_read_back()
    {
        Case Write(ulong value) => Given.Case("nv/w/1") with
        {
            Steps = [Given.Step(Given.Expect("reserved", ("target", 0), ("X2", 1))) with { General = [new("X1", value)] }],
        };

        Run(s_nested, Written, Write(0xFF), Given.Finished(("target", 0), ("X2", 0xFF))).Judged.Leak.ShouldBe("L-1");
        Run(s_nested, Written, Write(0xFE), Given.Finished(("target", 0), ("X2", 0xFF))).Judged.Verdict.ShouldBe(Verdict.Fail);
        Run(s_nested, Written, Write(0xFF), Given.Finished(("target", 2), ("X2", 0xFF))).Judged.Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void A_real_EL2_a_feature_that_closes_it_and_a_step_at_another_level_get_nothing()
    {
        Observation late = Given.Finished(("target", 2), ("ESR", 0x62000004));
        Case higher = Given.Case("nv/t/1") with { Steps = [Given.Step() with { Level = 2, Pstate = 0x3C9 }] };

        Run(Given.Device, Bit, Given.Case("nv/t/1"), late).Judged.Verdict.ShouldBe(Verdict.Fail);
        Run(s_nested with { Features = new FeatureSet(["FEAT_ECV"]) }, Bit, Given.Case("nv/t/1"), late).Judged.Verdict.ShouldBe(Verdict.Fail);
        Run(s_nested, Bit, higher, late).Judged.Verdict.ShouldBe(Verdict.Fail);
        Run(s_nested, Bit, Given.Case("nv/t/1") with { Rules = ["EX-1"] }, late).Judged.Verdict.ShouldBe(Verdict.Fail);
        Run(s_nested, Bit, Given.Case("nv/t/1"), late).Judged.Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void A_later_step_is_judged_as_well()
    {
        Case two = Given.Case("nv/t/1") with { Steps = [Given.Step(), Given.Step()] };
        StepObservation late = Given.Saw(("target", 2), ("ESR", 0x62000004));

        Run(s_nested, Bit, two, new Observation.Finished([late, Given.Saw(("target", 2), ("ESR", 0x62000000))])).Judged.Chosen
            .ShouldBe(["allowed: L-3", Given.Trap]);
        Run(s_nested, Bit, two, new Observation.Finished([late, Given.Saw(("target", 1), ("ESR", 0x62000000))])).Judged.Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void The_record_names_the_leak_and_stays_valid()
    {
        using var folder = new TemporaryFolder();
        Run(s_nested, Bit, Given.Case("nv/t/1"), Given.Finished(("target", 2), ("ESR", 0x62000004)), folder.Path);

        File.ReadAllLines(folder.File("run.jsonl")).SelectMany(s_record.Violations).ShouldBeEmpty();
        s_summary.Violations(File.ReadAllText(folder.File("summary.json"))).ShouldBeEmpty();
        var record = RunRecord.Read(folder.Path);
        (record.Cases[0].Verdict, record.Cases[0].Leak).ShouldBe((Verdict.Pass, "L-3"));
        record.Summary.Leaks.ShouldBe([new LeakUse("L-3", "Late.", 1)]);
        record.Cases[0].Expected[0].Count.ShouldBe(1); // the case itself stays what it is
    }

    [Theory]
    [InlineData("""{"leak":"L-1"}""", "not a leak")]
    [InlineData("""{"leak":"L-1","says":"x","why":"y"}""", "not a leak")]
    [InlineData("""{"leak":"L-1","says":"x","allows":[{"cases":"a/*","fields":{"X2":"0x4"}}]}""", "the value of field 'X2' must be \"written\" or \"~0xbits\"")]
    [InlineData("[]", "not a leak")]
    public void A_line_that_makes_no_sense_is_refused_with_its_place(string line, string says)
    {
        string message = Should.Throw<RunException>(() => LeakFile.Read(new StringReader("\n" + line), "l.jsonl")).Message;

        message.ShouldStartWith("l.jsonl:2: ");
        message.ShouldContain(says);
    }

    [Fact]
    public void An_id_is_used_once() =>
        Should.Throw<RunException>(() => LeakFile.Read(new StringReader(Bit + "\n" + Bit), "l.jsonl")).Message.ShouldContain("l.jsonl:2: the id 'L-3' is used twice");

    private static (Judgement Judged, RunSummary Summary) Run(DeviceInfo device, string leak, Case @case, Observation seen, string? folder = null)
    {
        var last = new Last();
        RunSummary summary = Runner.Run(
            Given.Plan(_ => seen, @case) with
            {
                Device = new FakeDevice(_ => seen) { Info = device },
                Leaks = new LeakSet(LeakFile.Read(new StringReader(leak), "l.jsonl")),
                Out = folder,
            },
            last);
        return (last.Judgement!, summary);
    }

    private sealed class Last : IRunProgress
    {
        public Judgement? Judgement { get; private set; }

        public void Judged(Judgement judgement) => Judgement = judgement;
    }
}
