namespace Conformance.Harness.Devices.Kvm;

/// <summary>The kernel of Debian that the device boots inside QEMU: found in the cache.</summary>
internal static class KernelPackage
{
    /// <summary>The newest kernel image in the cache, or null.</summary>
    internal static string? Newest(string cache)
    {
        string folder = Path.Combine(cache, "kernels");
        return !Directory.Exists(folder) ? null : Directory
            .EnumerateFiles(folder, "vmlinuz*", SearchOption.AllDirectories)
            .OrderByDescending(path => path, StringComparer.Ordinal).FirstOrDefault();
    }
}
