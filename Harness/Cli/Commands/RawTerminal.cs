using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Cli.Commands;

/// <summary>The terminal without editing of lines, echo and signals, so that a program gets every key as it is typed.</summary>
internal sealed class RawTerminal : IDisposable
{
    private readonly string? _before;

    private RawTerminal(string? before) => _before = before;

    /// <summary>Changes the terminal of standard input until it is disposed. Without <c>stty</c> it stays as it is.</summary>
    public static RawTerminal Enter()
    {
        string? before = Stty("-g");
        return new RawTerminal(before is not null && Stty("-icanon -echo -isig -icrnl min 1 time 0") is not null ? before.Trim() : null);
    }

    public void Dispose()
    {
        if (_before is not null)
        {
            _ = Stty(_before);
        }
    }

    private static string? Stty(string arguments)
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo("stty", arguments) { UseShellExecute = false, RedirectStandardOutput = true });
            string? output = process?.StandardOutput.ReadToEnd();
            process?.WaitForExit();
            return process?.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
