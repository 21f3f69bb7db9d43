namespace Conformance.Cli.Tests.Commands;

/// <summary>The options of device qemu that say on which CPU and at which level it runs.</summary>
public sealed class QemuDeviceOptionsTests
{
    [Fact]
    public void Values_that_there_are_not_are_refused_before_QEMU_is_started()
    {
        using var session = new Session();

        session.StandardRefuses(ExitCode.Usage, "--accel: there is no accelerator 'xen'; the accelerators are kvm, hvf.", "run", "--device", "qemu", "--accel", "xen");
        session.StandardRefuses(ExitCode.Usage, "--level: '4' is no level to start at; give 1, 2 or 3.", "run", "--device", "qemu", "--level", "4");
        session.StandardRefuses(ExitCode.Usage, "--accel: does not apply to --device model", "run", "--accel", "kvm");
    }

    [Fact]
    public void They_are_part_of_what_means_the_same_device()
    {
        DeviceChoice choice = new() { Device = "qemu", Level = "2", Accelerator = "hvf", Given = ["--accel", "--level"] };

        choice.Options.ShouldBe(["--accel", "hvf", "--level", "2"]);
    }
}
