using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Conformance.Harness.Devices;

/// <summary>A program that a device starts. What it says is kept, so that it never waits for somebody to read it.</summary>
internal sealed class ListenedProcess : IDisposable
{
    private const int Kept = 65536;

    private static readonly TimeSpan s_done = TimeSpan.MaxValue / 2;

    private readonly StringBuilder _said = new();
    private int _ended;

    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    internal ListenedProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process = new Process { StartInfo = start };
        Process.ErrorDataReceived += Collect;
        Process.OutputDataReceived += Collect;
        Process.Start();
        Process.BeginErrorReadLine();
        Process.BeginOutputReadLine();
    }

    internal Process Process { get; }

    internal bool HasExited => Process.HasExited;

    /// <summary>Time that it has computed; more than any budget once it has ended.</summary>
    internal TimeSpan Worked
    {
        get
        {
            Process.Refresh();
            try
            {
                return Process.HasExited ? s_done : Process.TotalProcessorTime;
            }
            catch (Exception e) when (e is Win32Exception or InvalidOperationException)
            {
                return s_done; // it ended between the two questions
            }
        }
    }

    /// <summary>Exit code or signal, as the end of a sentence; null while it runs.</summary>
    internal string? End => !Process.HasExited ? null
        : Process.ExitCode > 128
            ? string.Create(CultureInfo.InvariantCulture, $"was killed by signal {Process.ExitCode - 128}")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {Process.ExitCode}");

    /// <summary>The last line that it said, or an empty text. What it said comes by another way than that it has ended.</summary>
    /// <param name="patience">How long to wait for a first line, or for the last of a process that has ended.</param>
    internal string LastLine(TimeSpan patience)
    {
        if (Process.HasExited)
        {
            HearOut(patience);
        }

        SpinWait.SpinUntil(() => Said.Length > 0, patience);
        return Said.Trim().Split('\n')[^1];
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            Process.WaitForExit();
        }

        Process.Dispose();
    }

    /// <summary>Waits until all is there that a process said which has ended: that comes by another way than its end.</summary>
    /// <param name="patience">How long, should a child of it still hold its output open.</param>
    internal void HearOut(TimeSpan patience) => SpinWait.SpinUntil(() => Volatile.Read(ref _ended) == 2, patience);

    /// <summary>All that it said, in lines, to a limit.</summary>
    internal string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            Interlocked.Increment(ref _ended); // one of the two streams is at its end
            return;
        }

        lock (_said)
        {
            if (line.Data is { Length: > 0 } text && _said.Length < Kept)
            {
                _said.Append(text).Append('\n');
            }
        }
    }
}
