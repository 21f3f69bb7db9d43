using Conformance.Harness.Cases;

namespace Conformance.Cli.Tests.Commands;

public class BenchCommandTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void The_number_of_runs_is_checked(string runs)
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, $"--runs: '{runs}' is not a number of runs", "bench", "--runs", runs);
    }

    [Fact]
    public void A_device_that_does_not_do_the_work_gets_no_figure()
    {
        using var session = new Session { Behaviour = _ => new Observation.TimedOut("no end within 1 s") };
        session.Run("bench", "--runs", "1").ShouldBe(ExitCode.Usage);
        session.Error.ShouldContain("bench: model does not do");
        session.Error.ShouldContain("timed out: no end within 1 s");
    }

    [Fact]
    public void Without_QEMU_it_says_so_instead_of_measuring_half()
    {
        using var session = new Session();
        session.StandardRefuses(ExitCode.DeviceUnavailable, "/nonexistent", "bench", "--qemu", "/nonexistent");
    }
}
