using System.Runtime.InteropServices;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Qemu;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Tests.Devices;

/// <summary>What QEMU is started with, and on which hosts an accelerator is there.</summary>
public class QemuCommandTests
{
    private static readonly Accelerator.Host s_host = new(true, false, Architecture.Arm64, _ => true, _ => true);

    [Fact]
    public void Emulation_starts_at_EL3_and_names_no_accelerator()
    {
        IReadOnlyList<string> arguments = Of(new QemuOptions());

        arguments.ShouldNotContain("-accel");
        After(arguments, "-M").ShouldBe("virt,secure=on,virtualization=on,gic-version=3,memory-backend=ram");
        After(arguments, "-cpu").ShouldBe("max");
        After(arguments, "-object").ShouldBe("memory-backend-file,id=ram,size=128M,mem-path=/ram,share=on");
        After(arguments, "-device").ShouldBe("loader,addr=0x40140000,cpu-num=0");
    }

    [Theory]
    [InlineData("kvm", 2, "virt,virtualization=on,gic-version=3,memory-backend=ram")]
    [InlineData("kvm", 1, "virt,gic-version=3,memory-backend=ram")]
    [InlineData("hvf", 2, "virt,virtualization=on,gic-version=3,memory-backend=ram")]
    [InlineData("hvf", 1, "virt,gic-version=3,memory-backend=ram")]
    public void An_accelerator_starts_at_EL2_or_EL1_on_the_CPU_of_the_host(string accelerator, int level, string machine)
    {
        IReadOnlyList<string> arguments = Of(new QemuOptions { Accelerator = accelerator, StartLevel = level });

        After(arguments, "-accel").ShouldBe(accelerator);
        After(arguments, "-M").ShouldBe(machine);
        After(arguments, "-cpu").ShouldBe("max"); // which is the host's own with an accelerator
    }

    [Fact]
    public void A_host_that_has_the_accelerator_is_taken()
    {
        Should.NotThrow(() => Accelerator.Check(new QemuOptions { Accelerator = "kvm" }, s_host));
        Should.NotThrow(() => Accelerator.Check(new QemuOptions { Accelerator = "hvf" }, s_host with { IsLinux = false, IsMac = true }));
        Should.NotThrow(() => Accelerator.Check(new QemuOptions(), s_host with { Cpu = Architecture.X64 }));
    }

    [Theory]
    [InlineData("kvm", true, false, Architecture.X64, true, true, null, "the host's CPU, which is X64 and not AArch64")]
    [InlineData("kvm", false, true, Architecture.Arm64, true, true, null, "KVM is part of Linux")]
    [InlineData("hvf", true, false, Architecture.Arm64, true, true, null, "HVF is part of macOS")]
    [InlineData("kvm", true, false, Architecture.Arm64, false, false, null, "there is no /dev/kvm")]
    [InlineData("kvm", true, false, Architecture.Arm64, true, false, null, "/dev/kvm may not be opened by this user")]
    [InlineData("kvm", true, false, Architecture.Arm64, true, true, 3, "has no EL3")]
    [InlineData("xen", true, false, Architecture.Arm64, true, true, null, "no such accelerator")]
    public void A_host_that_has_not_says_why(
        string name, bool linux, bool mac, Architecture cpu, bool exists, bool opens, int? level, string why)
    {
        var host = new Accelerator.Host(linux, mac, cpu, _ => exists, _ => opens);
        DeviceUnavailableException missing = Should.Throw<DeviceUnavailableException>(
            () => Accelerator.Check(new QemuOptions { Accelerator = name, StartLevel = level }, host));

        missing.What.ShouldStartWith($"Device qemu with --accel {name} is not available: ");
        missing.What.ShouldContain(why);
        missing.Mend.ShouldNotBeEmpty();
        missing.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void The_levels_are_tried_from_the_top()
    {
        new QemuOptions().Levels.ShouldBe([3]);
        new QemuOptions { Accelerator = "kvm" }.Levels.ShouldBe([2, 1]);
        new QemuOptions { Accelerator = "kvm", StartLevel = 1 }.Levels.ShouldBe([1]);
        new QemuOptions { StartLevel = 2 }.Levels.ShouldBe([2]);
    }

    private static IReadOnlyList<string> Of(QemuOptions options) => QemuCommand.Arguments(options, GuestImage.Executive, "/ram", "/monitor");

    private static string After(IReadOnlyList<string> arguments, string option) => arguments[arguments.ToList().IndexOf(option) + 1];
}
