namespace Conformance.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void An_unknown_option_is_named_with_the_one_that_is_near()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "run: there is no option '--onyl'; did you mean --only; see `conformance run --help`.", "run", "--onyl", "plain");
    }

    [Fact]
    public void An_unknown_command_is_named_with_the_one_that_is_near()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "there is no command 'repaly'; did you mean replay", "repaly", "x");
    }

    [Fact]
    public void Without_a_command_the_one_to_start_with_is_named()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "start with `conformance run`");
    }

    [Fact]
    public void An_argument_too_many_is_named()
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, "doctor: there is no argument 'two'", "doctor", "two");
    }

    [Theory]
    [InlineData("run: --seed needs a value", "run", "--seed")]
    [InlineData("run: --only needs a value", "run", "--only")]
    [InlineData("replay: FILE|ID needs a value", "replay")]
    [InlineData("exec: there is nothing to run; name an IMAGE, or firmware with --bios FILE.", "exec", "--el", "2")]
    [InlineData("report: DIR needs a value", "report")]
    [InlineData("Option '--seed' expects a single argument but 2 were provided", "run", "--seed", "1", "--seed", "2")]
    public void A_missing_value_is_one_line(string saying, params string[] arguments)
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, saying, arguments);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("18446744073709551616")]
    [InlineData("0x")]
    [InlineData("0xg")]
    public void A_seed_that_is_no_number_is_refused(string seed)
    {
        using var session = new Session();
        session.Refuses(ExitCode.Usage, $"--seed: '{seed}' is not a number", "run", $"--seed={seed}");
    }

    [Theory]
    [InlineData("0", 0ul)]
    [InlineData("0xff", 255ul)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void Seeds_are_decimal_or_hexadecimal(string text, ulong value)
    {
        Numbers.TryParse(text, out ulong seed).ShouldBeTrue();
        seed.ShouldBe(value);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("list")]
    [InlineData("replay", "plain/svc/one")]
    public void An_unknown_device_is_refused_with_those_there_are(params string[] arguments)
    {
        using var session = new Session();
        session.StandardRefuses(
            ExitCode.Usage, "--device: there is no device 'quemu'; the devices are model, qemu, gdb, kvm.", [.. arguments, "--device", "quemu"]);
    }

    [Fact]
    public void An_option_of_another_device_is_refused()
    {
        using var session = new Session();
        session.StandardRefuses(ExitCode.Usage, "--cpu: does not apply to --device model; leave it out, or use --device qemu.", "run", "--cpu", "max");
    }

    [Fact]
    public void An_unknown_profile_is_refused_with_those_there_are()
    {
        using var session = new Session();
        session.RunStandard("run", "--profile", "armv99").ShouldNotBe(ExitCode.Ok);
        session.Error.ShouldContain("armv99");
        session.Error.ShouldContain("nv2");
        session.Error.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void An_unknown_path_is_refused()
    {
        using var session = new Session();
        session.StandardRefuses(ExitCode.Usage, "--path: there is no path 'sideways'; the paths are direct, executive.", "run", "--path", "sideways");
    }

    [Fact]
    public void Missing_QEMU_is_one_line_with_the_install_command()
    {
        using var session = new Session();
        session.StandardRefuses(ExitCode.DeviceUnavailable, "apt-get install", "run", "--device", "qemu", "--qemu", "/nonexistent");
        session.Error.ShouldContain("/nonexistent");
        session.Has("out/qemu/run.jsonl").ShouldBeFalse();
    }

    [Fact]
    public void A_bug_of_ours_is_one_line_that_says_so()
    {
        using var session = new Session { Suites = [new BrokenSuite()] };
        session.Refuses(ExitCode.Errors, "InvalidOperationException: it broke; this is a bug in conformance", "list");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("--version")]
    public void Help_and_version_succeed(params string[] arguments)
    {
        using var session = new Session();
        session.Run(arguments).ShouldBe(ExitCode.Ok);
        session.Out.ShouldNotBeEmpty();
        session.Error.ShouldBeEmpty();
    }

    [Fact]
    public void Help_names_every_exit_code()
    {
        using var session = new Session();
        session.Run("--help");
        foreach (ExitCode code in Enum.GetValues<ExitCode>())
        {
            session.Out.ShouldContain($" {(int)code} ");
        }
    }

    private sealed class BrokenSuite : Harness.Cases.ISuite
    {
        public string Name => "broken";

        public string Title => "";

        public IEnumerable<Case> Generate(Harness.Cases.SuiteTarget target, ulong seed) => throw new InvalidOperationException("it broke.");

        public IReadOnlyList<string> Reachable(Harness.Cases.SuiteTarget target) => [];
    }
}
