using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;
using Conformance.Harness.Tests.Schemas;

namespace Conformance.Harness.Tests.Runs;

/// <summary>A failure is the device's own, that of the device below, or both have one; and the record says which.</summary>
public class AttributionTests
{
    private static readonly MiniJsonSchema s_schema = MiniJsonSchema.Embedded("attribution.schema.json");
    private static readonly MiniJsonSchema s_summary = MiniJsonSchema.Embedded("summary.schema.json");

    private static readonly Observation s_otherwise = Given.Finished(("target", 3), ("ESR", 0));
    private static readonly Observation s_died = new Observation.Died("gone");
    private static readonly Observation s_hung = new Observation.TimedOut("PC=0x0");

    public static TheoryData<string, Observation, Observation, Fault, Verdict> Pairs => new()
    {
        { "the device below does it right", Given.Wrong, Given.AsExpected, Fault.Device, Verdict.Pass },
        { "the same wrong values", Given.Wrong, Given.Wrong, Fault.Below, Verdict.Fail },
        { "other wrong values", Given.Wrong, s_otherwise, Fault.Both, Verdict.Fail },
        { "the device below dies of it", Given.Wrong, s_died, Fault.Both, Verdict.Error },
        { "both die", s_died, s_died, Fault.Below, Verdict.Error },
        { "both hang", s_hung, s_hung, Fault.Below, Verdict.Error },
        { "one dies, one hangs", s_died, s_hung, Fault.Both, Verdict.Error },
        { "it dies where the device below is right", s_died, Given.AsExpected, Fault.Device, Verdict.Pass },
        { "it dies where the device below is wrong", s_died, Given.Wrong, Fault.Both, Verdict.Fail },
        { "the device below refuses", Given.Wrong, new Observation.Refused("no EL2"), Fault.Unknown, Verdict.Skip },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_fault_follows_from_both_observations(string what, Observation here, Observation below, Fault fault, Verdict verdict)
    {
        Attribution attribution = Run([Given.Case("nv/a/1")], _ => here, _ => below).Each.ShouldHaveSingleItem();

        (attribution.Fault, attribution.Verdict).ShouldBe((fault, verdict), what);
        (attribution.Reason.Length > 0).ShouldBe(verdict != Verdict.Pass, what);
    }

    [Fact]
    public void Only_failures_and_errors_are_asked_about_and_only_when_there_are_some()
    {
        List<string> asked = [];
        Case[] cases = [Given.Case("nv/a/pass"), Given.Case("nv/a/fail"), Given.Case("nv/a/skip") with { Needs = ["FEAT_X"] }, Given.Case("nv/a/died")];
        Observation Here(Case c) => c.Id switch { "nv/a/fail" => Given.Wrong, "nv/a/died" => s_died, _ => Given.AsExpected };
        Observation Below(Case c)
        {
            asked.Add(c.Id);
            return Given.AsExpected;
        }

        (RunSummary summary, _) = Run(cases, Here, Below);

        asked.ShouldBe(["nv/a/fail", "nv/a/died"]);
        summary.Attribution.ShouldBe(new AttributionSummary("real", "real 1.0, at EL2", 2, 0, 0, 0));
        summary.Counts.ShouldBe(new VerdictCounts(1, 1, 1, 0, 1));

        bool started = false;
        Runner.Run(Given.Plan(_ => Given.AsExpected, cases) with
        {
            Below = () =>
            {
                started = true;
                return new FakeDevice(_ => Given.AsExpected);
            },
        }).Attribution.ShouldBeNull();
        started.ShouldBeFalse();
    }

    [Fact]
    public void What_the_device_below_lacks_or_would_end_it_is_not_known()
    {
        var ends = new Waiver("E1", new CasePatterns(["nv/b/*"]), "real", VersionRange.TryParse("*")!, "EX-153", "Ends it.", "nv/b/0", []) { EndsDevice = true };
        (_, IReadOnlyList<Attribution> each) = Run(
            [Given.Case("nv/a/1") with { Needs = ["FEAT_NV2"] }, Given.Case("nv/b/1"), Given.Case("nv/c/1")], _ => Given.Wrong, _ => Given.AsExpected, ends);

        each.Select(a => a.Fault).ShouldBe([Fault.Unknown, Fault.Unknown, Fault.Device]);
        each[0].Reason.ShouldBe("needs FEAT_NV2");
        each[1].Reason.ShouldContain("it would end the device (waiver E1");
    }

    [Fact]
    public void A_known_divergence_of_the_device_below_is_named()
    {
        var known = new Waiver("K1", new CasePatterns(["nv/a/*"]), "real", VersionRange.TryParse("*")!, "EX-153", "Known.", "nv/a/1", []);
        Attribution attribution = Run([Given.Case("nv/a/1")], _ => Given.Wrong, _ => Given.Wrong, known).Each.ShouldHaveSingleItem();

        attribution.ShouldBe(new Attribution("nv/a/1", Fault.Below, Verdict.Waived, "Known.", "K1"));
    }

    [Theory]
    [InlineData(16, 24, 0xD503201F, Fault.Device, Verdict.Pass)] // made for 24 bits it is right
    [InlineData(16, 20, 0xD503201F, Fault.Both, Verdict.Fail)] // neither is what the device below does
    [InlineData(16, 24, 0xD503203F, Fault.Both, Verdict.Fail)] // another case of the same name
    public void What_is_made_for_another_size_is_made_again_for_the_device_below(int here, int there, uint code, Fault fault, Verdict verdict)
    {
        static Case Sized(int bits, uint code) => Given.Case("nv/a/1") with
        {
            Steps = [Given.Step(Given.Expect("reads its size", ("X0", (ulong)bits))) with { Code = [code] }],
        };
        using var folder = new TemporaryFolder();
        Runner.Run(Given.Plan(_ => Given.Finished(("X0", 15))) with
        {
            Suites = [new FakeSuite(target => [target.HighestLevel == Given.Device.HighestLevel ? Sized(here, 0xD503201F) : Sized(there, code)])],
            Out = folder.Path,
            Below = () => new FakeDevice(_ => Given.Finished(("X0", 24)))
            {
                Info = new DeviceInfo("real", "1.0", new FeatureSet(["FEAT_NV"]), 3, []),
            },
        });

        Attribution attribution = RunRecord.Read(folder.Path).Cases.ShouldHaveSingleItem().Attribution!;
        (attribution.Fault, attribution.Verdict).ShouldBe((fault, verdict));
    }

    [Fact]
    public void A_device_below_that_does_not_start_costs_the_attribution_and_not_the_run()
    {
        RunSummary summary = Runner.Run(Given.Plan(_ => Given.Wrong, Given.Case("nv/a/1")) with
        {
            Below = () => throw new DeviceUnavailableException("QEMU is not installed.", "Install it."),
        });

        summary.Complete.ShouldBeTrue();
        summary.Counts.Fail.ShouldBe(1);
        summary.Attribution!.Unknown.ShouldBe(1);
        summary.Attribution.BelowInWords.ShouldContain("QEMU is not installed.");
    }

    [Fact]
    public void The_record_holds_it_and_an_older_one_does_not_stay()
    {
        using var folder = new TemporaryFolder();
        Run([Given.Case("nv/a/1"), Given.Case("nv/a/2")], _ => Given.Wrong, c => c.Id == "nv/a/1" ? Given.AsExpected : Given.Wrong, folder: folder.Path);

        File.ReadAllLines(folder.File("attribution.jsonl")).SelectMany(s_schema.Violations).ShouldBeEmpty();
        s_summary.Violations(File.ReadAllText(folder.File("summary.json"))).ShouldBeEmpty();
        var record = RunRecord.Read(folder.Path);
        record.Cases.Select(c => c.Attribution!.Fault).ShouldBe([Fault.Device, Fault.Below]);
        record.Summary.Attribution.ShouldBe(new AttributionSummary("real", "real 1.0, at EL2", 1, 1, 0, 0));

        File.WriteAllText(folder.File("attribution.jsonl"), "{\"case\":\"nv/a/1\",\"fault\":\"mine\"}\n");
        Should.Throw<RunException>(() => RunRecord.Read(folder.Path)).Message.ShouldContain("attribution.jsonl:1: not an attribution");
        Runner.Run(Given.Plan(_ => Given.Wrong, Given.Case("nv/a/1")) with { Out = folder.Path });
        RunRecord.Read(folder.Path).Cases[0].Attribution.ShouldBeNull();
    }

    private static (RunSummary Summary, IReadOnlyList<Attribution> Each) Run(
        Case[] cases, Func<Case, Observation> here, Func<Case, Observation> below, Waiver? waiver = null, string? folder = null)
    {
        using var temporary = new TemporaryFolder();
        folder ??= temporary.Path;
        RunSummary summary = Runner.Run(Given.Plan(here, cases) with
        {
            Out = folder,
            Waivers = waiver is null ? WaiverSet.None : new WaiverSet([waiver]),
            Below = () => new FakeDevice(below)
            {
                Info = new DeviceInfo("real", "1.0", new FeatureSet(["FEAT_NV"]), 2, []) { Configuration = "at EL2" },
            },
        });
        return (summary, [.. RunRecord.Read(folder).Cases.Where(c => c.Attribution is not null).Select(c => c.Attribution!)]);
    }
}
