namespace Conformance.Cli.Tests.Commands;

public class ReportCommandTests
{
    [Fact]
    public void Reports_are_made_again_from_the_record_alone()
    {
        using var session = new Session { Behaviour = c => Session.Seen(c, 2) };
        session.Run("run", "--out", "r");
        string html = session.ReadFile("r/report.html");
        string console = session.Out;
        foreach (string name in (string[])["report.html", "junit.xml", "report.tap", "report.json"])
        {
            File.Delete(Path.Combine(session.Folder, "r", name));
        }

        session.Run("report", "r").ShouldBe(ExitCode.Ok);
        session.ReadFile("r/report.html").ShouldBe(html);
        session.Has("r/junit.xml").ShouldBeTrue();
        session.Has("r/report.tap").ShouldBeTrue();
        session.Has("r/report.json").ShouldBeTrue();
        session.Out.ShouldBe(console);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "no such folder", "report", "nowhere");
    }

    [Fact]
    public void A_folder_without_a_record_is_refused()
    {
        using var session = new Session();
        Directory.CreateDirectory(Path.Combine(session.Folder, "empty"));
        session.Refuses(ExitCode.Usage, "summary.json: not there", "report", "empty");
    }

    [Fact]
    public void A_changed_record_is_refused_with_its_line()
    {
        using var session = new Session();
        session.Run("run", "--out", "r");
        session.WriteFile("r/run.jsonl", "nonsense\n");
        session.Refuses(ExitCode.Usage, "run.jsonl:1: not JSON", "report", "r");
    }

    [Fact]
    public void Several_runs_are_put_side_by_side()
    {
        using var session = new Session();
        session.Run("run", "--out", "a");
        session.Behaviour = c => Session.Seen(c, c.Id == "plain/svc/one" ? 2ul : 1);
        session.Run("run", "--out", "b");

        session.Run("report", "a", "b").ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("model (a): 5 pass, 0 fail, 0 waived, 1 skip, 0 error");
        session.Out.ShouldContain("Differ   1 of 6 cases");
        session.ReadFile("out/joined/joined.html").ShouldContain("plain/svc/one");
        session.Run("report", "a", "b", "--out", "c").ShouldBe(ExitCode.Ok);
        session.Has("c/joined.html").ShouldBeTrue();
        session.Refuses(ExitCode.Usage, "--out is for several runs", "report", "a", "--out", "c");
        session.Refuses(ExitCode.Usage, "no such folder", "report", "a", "nowhere");
    }
}
