using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Cli.Tests.Gdb;

/// <summary>A test that needs GDB for AArch64: skipped where it is not installed, unless CONFORMANCE_REQUIRE_GDB is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GdbFactAttribute : FactAttribute
{
    internal const string Program = "gdb-multiarch";
    private static readonly Lazy<bool> s_installed = new(IsInstalled);

    public GdbFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_REQUIRE_GDB") is not { Length: > 0 } && !s_installed.Value)
        {
            Skip = "GDB for AArch64 is not installed; install the package gdb-multiarch.";
        }
    }

    private static bool IsInstalled()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Program, "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
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
