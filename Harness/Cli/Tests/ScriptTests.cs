using System.Diagnostics;

namespace Conformance.Cli.Tests;

/// <summary>The scripts at the root, with a stand-in for the .NET SDK that notes what it is asked.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    private const string StandIn = """
        #!/bin/sh
        echo "$@" >> "$(dirname "$0")/asked"
        case "$1" in
          --list-sdks) echo "10.0.401 [/somewhere]" ;;
          publish)
            [ -f "$(dirname "$0")/broken" ] && { echo "Thing.cs(1,1): error CS0000: broken"; exit 1; }
            case "$*" in *ReadyToRun=true*) [ -f "$(dirname "$0")/no-compiler" ] && { echo "error NU1101: no crossgen"; exit 1; } ;; esac
            mkdir -p "$(dirname "$2")/bin/ready"
            echo > "$(dirname "$2")/bin/ready/conformance.dll" ;;
          *) shift; echo "ran with:$(printf ' <%s>' "$@")"; exit 7 ;;
        esac
        """;

    private readonly string _root = Path.Combine(Path.GetTempPath(), "conformance-scripts-" + Path.GetRandomFileName());

    public ScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "Harness/Cli/Tests"));
        Directory.CreateDirectory(Path.Combine(_root, "sdk"));
        File.Copy(Path.Combine(SourceTree.Root, "conformance"), Path.Combine(_root, "conformance"));
        File.WriteAllText(Path.Combine(_root, "Harness/Cli/Program.cs"), "");
        File.WriteAllText(Path.Combine(_root, "sdk/dotnet"), StandIn);
        File.SetUnixFileMode(Path.Combine(_root, "sdk/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        Age("Harness/Cli/Program.cs", hours: 1);
    }

    [Fact]
    public void The_wrapper_builds_once_and_passes_arguments_and_exit_code_through()
    {
        (int code, string output, string error) = Conformance("run", "--only", "a b");
        (code, output, error).ShouldBe((7, "ran with: <run> <--only> <a b>\n", "conformance: building...\n"));
        (code, output, error) = Conformance();
        (code, error).ShouldBe((7, ""));
        Builds().ShouldBe(1);
    }

    [Fact]
    public void The_wrapper_builds_again_when_a_source_is_newer_but_not_for_a_test()
    {
        Conformance("list");
        File.WriteAllText(Path.Combine(_root, "Harness/Cli/Tests/SomeTests.cs"), "");
        Conformance("list");
        Builds().ShouldBe(1);
        File.WriteAllText(Path.Combine(_root, "Harness/Cli/New.cs"), "");
        Age("Harness/Cli/New.cs", hours: -1);
        Conformance("list");
        Builds().ShouldBe(2);
    }

    [Fact]
    public void The_wrapper_does_without_compiling_ahead_of_time_where_NuGet_has_no_compiler_for_it()
    {
        File.WriteAllText(Path.Combine(_root, "sdk/no-compiler"), "");
        Conformance("list").ShouldBe((7, "ran with: <list>\n", "conformance: building...\n"));
        Builds().ShouldBe(2);
        Conformance("list").Error.ShouldBeEmpty();
    }

    [Fact]
    public void The_wrapper_shows_why_a_build_fails_and_does_not_run()
    {
        File.WriteAllText(Path.Combine(_root, "sdk/broken"), "");
        (int code, string output, string error) = Conformance("run");
        code.ShouldBe((int)ExitCode.Errors);
        output.ShouldBeEmpty();
        error.ShouldContain("Thing.cs(1,1): error CS0000: broken\nconformance: the build failed");
        Conformance("run").Error.ShouldContain("building...");
    }

    [Theory]
    [InlineData("sources.list", "deb http://mirror.test/debian bookworm main\n", "|http://mirror.test/debian")]
    [InlineData("sources.list.d/a.list", "# deb http://no.test bookworm main\ndeb [arch=amd64 signed-by=/k.gpg] http://mirror.test/d bookworm main contrib\n",
        "arch=amd64 signed-by=/k.gpg|http://mirror.test/d")]
    [InlineData("sources.list.d/debian.sources",
        "Types: deb\nURIs: http://security.test/s\nSuites: bookworm-security\nComponents: main\n\n"
        + "Types: deb\n# a remark\nURIs: http://mirror.test/debian http://other.test\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg\n",
        "signed-by=/k.gpg|http://mirror.test/debian")]
    [InlineData("sources.list.d/off.sources", "Types: deb\nEnabled: no\nURIs: http://mirror.test/debian\nSuites: bookworm\n", "")]
    [InlineData("sources.list", "deb http://mirror.test/debian trixie main\n", "")]
    public void The_source_of_backports_comes_from_the_lists_of_the_machine(string file, string text, string archive)
    {
        string apt = Path.Combine(_root, "apt");
        Directory.CreateDirectory(Path.Combine(apt, "sources.list.d"));
        File.WriteAllText(Path.Combine(apt, file), text);
        string script = Path.Combine(SourceTree.Root, ".ci/run");
        (_, string output, string error) = Bash("-c", $"apt='{apt}'; source <(sed -n '/^debian_archive()/,/^}}/p' {script}); debian_archive");
        (output.TrimEnd(), error).ShouldBe((archive, ""));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("7.2.15", false)]
    [InlineData("7.2.15", true)]
    public void The_build_machine_gets_the_QEMU_of_backports_when_it_has_none_or_an_old_one(string installed, bool listed)
    {
        (int code, string output, string asked) = BuildMachine(installed, offered: "10.0.2", listed);
        (code, output).ShouldBe((5, "QEMU emulator version 10.0.2\nall tests, QEMU required: 1\n"));
        asked.ShouldContain("install -y -qq --no-install-recommends -t bookworm-backports qemu-system-arm");
        string added = Path.Combine(_root, "apt/sources.list.d/conformance-backports.list");
        File.Exists(added).ShouldBe(!listed);
        if (!listed)
        {
            File.ReadAllText(added).ShouldBe("deb [signed-by=/k.gpg] http://mirror.test/debian bookworm-backports main\n");
        }
    }

    [Fact]
    public void The_build_machine_installs_nothing_when_QEMU_is_new_enough()
    {
        (int code, string output, string asked) = BuildMachine(installed: "10.1.0", offered: "10.0.2", listed: false);
        (code, output, asked).ShouldBe((5, "QEMU emulator version 10.1.0\nall tests, QEMU required: 1\n", ""));
    }

    [Fact]
    public void The_build_machine_gets_the_compiler_of_the_programs_when_it_has_none()
    {
        File.WriteAllText(Path.Combine(_root, "no-gcc"), "");
        (int code, string output, string asked) = BuildMachine(installed: "10.1.0", offered: "", listed: true);
        (code, output).ShouldBe((5, "QEMU emulator version 10.1.0\nall tests, QEMU required: 1\n"));
        asked.ShouldEndWith("install -y -qq --no-install-recommends gcc-aarch64-linux-gnu\n");
    }

    [Fact]
    public void The_build_machine_gets_the_firmware_that_a_test_boots_when_it_has_none()
    {
        File.WriteAllText(Path.Combine(_root, "no-uboot"), "");
        (int code, string output, string asked) = BuildMachine(installed: "10.1.0", offered: "", listed: true);
        (code, output).ShouldBe((5, "QEMU emulator version 10.1.0\nall tests, QEMU required: 1\n"));
        asked.ShouldEndWith("install -y -qq --no-install-recommends u-boot-qemu\n");
    }

    [Fact]
    public void The_build_machine_gets_the_debugger_when_it_has_none()
    {
        File.WriteAllText(Path.Combine(_root, "no-gdb"), "");
        (int code, string output, string asked) = BuildMachine(installed: "10.1.0", offered: "", listed: true);
        (code, output).ShouldBe((5, "QEMU emulator version 10.1.0\nall tests, QEMU required: 1\n"));
        asked.ShouldEndWith("install -y -qq --no-install-recommends gdb-multiarch\n");
    }

    [Fact]
    public void The_build_machine_gets_the_kernel_of_device_kvm_once()
    {
        File.WriteAllText(Path.Combine(_root, "no-kernel"), "");
        (int code, string output, string asked) = BuildMachine(installed: "10.1.0", offered: "", listed: true);
        (code, output, asked).ShouldBe((5, "QEMU emulator version 10.1.0\nall tests, QEMU required: 1\n", ""));
        File.Exists(Path.Combine(_root, "cache/kernels/7.3.4/vmlinuz")).ShouldBeTrue();
        File.Exists(Path.Combine(_root, "no-kernel")).ShouldBeFalse();
    }

    [Fact]
    public void The_build_machine_does_not_go_on_without_QEMU()
    {
        (int code, string output, _) = BuildMachine(installed: "", offered: "", listed: true);
        (code, output).ShouldBe((3, ""));
    }

    [Theory]
    [InlineData("conformance")]
    [InlineData("run-tests.sh")]
    [InlineData(".ci/run")]
    public void Scripts_are_bash_and_can_be_executed(string script)
    {
        string path = Path.Combine(SourceTree.Root, script);
        (File.GetUnixFileMode(path) & UnixFileMode.UserExecute).ShouldBe(UnixFileMode.UserExecute);
        Bash("-n", path).ShouldBe((0, "", ""));
    }

    /// <summary>Runs <c>.ci/run</c> with stand-ins for apt, QEMU and <c>run-tests.sh</c>.</summary>
    private (int Code, string Output, string Asked) BuildMachine(string installed, string offered, bool listed)
    {
        foreach (string folder in (string[])["apt/sources.list.d", ".ci"])
        {
            Directory.CreateDirectory(Path.Combine(_root, folder));
        }

        File.Copy(Path.Combine(SourceTree.Root, ".ci/run"), Path.Combine(_root, ".ci/run"));
        File.WriteAllText(Path.Combine(_root, "apt/sources.list"), "deb [signed-by=/k.gpg] http://mirror.test/debian bookworm main\n");
        File.WriteAllText(Path.Combine(_root, "version"), installed);
        Script("run-tests.sh", """echo "all tests, QEMU required: $CONFORMANCE_REQUIRE_QEMU"; exit 5""");
        Script("sdk/sudo", """exec "$@" """);
        Script("sdk/qemu-system-aarch64", $"""[ -s {_root}/version ] && echo "QEMU emulator version $(cat {_root}/version)" """);
        Script("sdk/aarch64-linux-gnu-gcc", $"[ ! -e {_root}/no-gcc ]");
        Script("sdk/gdb-multiarch", $"[ ! -e {_root}/no-gdb ]");
        Directory.CreateDirectory(Path.Combine(_root, "cache/kernels/7.3.4"));
        Script("conformance", $"""[ "$*" = "doctor --fetch" ] && rm {_root}/no-kernel && : > {_root}/cache/kernels/7.3.4/vmlinuz""");
        if (!File.Exists(Path.Combine(_root, "no-kernel")))
        {
            File.WriteAllText(Path.Combine(_root, "cache/kernels/7.3.4/vmlinuz"), "");
        }

        if (!File.Exists(Path.Combine(_root, "no-uboot")))
        {
            File.WriteAllText(Path.Combine(_root, "u-boot.bin"), "");
        }

        Script("sdk/apt-cache", listed ? "echo '100 http://mirror.test/debian bookworm-backports/main amd64 Packages'" : ":");
        Script("sdk/apt-get", $"""
            echo "$@" >> {_root}/asked-apt
            case "$*" in install*u-boot*) : > {_root}/u-boot.bin ;; install*qemu*) printf '%s' '{offered}' > {_root}/version ;; install*gcc*) rm {_root}/no-gcc ;; install*gdb*) rm {_root}/no-gdb ;; esac
            """);
        (int code, string output, _) = Bash(Path.Combine(_root, ".ci/run"));
        string asked = Path.Combine(_root, "asked-apt");
        return (code, output, File.Exists(asked) ? File.ReadAllText(asked) : "");
    }

    private void Script(string name, string text)
    {
        string path = Path.Combine(_root, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private (int Code, string Output, string Error) Conformance(params string[] arguments) =>
        Bash([Path.Combine(_root, "conformance"), .. arguments]);

    private (int Code, string Output, string Error) Bash(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CONFORMANCE_APT"] = Path.Combine(_root, "apt");
        start.Environment["CONFORMANCE_CACHE"] = Path.Combine(_root, "cache");
        start.Environment["CONFORMANCE_UBOOT"] = Path.Combine(_root, "u-boot.bin");
        start.Environment["PATH"] = Path.Combine(_root, "sdk") + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private int Builds() => File.ReadAllLines(Path.Combine(_root, "sdk/asked")).Count(l => l.StartsWith("publish ", StringComparison.Ordinal));

    private void Age(string file, int hours) => File.SetLastWriteTimeUtc(Path.Combine(_root, file), DateTime.UtcNow.AddHours(-hours));
}
