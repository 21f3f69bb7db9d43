using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>Asks a QEMU program for its version.</summary>
public static partial class QemuVersion
{
    /// <summary>How QEMU gets onto a Debian 12 machine.</summary>
    public const string InstallHint =
        "Install QEMU 10.0 with: apt-get install -t bookworm-backports qemu-system-arm (Debian 12), then try again.";

    /// <returns>The version, <c>10.0.2</c>.</returns>
    /// <exception cref="DeviceUnavailableException">The program is missing or is not QEMU.</exception>
    public static string Of(string executable)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(executable, "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Match match = Version().Match(text);
            return match.Success
                ? match.Groups[1].Value
                : throw new DeviceUnavailableException($"{executable} does not say that it is QEMU.", InstallHint);
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException($"QEMU ({executable}) is not installed.", InstallHint);
        }
    }

    [GeneratedRegex(@"QEMU emulator version ([0-9]+(?:\.[0-9]+)+)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
