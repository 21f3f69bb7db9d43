using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Harness.Tests.Schemas;

namespace Conformance.Harness.Tests.Runs;

/// <summary>What is written is what the published schemas say, and the schemas can tell it from other things.</summary>
public class RecordSchemaTests
{
    private static readonly MiniJsonSchema s_record = MiniJsonSchema.Embedded("run-record.schema.json");
    private static readonly MiniJsonSchema s_summary = MiniJsonSchema.Embedded("summary.schema.json");
    private static readonly MiniJsonSchema s_waiver = MiniJsonSchema.Embedded("waiver.schema.json");

    private static readonly Waiver s_known = new(
        "Q1", new CasePatterns(["nv/known/*"]), "qemu", VersionRange.TryParse("*")!, "EX-153", "Known.", "nv/known/1", []);

    [Fact]
    public void Every_verdict_and_the_summary_are_valid()
    {
        using var folder = new TemporaryFolder();
        Case[] cases =
        [
            Given.Case("nv/a/pass"), Given.Case("nv/a/fail"), Given.Case("nv/a/skip") with { Needs = ["FEAT_X"] },
            Given.Case("nv/known/1"), Given.Case("nv/a/died"), Given.Case("nv/a/timed-out"), Given.Case("nv/a/refused"),
            Given.Case("nv/a/set", new Outcome("set", [new FieldExpectation("X0", [new(1, 1), new(2, ulong.MaxValue)])])),
        ];
        Runner.Run(Given.Plan(
            c => c.Id switch
            {
                "nv/a/fail" or "nv/known/1" => Given.Wrong,
                "nv/a/died" => new Observation.Died("gone"),
                "nv/a/timed-out" => new Observation.TimedOut(""),
                "nv/a/refused" => new Observation.Refused("no"),
                "nv/a/set" => Given.Finished(("X0", 2)),
                _ => Given.AsExpected,
            },
            cases) with
        { Out = folder.Path, Waivers = new WaiverSet([s_known]) });

        string[] lines = File.ReadAllLines(folder.File("run.jsonl"));
        lines.Length.ShouldBe(8);
        lines.SelectMany(s_record.Violations).ShouldBeEmpty();
        s_summary.Violations(File.ReadAllText(folder.File("summary.json"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"verdict\":\"pass\"", "\"verdict\":\"ok\"")]
    [InlineData("\"verdict\":\"pass\",", "")]
    [InlineData("\"ESR\":\"0x62000000\"}}", "\"ESR\":1}}")]
    [InlineData("\"ESR\":\"0x62000000\"}}", "\"ESR\":\"62000000\"}}")]
    [InlineData("\"observed\":[", "\"observed\":\"lost\",\"was\":[")]
    public void A_line_that_departs_from_the_schema_is_told_from_one_that_does_not(string part, string instead)
    {
        using var folder = new TemporaryFolder();
        Runner.Run(Given.Plan(_ => Given.AsExpected, Given.Case("nv/a/1")) with { Out = folder.Path });
        string line = File.ReadAllText(folder.File("run.jsonl"));

        line.ShouldContain(part);
        s_record.Accepts(line).ShouldBeTrue();
        s_record.Accepts(line.Replace(part, instead, StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"id":"Q","cases":"nv/a","device":"qemu","versions":"10.0.*","rule":"F1","reason":"r","smallest":"nv/a/1"}""", true)]
    [InlineData("""{"id":"Q","cases":"nv/a","device":"qemu","versions":"*","rule":"F1","reason":"r","smallest":"nv/a","fields":{"ESR":["0x1","0x2/0xff"]}}""", true)]
    [InlineData("""{"id":"Q","cases":"nv/a","device":"qemu","versions":"*","rule":"F1","reason":"r","smallest":"nv/a","fields":{"ESR":1}}""", false)]
    [InlineData("""{"id":"Q","cases":"nv/a","device":"qemu","versions":"*","rule":"F1","reason":"r","smallest":"nv/a","more":""}""", false)]
    [InlineData("""{"id":"Q","cases":"nv/a","device":"qemu","versions":"*","rule":"","reason":"r","smallest":"nv/a"}""", false)]
    [InlineData("""{"id":"Q","cases":"nv/a","device":"qemu","versions":"*","reason":"r","smallest":"nv/a"}""", false)]
    public void Schema_and_reader_agree_on_waivers(string line, bool valid)
    {
        s_waiver.Accepts(line).ShouldBe(valid);
        if (valid)
        {
            WaiverFile.Read(new StringReader(line), "w.jsonl").Count.ShouldBe(1);
        }
        else
        {
            Should.Throw<RunException>(() => WaiverFile.Read(new StringReader(line), "w.jsonl"));
        }
    }

    [Fact]
    public void The_waivers_of_the_suite_are_valid()
    {
        System.Reflection.Assembly harness = typeof(WaiverSet).Assembly;
        foreach (string name in harness.GetManifestResourceNames().Where(n => n.StartsWith("Fixtures/waivers/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(harness.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                s_waiver.Violations(line).ShouldBeEmpty(name);
            }
        }
    }
}
