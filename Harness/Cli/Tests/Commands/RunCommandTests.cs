using Conformance.Cli.Commands;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Cli.Tests.Commands;

public class RunCommandTests
{
    private const string Head = """{"format":"conformance-cases","version":1}""";

    [Fact]
    public void A_run_writes_record_and_reports_and_says_where()
    {
        using var session = new Session();
        session.Run("run").ShouldBe(ExitCode.Ok);
        foreach (string name in (string[])["run.jsonl", "summary.json", "report.html", "junit.xml", "report.tap", "report.json", "cases.jsonl"])
        {
            session.Has($"out/model/{name}").ShouldBeTrue(name);
        }

        session.Out.ShouldContain("PASS: 6 cases");
        session.Out.TrimEnd().ShouldEndWith($"file://{session.Folder}/out/model/report.html");
        session.Error.ShouldBeEmpty();
    }

    [Fact]
    public void A_failure_ends_with_its_exit_code_and_shows_what_ran()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, c.Id == "plain/svc/two" ? 2ul : 1) };
        session.Run("run", "--out", "here").ShouldBe(ExitCode.Failures);
        session.Out.ShouldContain("FAIL plain/svc/two");
        session.ReadFile("here/report.html").ShouldContain("<td>d40000e1</td>"); // the listing of the case
    }

    [Fact]
    public void An_error_of_one_case_wins_over_failures()
    {
        using var session = new Session
        {
            Behaviour = c => c.Id.EndsWith("one", StringComparison.Ordinal) ? new Observation.Died("gone") : Session.Seen(c, 2),
        };
        session.Run("run").ShouldBe(ExitCode.Errors);
    }

    [Fact]
    public void Quiet_leaves_out_the_groups_that_passed()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, c.Id == "plain/svc/two" ? 2ul : 1) };
        session.Run("run");
        session.Out.ShouldContain("PASS: plain/generated");
        session.Run("run", "--quiet");
        session.Out.ShouldNotContain("PASS: plain/generated");
        session.Out.ShouldContain("FAIL: plain/svc");
    }

    [Fact]
    public void A_device_of_two_parts_is_run_part_by_part_and_joined()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, 2) };
        List<string> kinds = [];
        var composition = new Composition(session.Suites,
        [
            new DeviceKind("pair", "", ["--kind"], c =>
            {
                kinds.Add(c.Kind);
                return session.Open(c);
            })
            {
                Parts = c => [.. new[] { "left", "right" }.Select(k => (k, c with { Kind = k, Given = [.. c.Given, "--kind"] }))],
                PartOption = "--kind",
                Sample = 2,
            },
        ]);

        session.Run(composition, "run", "--device", "pair").ShouldBe(ExitCode.Failures);

        kinds.ShouldBe(["left", "right"]);
        session.Has("out/pair/joined.html").ShouldBeTrue();
        RunSummary left = RunRecord.Read(Path.Combine(session.Folder, "out/pair/left")).Summary;
        left.Sample.ShouldBe(2);
        left.Counts.Total.ShouldBe(2);
        session.ReadFile("out/pair/right/run.jsonl").ShouldContain("--kind right --seed 1");
        session.Out.ShouldContain("Sample   2 cases of each suite at most");

        session.Run(composition, "run", "--device", "pair", "--kind", "right", "--sample", "all", "--out", "r").ShouldBe(ExitCode.Failures);
        RunRecord.Read(Path.Combine(session.Folder, "r")).Summary.Counts.Total.ShouldBe(6);
        session.Run(composition, "run", "--device", "pair", "--only", "plain/svc", "--out", "s");
        RunRecord.Read(Path.Combine(session.Folder, "s/left")).Summary.Sample.ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    [InlineData("-1")]
    public void A_sample_of_no_number_is_refused(string sample)
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "no number of cases", "run", "--sample", sample);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_no_success()
    {
        using var session = new Session();
        session.Run("run", "--only", "plain/svc/three").ShouldBe(ExitCode.NothingRan);
        session.Error.ShouldBe("conformance: nothing ran: no case matches --only plain/svc/three; `conformance list` shows the ids.\n");
    }

    [Fact]
    public void A_run_that_skipped_everything_is_no_success()
    {
        using var session = new Session();
        session.Run("run", "--only", "plain/nested").ShouldBe(ExitCode.NothingRan);
        session.Error.ShouldContain("every case was skipped");
        session.Out.ShouldContain("needs FEAT_NV2");
    }

    [Fact]
    public void Several_patterns_select_what_one_of_them_matches()
    {
        using var session = new Session();
        session.Run("run", "--only", "plain/svc/one", "--only", "plain/gen*").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("PASS: 4 cases");
    }

    [Fact]
    public void The_seed_reaches_the_suites()
    {
        using var session = new Session();
        session.Run("run", "--seed", "0x10").ShouldBe(ExitCode.Ok);
        session.ReadFile("out/model/run.jsonl").ShouldContain("plain/generated/16-0");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, c.Id.EndsWith('1') ? 2ul : 1) };
        session.Run("run", "--out", "a");
        session.Run("run", "--out", "b");
        foreach (string name in (string[])["run.jsonl", "cases.jsonl"])
        {
            session.ReadFile($"a/{name}").ShouldBe(session.ReadFile($"b/{name}"));
        }
    }

    [Fact]
    public void Options_of_the_device_reach_it()
    {
        using var session = new Session();
        session.Run("run", "--profile", "armv8.0", "--path", "executive").ShouldBe(ExitCode.Ok);
        session.Opened!.Profile.ShouldBe("armv8.0");
        session.Opened.Path.ShouldBe("executive");
        session.ReadFile("out/model/run.jsonl").ShouldContain("./conformance replay plain/svc/one --device model --profile armv8.0 --path executive --seed 1");
    }

    [Fact]
    public void Cases_of_a_file_run_instead_of_the_suites()
    {
        using var session = new Session();
        session.WriteFile("mine.jsonl", $"{Head}\n{CaseFile.ToJson(PlainSuite.Svc("mine/svc/a", []))}\n");
        session.Run("run", "--cases", "mine.jsonl").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("PASS: 1 case");
        session.ReadFile("out/model/run.jsonl").ShouldContain("./conformance run --device model --cases mine.jsonl --only mine/svc/a");
    }

    [Fact]
    public void A_malformed_case_file_is_refused_with_its_line()
    {
        using var session = new Session();
        session.WriteFile("mine.jsonl", $"{Head}\n{CaseFile.ToJson(PlainSuite.Svc("mine/svc/a", []))}\n{{\"id\": }}\n");
        session.Refuses(ExitCode.Usage, "mine.jsonl:3: not JSON", "run", "--cases", "mine.jsonl");
        session.Has("out/model/run.jsonl").ShouldBeFalse();
    }

    [Fact]
    public void An_unknown_register_in_a_case_file_is_refused_with_the_one_that_is_near()
    {
        using var session = new Session();
        string line = CaseFile.ToJson(PlainSuite.Svc("mine/svc/a", [])).Replace("HCR_EL2", "HCR_EL7", StringComparison.Ordinal);
        session.WriteFile("mine.jsonl", $"{Head}\n{line}\n");
        session.Refuses(ExitCode.Usage, "mine.jsonl:2: registers: there is no system register HCR_EL7; did you mean", "run", "--cases", "mine.jsonl");
    }

    [Fact]
    public void A_missing_case_file_is_refused()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "nowhere.jsonl: there is no such file", "run", "--cases", "nowhere.jsonl");
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_refused()
    {
        using var session = new Session();
        session.WriteFile("file", "");
        session.Refuses(ExitCode.Usage, "name a folder that can be written with --out", "run", "--out", "file/below");
    }

    [Fact]
    public void An_interrupted_run_leaves_a_record_that_can_be_read()
    {
        using var session = new Session { Suites = [new PlainSuite(generated: 50_000)] };
        int seen = 0;
        session.OnCase = _ =>
        {
            if (++seen == 2_000)
            {
                session.Interrupt();
            }
        };
        session.Run("run").ShouldBe(ExitCode.Interrupted);
        var record = RunRecord.Read(Path.Combine(session.Folder, "out/model"));
        record.Summary.Complete.ShouldBeFalse();
        record.Cases.Count.ShouldBeInRange(0, 2_000);
        session.Has("out/model/report.html").ShouldBeTrue();
    }

    [Theory]
    [InlineData(5, 0, 0, 0, 0, (int)ExitCode.Ok)]
    [InlineData(5, 0, 3, 2, 0, (int)ExitCode.Ok)]
    [InlineData(0, 0, 0, 2, 0, (int)ExitCode.Ok)]
    [InlineData(5, 1, 0, 0, 0, (int)ExitCode.Failures)]
    [InlineData(5, 1, 0, 0, 1, (int)ExitCode.Errors)]
    [InlineData(0, 0, 9, 0, 0, (int)ExitCode.NothingRan)]
    [InlineData(0, 0, 0, 0, 0, (int)ExitCode.NothingRan)]
    public void Verdicts_decide_the_exit_code(int pass, int fail, int skip, int waived, int error, int code)
    {
        var summary = new RunSummary
        {
            Complete = true,
            Device = "model",
            DeviceVersion = "1",
            Features = [],
            HighestLevel = 3,
            Seed = 1,
            Counts = new VerdictCounts(pass, fail, skip, waived, error),
        };
        RunCommand.CodeOf(summary, interrupted: false).ShouldBe((ExitCode)code);
        RunCommand.CodeOf(summary with { Complete = false }, interrupted: true).ShouldBe(ExitCode.Interrupted);
        RunCommand.CodeOf(summary with { Complete = false }, interrupted: false).ShouldBe(ExitCode.Errors);
    }
}
