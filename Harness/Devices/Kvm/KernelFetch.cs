using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>Fetches what device <c>kvm</c> needs and the machine lacks.</summary>
public static class KernelFetch
{
    /// <summary>The newest kernel image in the cache, or null.</summary>
    public static string? Cached => KernelPackage.Newest(KvmCache.Folder);

    /// <summary>Fetches the newest kernel with apt-get and unpacks it into the cache; nothing is installed.</summary>
    /// <returns>Path of the kernel image.</returns>
    /// <exception cref="DeviceUnavailableException">It cannot be had.</exception>
    public static string Fetch()
    {
        Directory.CreateDirectory(KvmCache.Folder);
        return new KernelPackage(KvmCache.Folder, "/etc/apt", Run).Fetch();
    }

    private static string Run(string program, IReadOnlyList<string> arguments, string folder)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new DeviceUnavailableException(
                $"{program} failed while it fetched the kernel: {errors.GetAwaiter().GetResult().Trim().Split('\n')[^1]}.", "Check the machine's apt sources, or use --kernel.");
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException($"{program} is not installed, so no kernel can be fetched.", "Name a kernel image of your own with --kernel.");
        }
    }
}
