using System.Globalization;

namespace Conformance.Cli.Tests.Programs;

/// <summary>Programs that GCC compiled print the same on the model as on QEMU, byte for byte.</summary>
public sealed class CompiledProgramsTests(CompilerFixture compiler) : IClassFixture<CompilerFixture>
{
    public static TheoryData<string, int> Programs
    {
        get
        {
            var data = new TheoryData<string, int>();
            string[] programs = ["integer", "whetstone", "linpack", "printf", "sha256", "aes", "vectors"];
            string[] variants = ["plain", "vector", "newer", "debug"];
            IEnumerable<string> all = [.. programs.SelectMany(p => variants.Select(v => $"{p}-{v}")), "sha256-crypto", "aes-crypto"];
            foreach ((int i, string name) in all.Index())
            {
                data.Add(name, 1 + i % 2); // half of them at EL1, half at EL2
            }

            return data;
        }
    }

    [CompiledTheory]
    [MemberData(nameof(Programs))]
    public void A_program_prints_the_same_on_the_model_as_on_QEMU(string name, int level)
    {
        string program = compiler.Program(name);
        (int code, string expected, string error) = CompilerFixture.Output(
            "qemu-system-aarch64", "-M", level == 2 ? "virt,virtualization=on" : "virt", "-cpu", "max", "-display", "none", "-monitor", "none",
            "-nic", "none", "-serial", "stdio", "-semihosting-config", "enable=on,target=native", "-kernel", program);
        (code, error).ShouldBe((0, ""));
        expected.ShouldNotBeEmpty();

        using var session = new Session();
        ExitCode onModel = session.RunStandard("exec", program, "--el", level.ToString(CultureInfo.InvariantCulture));
        session.Uart.ShouldBe(expected);
        (onModel, session.Error).ShouldBe((ExitCode.Ok, ""));
    }
}
