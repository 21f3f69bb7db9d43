using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Cli.Doctor;

/// <summary>Asks programs of the machine for their version.</summary>
internal static class Programs
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>The first line of <c>program --version</c>; null when there is no such program.</summary>
    public static string? Version(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            string? line = process.StandardOutput.ReadLine();
            if (!process.WaitForExit(s_patience))
            {
                process.Kill(entireProcessTree: true);
            }

            return line?.Trim() ?? "";
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
