using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Harness.Tests;

/// <summary>A test that needs real QEMU: skipped where it is not installed, unless CONFORMANCE_REQUIRE_QEMU is set.</summary>
/// <remarks>Other test projects link this file: <c>&lt;Compile Include="../../Tests/QemuFactAttribute.cs" /&gt;</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QemuFactAttribute : FactAttribute
{
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
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
