using System.Runtime.InteropServices;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>The accelerators with which QEMU lets the host's own CPU run the guest: <c>kvm</c> and <c>hvf</c>.</summary>
internal static class Accelerator
{
    internal const string Kvm = "kvm";
    internal const string Hvf = "hvf";
    private const string KvmDevice = "/dev/kvm";

    /// <summary>The host, as far as it decides whether there is an accelerator.</summary>
    /// <param name="IsLinux">It runs Linux.</param>
    /// <param name="IsMac">It runs macOS.</param>
    /// <param name="Cpu">Its architecture.</param>
    /// <param name="Exists">A file is there.</param>
    /// <param name="Opens">A file can be opened for reading and writing.</param>
    internal sealed record Host(bool IsLinux, bool IsMac, Architecture Cpu, Func<string, bool> Exists, Func<string, bool> Opens)
    {
        /// <summary>The machine that this program runs on.</summary>
        internal static Host This { get; } = new(
            OperatingSystem.IsLinux(), OperatingSystem.IsMacOS(), RuntimeInformation.OSArchitecture, File.Exists, CanOpen);

        private static bool CanOpen(string path)
        {
            try
            {
                using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>Refuses an accelerator that the host has not got.</summary>
    /// <exception cref="DeviceUnavailableException">It has not, and why.</exception>
    internal static void Check(QemuOptions options, Host host)
    {
        if (options.Accelerator is { } name && Missing(name, options.StartLevel, host) is (string why, string mend))
        {
            throw new DeviceUnavailableException($"Device qemu with --accel {name} is not available: {why}.", mend);
        }
    }

    private static (string Why, string Mend)? Missing(string name, int? level, Host host)
    {
        const string Leave = "Leave --accel out, and QEMU emulates the CPU.";
        return (name, host) switch
        {
            (not (Kvm or Hvf), _) => ("there is no such accelerator", "The accelerators are kvm and hvf."),
            (Kvm, { IsLinux: false }) => ("KVM is part of Linux, and the host runs something else", Leave),
            (Hvf, { IsMac: false }) => ("HVF is part of macOS, and the host runs something else", Leave),
            (_, { Cpu: not Architecture.Arm64 }) => ($"it runs the guest on the host's CPU, which is {host.Cpu} and not AArch64", Leave),
            (Kvm, _) when !host.Exists(KvmDevice) => ($"there is no {KvmDevice}", "Load the module kvm, or run on a host (or in a container) that has it."),
            (Kvm, _) when !host.Opens(KvmDevice) => ($"{KvmDevice} may not be opened by this user", "Join its group: sudo usermod -aG kvm $USER, then log in again."),
            _ when level == 3 => ("a guest of the host's CPU has no EL3", "Give --level 2 or 1, or leave --level out."),
            _ => null,
        };
    }
}
