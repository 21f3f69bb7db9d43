using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>The command line that starts QEMU on a bare-metal program.</summary>
internal static class QemuCommand
{
    /// <summary>The arguments.</summary>
    /// <param name="options">How QEMU is to be started.</param>
    /// <param name="image">The program, which is in the RAM file already.</param>
    /// <param name="ram">The RAM file.</param>
    /// <param name="monitor">Socket of the monitor.</param>
    internal static IReadOnlyList<string> Arguments(QemuOptions options, GuestImage image, string ram, string monitor)
    {
        string machine = options.StartLevel switch
        {
            1 => "virt",
            2 => "virt,virtualization=on",
            _ => "virt,secure=on,virtualization=on",
        };
        return
        [
            "-nodefaults", "-display", "none", "-no-reboot",
            .. options.Accelerator is { } accelerator ? ["-accel", accelerator] : (string[])[],
            "-M", machine + ",gic-version=3,memory-backend=ram",
            "-cpu", options.Cpu,
            "-m", "128M",
            "-object", $"memory-backend-file,id=ram,size=128M,mem-path={ram},share=on",
            "-monitor", $"unix:{monitor},server=on,wait=off",
            "-device", $"loader,addr=0x{image.Entry:x},cpu-num=0",
        ];
    }
}
