using System.ComponentModel;
using Conformance.Harness.Executive;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Devices.Gdb;

/// <summary>The target between guests: its process if we started it, and the line to its stub, which outlives a guest where it can.</summary>
internal sealed class GdbMachine(GdbTarget target) : IDisposable
{
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(200);

    private ListenedProcess? _process;
    private GdbLink? _link;
    private bool _used;

    /// <exception cref="GuestLostException">There is no line.</exception>
    internal GdbLink Link => _link ?? throw new GuestLostException("the line to the target's stub is closed");

    /// <summary>Process id of the target started last, for tests that kill it.</summary>
    internal int? ProcessId => _process?.Process.Id;

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
        if (_process is null || !_process.Process.WaitForExit(200))
        {
            return "";
        }

        string end = $"{target.Start[0]} {_process.End}";
        string last = _process.LastLine(s_lastWords);
        return last.Length == 0 ? end : $"{end}: {last}";
    }

    public void Dispose() => Close();

    private void Close()
    {
        Break();
        _process?.Dispose();
        _process = null;
    }

    private ListenedProcess Launch()
    {
        try
        {
            return new ListenedProcess(target.Start[0], target.Start.Skip(1));
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException(
                $"The target's program {target.Start[0]} cannot be started.", "Install it, or correct 'start' in the description of the target.");
        }
    }
}
