using System.Buffers;
using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Tests.Runs;

public sealed class RunRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Case s_choice = Given.Case(
        "nv/a/3",
        new Outcome("either", [new FieldExpectation("X0", [new(1, ulong.MaxValue), new(0x20, 0xF0)])]),
        Given.Expect("trap \"quoted\" <&+>", ("mem@0x40300110", 5)));

    [Fact]
    public void What_was_written_is_read_back()
    {
        Case[] cases = [Given.Case("nv/a/1"), Given.Case("nv/a/2"), s_choice, Given.Case("nv/b/1"), Given.Case("nv/b/2"), Given.Case("nv/b/3")];
        Observation[] answers =
        [
            Given.AsExpected, Given.Wrong, Given.Finished(("mem@0x40300110", 5), ("X30", ulong.MaxValue)),
            new Observation.Died("exit 1"), new Observation.TimedOut("PC 0x1"), new Observation.Refused("no EL3"),
        ];
        Record(c => answers[Array.IndexOf(cases, c)], cases);

        var record = RunRecord.Read(_folder.Path);

        record.Damage.ShouldBeNull();
        record.Summary.Counts.ShouldBe(new VerdictCounts(2, 1, 1, 0, 2));
        record.Summary.Seed.ShouldBe(7UL);
        record.Summary.Coverage.Single().Missing.ShouldBe(["EX-154", "EX-155"]);
        record.Cases.Select(c => c.Id).ShouldBe(cases.Select(c => c.Id));
        RecordedCase fail = record.Cases[1];
        fail.Verdict.ShouldBe(Verdict.Fail);
        fail.FailedStep.ShouldBe(0);
        fail.Seen!.TryGet("ESR", out ulong esr).ShouldBeTrue();
        esr.ShouldBe(0x02000000UL);
        fail.Replay.ShouldBe("./conformance replay nv/a/2 --device qemu --seed 7");
        RecordedCase chosen = record.Cases[2];
        chosen.Chosen.ShouldBe(["trap \"quoted\" <&+>"]);
        chosen.Expected[0][0].Fields[0].Any.ShouldBe([new MaskedValue(1, ulong.MaxValue), new MaskedValue(0x20, 0xF0)]);
        record.Cases[3].Observed.ShouldBe(new Observation.Died("exit 1"));
        record.Cases[4].Observed.ShouldBe(new Observation.TimedOut("PC 0x1"));
        record.Cases[5].Observed.ShouldBe(new Observation.Refused("no EL3"));
    }

    [Fact]
    public void A_line_has_the_form_that_other_tools_build_on()
    {
        Record(_ => Given.Wrong, Given.Case("nv/a/2"));

        File.ReadAllText(_folder.File("run.jsonl")).ShouldBe(
            """
            {"case":"nv/a/2","suite":"nv","title":"An access at EL1 traps to EL2","rules":["EX-153"],"verdict":"fail",
            "reason":"target 0x1, expected 0x2; ESR 0x2000000, expected 0x62000000","failedStep":0,"chosen":[],
            "expected":[[{"name":"trap to EL2","fields":{"target":"0x2","ESR":"0x62000000"}}]],
            "observed":[{"target":"0x1","ESR":"0x2000000"}],"replay":"./conformance replay nv/a/2 --device qemu --seed 7"}
            """.ReplaceLineEndings("") + "\n");
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_times_aside()
    {
        Case[] cases = [.. Enumerable.Range(0, 3000).Select(i => Given.Case($"nv/a/{i}"))];
        using var other = new TemporaryFolder();
        Record(_ => Given.Wrong, cases);
        Runner.Run(Given.Plan(_ => Given.Wrong, cases) with { Out = other.Path });

        File.ReadAllBytes(_folder.File("run.jsonl")).ShouldBe(File.ReadAllBytes(other.File("run.jsonl")));
        Timeless(_folder).ShouldBe(Timeless(other));
    }

    [Fact]
    public void The_record_is_on_disk_while_the_run_goes_on()
    {
        int seen = 0;
        Case[] cases = [.. Enumerable.Range(0, 3).Select(i => Given.Case($"nv/a/{i}"))];
        RunPlan plan = Given.Plan(
            c =>
            {
                if (c == cases[2])
                {
                    // The device takes its time here; the two verdicts before must reach the disk without it.
                    SpinWait.SpinUntil(() => (seen = File.ReadLines(_folder.File("run.jsonl")).Count()) == 2, 10_000);
                }

                return Given.AsExpected;
            },
            cases);

        Runner.Run(plan with { Out = _folder.Path });

        seen.ShouldBe(2);
    }

    [Fact]
    public void A_killed_run_is_read_up_to_its_last_whole_line_and_says_so()
    {
        Record(_ => Given.AsExpected, Given.Case("nv/a/1"), Given.Case("nv/a/2"));
        MarkIncomplete();
        byte[] all = File.ReadAllBytes(_folder.File("run.jsonl"));
        File.WriteAllBytes(_folder.File("run.jsonl"), all[..^20]);

        var record = RunRecord.Read(_folder.Path);

        record.Cases.Count.ShouldBe(1);
        record.Summary.Counts.ShouldBe(new VerdictCounts(1, 0, 0, 0, 0));
        record.Damage!.ShouldContain("in the middle of its last line");
    }

    [Fact]
    public void A_complete_record_that_was_cut_is_refused()
    {
        Record(_ => Given.AsExpected, Given.Case("nv/a/1"), Given.Case("nv/a/2"));
        string[] lines = File.ReadAllLines(_folder.File("run.jsonl"));
        File.WriteAllText(_folder.File("run.jsonl"), lines[0] + "\n");

        Should.Throw<RunException>(() => RunRecord.Read(_folder.Path)).Message
            .ShouldContain("run.jsonl: holds 1 verdicts where summary.json counts 2");
    }

    [Fact]
    public void Folders_and_files_of_something_else_are_refused_by_name()
    {
        Message(_folder.File("none")).ShouldEndWith("none: no such folder; give the folder of a run (--out).");
        Message(_folder.Path).ShouldContain("summary.json: not there;");
        File.WriteAllText(_folder.File("summary.json"), """{"name":"package"}""");
        Message(_folder.Path).ShouldContain("summary.json: not the summary of a run");
        Record(_ => Given.AsExpected, Given.Case("nv/a/1"));
        File.WriteAllText(_folder.File("run.jsonl"), "hello\n");
        Message(_folder.Path).ShouldContain("run.jsonl:1: not JSON: 'hello'");
        File.WriteAllText(_folder.File("run.jsonl"), """{"case":"a"}""" + "\n");
        Message(_folder.Path).ShouldContain("run.jsonl:1: 'suite' is missing");
        File.WriteAllText(
            _folder.File("summary.json"),
            File.ReadAllText(_folder.File("summary.json")).Replace("run/1", "run/99", StringComparison.Ordinal));
        Message(_folder.Path).ShouldContain("format is 'conformance-run/99', not 'conformance-run/1'");
    }

    [Fact]
    public void The_cases_are_kept_whole_and_give_the_same_verdicts_when_run_from_the_record()
    {
        Case[] cases =
        [
            Given.Case("nv/a/1"), Given.Case("nv/a/2") with { Needs = ["FEAT_SME"] }, s_choice,
            Given.Case("nv/b/1") with { Registers = [new("HCR_EL2", 1UL << 42)], Memory = [new(GuestMemory.Data, 7)] },
        ];
        Observation Answer(Case c) => c.Id == "nv/b/1" ? Given.Wrong : c.Id == "nv/a/3" ? Given.Finished(("X0", 1)) : Given.AsExpected;
        Record(Answer, cases);
        byte[] verdicts = File.ReadAllBytes(_folder.File("run.jsonl"));
        using var again = new TemporaryFolder();
        RunPlan plan = Given.Plan(Answer) with { Cases = CaseFile.Read(_folder.File("cases.jsonl")), Out = again.Path };

        Runner.Run(plan);

        File.ReadAllBytes(again.File("cases.jsonl")).ShouldBe(File.ReadAllBytes(_folder.File("cases.jsonl")));
        File.ReadAllBytes(again.File("run.jsonl")).ShouldBe(verdicts);
    }

    [Fact]
    public void Cases_that_went_wrong_are_read_back_with_what_they_set_up()
    {
        Record(c => c.Id == "nv/a/1" ? Given.AsExpected : Given.Wrong, Given.Case("nv/a/1"), Given.Case("nv/a/2") with { Registers = [new("HCR_EL2", 5)] });

        IReadOnlyDictionary<string, Case> definitions = RunRecord.Read(_folder.Path).Definitions;

        definitions.Keys.ShouldBe(["nv/a/2"]);
        definitions["nv/a/2"].Registers.ShouldBe([new RegisterValue("HCR_EL2", 5)]);
    }

    [Fact]
    public void Cases_of_another_run_are_refused()
    {
        Record(_ => Given.Wrong, Given.Case("nv/a/1"));
        byte[] other = File.ReadAllBytes(_folder.File("cases.jsonl"));
        Record(_ => Given.Wrong, Given.Case("nv/a/2"));
        File.WriteAllBytes(_folder.File("cases.jsonl"), other);
        Message(_folder.Path).ShouldContain("cases.jsonl:2: holds case nv/a/1 where run.jsonl has nv/a/2");
        File.WriteAllText(_folder.File("cases.jsonl"), "\n{\"id\":\"nv/a/2\"}\n");
        Message(_folder.Path).ShouldContain("cases.jsonl:2: not the case nv/a/2 that run.jsonl has (");
        File.Delete(_folder.File("cases.jsonl"));
        Message(_folder.Path).ShouldContain("cases.jsonl: not there;");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_clear_line()
    {
        File.WriteAllText(_folder.File("file"), "");

        Should.Throw<RunException>(() => Record(_folder.File("file/out"), _ => Given.AsExpected, Given.Case("nv/a/1")))
            .Message.ShouldContain("file/out: cannot write the run record");
    }

    [Fact]
    public void A_verdict_is_written_without_making_garbage()
    {
        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(bytes);
        Judgement judgement = Judge.Of(Given.Case("nv/a/1"), Given.Wrong);
        RunRecorder.WriteVerdict(json, judgement, null, "replay"); // warm up
        json.Flush();
        json.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();

        RunRecorder.WriteVerdict(json, judgement, null, "replay");
        json.Flush();

        // Enumerators of the few lists are allowed, texts are not: the line alone has 400 characters.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(400);
    }

    public void Dispose() => _folder.Dispose();

    private void Record(Func<Case, Observation> answers, params Case[] cases) => Record(_folder.Path, answers, cases);

    private static void Record(string folder, Func<Case, Observation> answers, params Case[] cases) =>
        Runner.Run(Given.Plan(answers, cases) with { Out = folder });

    private string Message(string folder) => Should.Throw<RunException>(() => RunRecord.Read(folder)).Message;

    private static IEnumerable<string> Timeless(TemporaryFolder folder) =>
        File.ReadLines(folder.File("summary.json")).Where(l => !l.Contains("econd", StringComparison.Ordinal));

    private void MarkIncomplete()
    {
        string summary = File.ReadAllText(_folder.File("summary.json"));
        JsonDocument.Parse(summary).RootElement.GetProperty("complete").GetBoolean().ShouldBeTrue();
        File.WriteAllText(
            _folder.File("summary.json"), summary.Replace("\"complete\": true", "\"complete\": false", StringComparison.Ordinal));
    }
}
