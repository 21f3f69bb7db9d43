using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Harness.Tests;

/// <summary>A test that needs real QEMU: skipped where 10.0 or newer is not installed, unless CONFORMANCE_REQUIRE_QEMU is set.</summary>
/// <remarks>Other test projects link this file: <c>&lt;Compile Include="../../Tests/QemuFactAttribute.cs" /&gt;</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QemuFactAttribute : FactAttribute
{
    private const string Version = "QEMU emulator version ";
    private const int Oldest = 10;

    private static readonly Lazy<bool> s_installed = new(IsInstalled);

    public QemuFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_REQUIRE_QEMU") is not { Length: > 0 } && !s_installed.Value)
        {
            Skip = "QEMU 10.0 (qemu-system-aarch64) is not installed; `./conformance doctor` says how to get it.";
        }
    }

    private static bool IsInstalled()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("qemu-system-aarch64", "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            int at = text.IndexOf(Version, StringComparison.Ordinal);
            return at >= 0 && int.TryParse(text.AsSpan(at + Version.Length).ToString().Split('.')[0], out int major) && major >= Oldest;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
