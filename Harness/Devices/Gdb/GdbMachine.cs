using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Conformance.Harness.Executive;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Devices.Gdb;

/// <summary>The target between guests: its process if we started it, and the line to its stub, which outlives a guest where it can.</summary>
internal sealed class GdbMachine(GdbTarget target) : IDisposable
{
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(200);

    private readonly StringBuilder _said = new();
    private Process? _process;
    private GdbLink? _link;
    private bool _used;

    /// <exception cref="GuestLostException">There is no line.</exception>
    internal GdbLink Link => _link ?? throw new GuestLostException("the line to the target's stub is closed");

    /// <summary>Process id of the target started last, for tests that kill it.</summary>
    internal int? ProcessId => _process?.Id;

    /// <summary>Makes the target stand still at its beginning: by its reset, by a new process, or else where it is.</summary>
    /// <exception cref="DeviceUnavailableException">It does not start, or nobody answers.</exception>
    internal void Renew()
    {
        try
        {
            if (_link is null || (_used && target.Reset is null && target.Start.Count > 0))
            {
                Close();
                if (target.Start.Count > 0)
                {
                    _process = Launch();
                }

                // A stub that serves one debugger after the other needs a moment; one that we start needs longer.
                TimeSpan wait = target.Start.Count > 0 ? target.StartTimeout : TimeSpan.FromSeconds(1);
                _link = GdbLink.Open(target, wait, () => _process is not { HasExited: true });
            }

            if (target.Reset is { } reset)
            {
                _link.Client.Monitor(reset);
            }

            _used = true;
        }
        catch (GdbClientException e)
        {
            string more = Obituary();
            Close();
            throw new DeviceUnavailableException(
                $"The target at {target.Place} cannot be used: {e.Message}{(more.Length > 0 ? $"; {more}" : "")}.",
                target.Start.Count > 0 ? "Run the command of its 'start' by hand." : "Start it with its stub listening there and the PE halted.");
        }
    }

    /// <summary>The line is of no use any more.</summary>
    internal void Break()
    {
        _link?.Dispose();
        _link = null;
    }

    /// <summary>How the process of the target ended and the last it said; empty if it has not ended, or is not ours.</summary>
    internal string Obituary()
    {
        if (_process is null || !_process.WaitForExit(200))
        {
            return "";
        }

        string code = _process.ExitCode > 128
            ? string.Create(CultureInfo.InvariantCulture, $"{target.Start[0]} was killed by signal {_process.ExitCode - 128}")
            : string.Create(CultureInfo.InvariantCulture, $"{target.Start[0]} ended with exit code {_process.ExitCode}");
        SpinWait.SpinUntil(HasSaid, s_lastWords); // what it said comes by another way than that it has ended
        lock (_said)
        {
            string last = _said.ToString().Trim().Split('\n')[^1];
            return last.Length == 0 ? code : $"{code}: {last}";
        }
    }

    public void Dispose() => Close();

    private void Close()
    {
        Break();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    private bool HasSaid()
    {
        lock (_said)
        {
            return _said.Length > 0;
        }
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(target.Start[0])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in target.Start.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        lock (_said)
        {
            _said.Clear();
        }

        try
        {
            Process process = new() { StartInfo = start };
            process.ErrorDataReceived += Collect;
            process.OutputDataReceived += Collect;
            process.Start();
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException(
                $"The target's program {target.Start[0]} cannot be started.", "Install it, or correct 'start' in the description of the target.");
        }
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            if (line.Data is { Length: > 0 } text && _said.Length < 65536)
            {
                _said.Append(text).Append('\n');
            }
        }
    }
}
