using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>Stops a process where it is and lets it go on, by SIGSTOP and SIGCONT.</summary>
/// <remarks>
/// The executive asks for work in a loop, which would keep a core of the host busy that makes and judges cases. And should
/// the suite itself be killed, a stopped orphan gets SIGHUP and ends, where a running one would spin for ever.
/// </remarks>
internal static class ProcessPause
{
    private static readonly bool s_linux = OperatingSystem.IsLinux();

    internal static void Stop(Process process) => Signal(process, 19);

    internal static void GoOn(Process process) => Signal(process, 18);

    private static void Signal(Process process, int number)
    {
        // Only Linux's numbers are known here; elsewhere the guest spins, which costs time and nothing else.
        if (s_linux)
        {
            _ = NativeKill(process.Id, number); // a process that is gone is noticed by whoever waits for it
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int pid, int signal);
}
