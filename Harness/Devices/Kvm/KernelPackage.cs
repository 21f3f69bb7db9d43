using System.Text.RegularExpressions;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>The kernel of Debian that the device boots inside QEMU: found in the cache, or fetched into it.</summary>
/// <remarks>
/// The package is unpacked and never installed. Its archive is the machine's own with the suite replaced, and apt's lists for
/// it are in the cache, so nothing of the machine is changed.
/// </remarks>
/// <param name="cache">The folder of the device's cache.</param>
/// <param name="apt">The folder of apt's configuration, <c>/etc/apt</c>.</param>
/// <param name="run">Runs a program in a folder and gives its output.</param>
/// <exception cref="DeviceUnavailableException">From <paramref name="run"/>: the program is missing, or fails.</exception>
internal sealed partial class KernelPackage(string cache, string apt, Func<string, IReadOnlyList<string>, string, string> run)
{
    /// <summary>The suite with the first kernels that have what the device needs.</summary>
    internal const string Suite = "trixie-backports";

    private const string Architecture = "arm64";

    /// <summary>The first kernel of the suite whose KVM gives a guest all that the monitor asks for.</summary>
    private static readonly Version s_oldest = new(6, 17);

    /// <summary>The packages that have held the kernel image, best first. The others of a version are empty or have debug symbols.</summary>
    private static readonly string[] s_stems = ["linux-binary-unsigned", "linux-binary", "linux-image-unsigned", "linux-image"];

    /// <summary>The newest kernel image in the cache, or null.</summary>
    internal static string? Newest(string cache)
    {
        string folder = Kernels(cache);
        return !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder)
            .Select(d => (Version: VersionOf(Path.GetFileName(d)), Image: Path.Combine(d, "vmlinuz")))
            .Where(k => k.Version is not null && File.Exists(k.Image))
            .OrderByDescending(k => k.Version).Select(k => k.Image).FirstOrDefault();
    }

    /// <summary>Fetches the newest kernel of the suite into the cache and unpacks it.</summary>
    /// <returns>Path of the kernel image.</returns>
    /// <exception cref="DeviceUnavailableException">It cannot be had; the message says why.</exception>
    internal string Fetch()
    {
        AptSource source = AptSource.OfMachine(apt) ?? throw new DeviceUnavailableException(
            $"There is no Debian archive in {apt} to fetch a kernel from.", "Name a kernel image of your own with --kernel.");
        string state = Path.Combine(cache, "apt");
        foreach (string folder in (string[])["lists/partial", "archives/partial", "download"])
        {
            Directory.CreateDirectory(Path.Combine(state, folder));
        }

        File.WriteAllText(Path.Combine(state, "status"), "");
        File.WriteAllText(Path.Combine(state, "kernel.sources"), source.Paragraph(Suite, Architecture));
        string[] options =
        [
            "-o", $"Dir::State={state}", "-o", $"Dir::State::lists={state}/lists", "-o", $"Dir::State::status={state}/status",
            "-o", $"Dir::Cache={state}", "-o", $"Dir::Etc::SourceList={state}/kernel.sources", "-o", "Dir::Etc::SourceParts=-",
            "-o", $"APT::Architecture={Architecture}", "-o", $"APT::Architectures={Architecture}", "-o", "APT::Sandbox::User=root",
        ];
        run("apt-get", [.. options, "-qq", "update"], state);
        string names = run("apt-cache", [.. options, "search", "--names-only", "^linux-.*-cloud-arm64$"], state);
        (string package, Version version) = Choose(names.Split('\n').Select(line => line.Split(' ')[0])) ?? throw new DeviceUnavailableException(
            $"The suite {Suite} has no cloud kernel for {Architecture} of version {s_oldest} or newer.", "Name a kernel image of your own with --kernel.");
        string target = Path.Combine(Kernels(cache), version.ToString());
        return File.Exists(Path.Combine(target, "vmlinuz")) ? Path.Combine(target, "vmlinuz") : Unpack(options, package, state, target);
    }

    /// <summary>The package with the newest kernel image among some names, or null.</summary>
    internal static (string Package, Version Version)? Choose(IEnumerable<string> names) => names
        .Select(name => (Name: name, Match: PackageName().Match(name))).Where(p => p.Match.Success)
        .Select(p => (p.Name, Version: VersionOf(p.Match.Groups[2].Value), Rank: Array.IndexOf(s_stems, p.Match.Groups[1].Value)))
        .Where(p => p.Rank >= 0 && p.Version >= s_oldest)
        .OrderByDescending(p => p.Version).ThenBy(p => p.Rank)
        .Select(p => ((string, Version)?)(p.Name, p.Version!)).FirstOrDefault();

    private string Unpack(string[] options, string package, string state, string target)
    {
        string download = Path.Combine(state, "download");
        string unpacked = Path.Combine(download, "unpacked");
        try
        {
            run("apt-get", [.. options, "-qq", "download", package], download);
            string archive = Directory.EnumerateFiles(download, package + "_*.deb").FirstOrDefault() ?? throw new DeviceUnavailableException(
                $"apt-get has not downloaded {package}.", "Try again.");
            run("dpkg-deb", ["-x", archive, unpacked], download);
            string image = Directory.EnumerateFiles(unpacked, "vmlinuz*", SearchOption.AllDirectories).FirstOrDefault() ?? throw new DeviceUnavailableException(
                $"The package {package} holds no kernel image.", "Name a kernel image of your own with --kernel.");
            Directory.CreateDirectory(target);
            string kernel = Path.Combine(target, "vmlinuz");
            File.Move(image, kernel, overwrite: true);
            return kernel;
        }
        finally
        {
            Directory.Delete(download, recursive: true);
        }
    }

    private static string Kernels(string cache) => Path.Combine(cache, "kernels");

    private static Version? VersionOf(string text) => Version.TryParse(text, out Version? version) ? version : null;

    [GeneratedRegex(@"^(linux-[a-z-]+?)-([0-9]+\.[0-9]+(?:\.[0-9]+)?)(?:\+[^-]*)?-cloud-arm64$", RegexOptions.CultureInvariant)]
    private static partial Regex PackageName();
}
