using Conformance.Harness.Tests;

namespace Conformance.Cli.Tests.Programs;

/// <summary>
/// A test that needs GCC for AArch64 and real QEMU: skipped where one is not installed, unless CONFORMANCE_REQUIRE_GCC and
/// CONFORMANCE_REQUIRE_QEMU are set.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompiledTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<bool> s_installed = new(CompilerFixture.CompilerIsInstalled);

    public CompiledTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_REQUIRE_GCC") is not { Length: > 0 } && !s_installed.Value)
        {
            Skip = "GCC for AArch64 is not installed; install the package gcc-aarch64-linux-gnu.";
        }
        else
        {
            Skip = new QemuFactAttribute().Skip;
        }
    }
}
