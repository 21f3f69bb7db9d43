using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Kvm;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>Finding and fetching the kernel, with programs that only say what they were asked.</summary>
public sealed class KernelPackageTests : IDisposable
{
    private const string Listed =
        "linux-image-cloud-arm64 - meta\nlinux-binary-unsigned-7.2.11+deb13-cloud-arm64 - Linux\nlinux-binary-7.3.4+deb13-cloud-arm64 - Linux\n"
        + "linux-binary-unsigned-7.3.4+deb13-cloud-arm64 - Linux\nlinux-image-7.3.4+deb13-cloud-arm64 - Linux\nlinux-image-7.3.4+deb13-cloud-arm64-dbg - big\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("conformance-test-").FullName;
    private readonly List<string> _asked = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_newest_version_wins_and_of_its_packages_the_one_with_the_image()
    {
        KernelPackage.Choose(Listed.Split('\n').Select(l => l.Split(' ')[0])).ShouldBe(
            ("linux-binary-unsigned-7.3.4+deb13-cloud-arm64", new Version(7, 3, 4)));
        KernelPackage.Choose(["linux-image-6.19.10+deb13-cloud-arm64", "linux-image-6.19.9+deb13-cloud-arm64"])!.Value.Version.ShouldBe(new Version(6, 19, 10));
    }

    [Fact]
    public void Kernels_without_virtual_EL2_and_packages_of_other_kinds_are_not_chosen() =>
        KernelPackage.Choose(["linux-image-6.12.1+deb13-cloud-arm64", "linux-headers-7.3.4+deb13-cloud-arm64", "linux-image-cloud-arm64", ""]).ShouldBeNull();

    [Fact]
    public void The_cache_gives_the_newest_by_number_and_only_what_is_whole()
    {
        KernelPackage.Newest(Cache).ShouldBeNull();
        foreach (string version in (string[])["7.2.11", "7.2.9", "leftover"])
        {
            Put(Path.Combine(Cache, "kernels", version, "vmlinuz"), "kernel");
        }

        Directory.CreateDirectory(Path.Combine(Cache, "kernels", "7.4.1"));

        KernelPackage.Newest(Cache).ShouldBe(Path.Combine(Cache, "kernels", "7.2.11", "vmlinuz"));
    }

    [Fact]
    public void Fetching_asks_the_archive_of_the_machine_and_leaves_the_machine_alone()
    {
        Put(Path.Combine(Apt, "sources.list.d", "debian.sources"),
            "Types: deb\nURIs: http://archive.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /keys\n");

        string kernel = Package().Fetch();

        kernel.ShouldBe(Path.Combine(Cache, "kernels", "7.3.4", "vmlinuz"));
        File.ReadAllText(kernel).ShouldBe("the kernel");
        KernelPackage.Newest(Cache).ShouldBe(kernel);
        string source = File.ReadAllText(Path.Combine(Cache, "apt", "kernel.sources"));
        source.ShouldContain("URIs: http://archive.example/debian\nSuites: trixie-backports\n");
        source.ShouldContain("Architectures: arm64\nSigned-By: /keys\n");
        _asked.Where(a => a.StartsWith("apt", StringComparison.Ordinal)).ShouldAllBe(a => a.Contains($"Dir::State={Cache}", StringComparison.Ordinal)
            && a.Contains($"Dir::Cache={Cache}", StringComparison.Ordinal) && a.Contains("Dir::Etc::SourceParts=-", StringComparison.Ordinal)
            && !a.Contains(" install", StringComparison.Ordinal));

        Package().Fetch().ShouldBe(kernel);
        _asked.Count(a => a.Contains(" download ", StringComparison.Ordinal)).ShouldBe(1, "what is there is not fetched again");
    }

    [Fact]
    public void A_machine_without_a_Debian_archive_is_told_to_name_a_kernel()
    {
        Put(Path.Combine(Apt, "sources.list"), "deb http://archive.example/ubuntu noble main\n");

        DeviceUnavailableException e = Should.Throw<DeviceUnavailableException>(() => Package().Fetch());

        e.What.ShouldContain("no Debian archive");
        e.Mend.ShouldContain("--kernel");
    }

    [Theory]
    [InlineData("deb http://a.example/debian bookworm main contrib", "http://a.example/debian", "")]
    [InlineData("deb [arch=amd64 signed-by=/keys] http://a.example/debian trixie-updates main", "http://a.example/debian", "/keys")]
    [InlineData("# deb http://a.example/debian bookworm main", null, null)]
    [InlineData("deb-src http://a.example/debian bookworm main", null, null)]
    [InlineData("deb http://a.example/security bookworm-security main", null, null)]
    public void A_line_of_a_list_is_understood(string line, string? uri, string? keys)
    {
        Put(Path.Combine(Apt, "sources.list"), line + "\n");

        AptSource.OfMachine(Apt).ShouldBe(uri is null ? null : new AptSource(uri, keys!));
    }

    [Fact]
    public void A_paragraph_that_is_switched_off_does_not_count_and_a_comment_does_not_end_one()
    {
        Put(Path.Combine(Apt, "sources.list.d", "a.sources"),
            "Types: deb\nURIs: http://off.example/debian\nSuites: bookworm\nEnabled: no\n\n"
            + "Types: deb\n# a remark\nURIs: http://on.example/debian\nSuites: bookworm\n");

        AptSource.OfMachine(Apt).ShouldBe(new AptSource("http://on.example/debian", ""));
    }

    private string Cache => Path.Combine(_folder, "cache");

    private string Apt => Path.Combine(_folder, "apt");

    private KernelPackage Package() => new(Cache, Apt, Run);

    private string Run(string program, IReadOnlyList<string> arguments, string folder)
    {
        string asked = $"{program} {string.Join(' ', arguments)}";
        _asked.Add(asked);
        if (asked.Contains(" search ", StringComparison.Ordinal))
        {
            return Listed;
        }

        if (asked.Contains(" download ", StringComparison.Ordinal))
        {
            Put(Path.Combine(folder, arguments[^1] + "_7.3.4-1_arm64.deb"), "package");
        }

        if (program == "dpkg-deb")
        {
            File.ReadAllText(arguments[1]).ShouldBe("package");
            Put(Path.Combine(arguments[2], "usr/lib/modules/x/vmlinuz.unsigned"), "the kernel");
        }

        return "";
    }

    private static void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
