using System.Globalization;
using System.Runtime.InteropServices;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Qemu;

namespace Conformance.Cli.Doctor;

/// <summary>Looks at the machine: what the suite can use, what is missing, how to get it.</summary>
/// <param name="composition">The devices to try.</param>
/// <param name="choice">How they are started.</param>
/// <param name="version">First line of a program's <c>--version</c>, or null when it is not there.</param>
internal sealed class Examination(Composition composition, DeviceChoice choice, Func<string, string?> version)
{
    private const int OldestQemu = 10;

    /// <summary>Programs that only some work needs: name, package, what for.</summary>
    private static readonly (string Program, string Package, string For)[] s_tools =
    [
        ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu", "build images from C"),
        ("aarch64-linux-gnu-as", "binutils-aarch64-linux-gnu", "make the golden words of Fixtures/golden again"),
        ("gdb-multiarch", "gdb-multiarch", "step through an image"),
        ("chromium", "chromium", "take pictures of the HTML report"),
    ];

    public IEnumerable<Finding> Findings()
    {
        yield return new Finding(FindingState.Ok, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}");
        foreach (DeviceKind kind in composition.Devices.Where(d => !d.NeedsOptions))
        {
            yield return kind.Name == "qemu" && TooOld() is { } old ? old : Device(kind);
        }

        foreach ((string program, string package, string use) in s_tools)
        {
            yield return version(program) is { } found
                ? new Finding(FindingState.Ok, found.Length == 0 ? program : $"{program}: {found}")
                : new Finding(FindingState.Optional, program, $"only needed to {use}: apt-get install {package}");
        }
    }

    /// <summary>Starts the device as a run would and says what it is.</summary>
    private Finding Device(DeviceKind kind)
    {
        try
        {
            using IDevice device = composition.Open(choice with { Device = kind.Name, Given = [] });
            DeviceInfo info = device.Info;
            string nested = info.Features.Has("FEAT_NV2") ? "FEAT_NV2"
                : info.Features.Has("FEAT_NV") ? "FEAT_NV without FEAT_NV2" : "no nested virtualization";
            string what = string.Create(
                CultureInfo.InvariantCulture,
                $"device {info.Name} {info.Version}: EL{info.HighestLevel} and below, {info.Features.Names.Count} features, {nested}");
            return new Finding(FindingState.Ok, what);
        }
        catch (DeviceUnavailableException e)
        {
            // What device kvm needs is fetched on request; a machine without it is not broken.
            return new Finding(kind.Name == "kvm" ? FindingState.Optional : FindingState.Missing, $"device {kind.Name}: {e.What}", e.Mend);
        }
    }

    private Finding? TooOld()
    {
        try
        {
            string found = QemuVersion.Of(choice.Qemu);
            return int.Parse(found.Split('.')[0], CultureInfo.InvariantCulture) >= OldestQemu ? null : new Finding(
                FindingState.Missing,
                string.Create(CultureInfo.InvariantCulture, $"device qemu: QEMU {found} is older than {OldestQemu}.0 and has no FEAT_NV2"),
                QemuVersion.InstallHint);
        }
        catch (DeviceUnavailableException)
        {
            return null; // trying to start it says so
        }
    }
}
