using System.Runtime.InteropServices;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>Finds what a host is made of and says how to start one.</summary>
internal static class Hosts
{
    /// <exception cref="DeviceUnavailableException">Something is missing.</exception>
    internal static Func<KvmHost> For(KvmOptions options)
    {
        if (options.Kernel == KvmOptions.OwnKernel)
        {
            return Own(options);
        }

        byte[] monitor = File.ReadAllBytes(MonitorProgram.Build(KvmCache.Folder));
        string kernel = options.Kernel ?? KernelPackage.Newest(KvmCache.Folder) ?? throw new DeviceUnavailableException(
            "There is no kernel with KVM to boot inside QEMU.", "Fetch one with: conformance doctor --fetch");
        return File.Exists(kernel)
            ? () => new EmulatedHost(options, kernel, monitor)
            : throw new DeviceUnavailableException($"The kernel image {kernel} is not there.", "Name another with --kernel, or leave it out.");
    }

    private static Func<KvmHost> Own(KvmOptions options)
    {
        if (RuntimeInformation.OSArchitecture != Architecture.Arm64 || !File.Exists("/dev/kvm"))
        {
            throw new DeviceUnavailableException(
                $"--kernel {KvmOptions.OwnKernel}: this machine ({RuntimeInformation.OSArchitecture}) has no KVM for arm64 guests.",
                "Leave --kernel out to have one inside QEMU.");
        }

        string monitor = MonitorProgram.Build(KvmCache.Folder);
        return () => new NativeHost(options.Kind, monitor, options.StartTimeout);
    }
}
