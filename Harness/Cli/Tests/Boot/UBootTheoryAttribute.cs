using Conformance.Harness.Tests;

namespace Conformance.Cli.Tests.Boot;

/// <summary>
/// A test that needs Debian's U-Boot for QEMU: skipped where it is not installed, unless CONFORMANCE_REQUIRE_UBOOT is set. One
/// that compares needs QEMU as well.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UBootTheoryAttribute : TheoryAttribute
{
    internal const string Path = "/usr/lib/u-boot/qemu_arm64/u-boot.bin";

    public UBootTheoryAttribute(bool withQemu = false)
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_REQUIRE_UBOOT") is not { Length: > 0 } && !File.Exists(Path))
        {
            Skip = "U-Boot for QEMU is not installed; install the package u-boot-qemu.";
        }
        else if (withQemu)
        {
            Skip = new QemuFactAttribute().Skip;
        }
    }
}
