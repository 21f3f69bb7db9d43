using Conformance.Harness.Cases;

namespace Conformance.Cli.Tests.Commands;

public class ReplayCommandTests
{
    [Fact]
    public void A_case_of_a_suite_is_shown_in_full()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, 2) };
        session.Run("replay", "plain/svc/two").ShouldBe(ExitCode.Failures);
        session.Out.ShouldStartWith("FAIL plain/svc/two\n");
        foreach (string part in (string[])["EX-001", "HCR_EL2 = 0x80000000", "mem@0x40310000 = 0x1234", "X3 = 0x33", "EL0, PSTATE",
            "40200000  d40000e1  svc", "EL2", "./conformance replay plain/svc/two --device model --seed 1"])
        {
            session.Out.ShouldContain(part);
        }
    }

    [Fact]
    public void A_case_that_passes_shows_what_was_seen_as_well()
    {
        using var session = new Session();
        session.Run("replay", "plain/svc/one").ShouldBe(ExitCode.Ok);
        session.Out.ShouldStartWith("PASS plain/svc/one\n");
        session.Out.ShouldContain("0x56000007");
        session.Out.ShouldContain("model 7.8.9: 1 pass, 0 fail");
    }

    [Fact]
    public void A_generated_case_is_made_again_with_the_seed()
    {
        using var session = new Session();
        session.Run("replay", "plain/generated/9-1", "--seed", "9").ShouldBe(ExitCode.Ok);
        session.Refuses(ExitCode.Usage, "plain/generated/9-1: neither a file, nor a case of the suites with --seed 8", "replay", "plain/generated/9-1", "--seed", "8");
    }

    [Fact]
    public void A_case_that_no_suite_has_any_more_comes_from_the_run_folder()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, 2) };
        session.Run("run", "--seed", "9");
        session.Run("replay", "plain/generated/9-1").ShouldBe(ExitCode.Failures);
        session.Out.ShouldStartWith("FAIL plain/generated/9-1\n");
    }

    [Fact]
    public void A_file_is_replayed_whole_or_in_part()
    {
        using var session = new Session();
        using (var file = new StreamWriter(Path.Combine(session.Folder, "mine.jsonl")))
        {
            CaseFile.Write(file, [PlainSuite.Svc("mine/svc/a", []), PlainSuite.Svc("mine/svc/b", [])]);
        }

        session.Run("replay", "mine.jsonl").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("2 pass");
        session.Run("replay", "mine.jsonl", "--only", "mine/svc/b").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("1 pass");
        session.Refuses(ExitCode.Usage, "mine.jsonl: no case in it matches", "replay", "mine.jsonl", "--only", "mine/svc/c");
    }

    [Fact]
    public void An_unknown_id_is_refused_with_the_one_that_is_near()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "did you mean plain/svc/one", "replay", "plain/svc/ome");
        session.Refuses(ExitCode.Usage, "did you mean plain/svc/one", "replay", "plain/svc");
    }

    [Fact]
    public void A_case_on_which_the_device_dies_still_shows_what_ran()
    {
        using var session = new Session { Behaviour = _ => new Observation.Died("QEMU was killed by signal 9") };
        session.Run("replay", "plain/svc/one").ShouldBe(ExitCode.Errors);
        session.Out.ShouldContain("svc");
        session.Out.ShouldContain("QEMU was killed by signal 9");
        session.Out.ShouldContain("to EL1: target 0x1");
    }
}
