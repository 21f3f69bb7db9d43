using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Executive;
using Microsoft.Win32.SafeHandles;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>One running QEMU whose RAM is a file that both sides see.</summary>
/// <remarks>
/// The executive is in the RAM file before QEMU starts, and a loader device without a file only sets the PC, so no firmware
/// runs. Semihosting stays off: with it, a case could reach files of the host.
/// </remarks>
internal sealed class QemuProcess : IGuestRam, IDisposable
{
    private readonly string _folder;
    private readonly SafeFileHandle _ram;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    internal QemuProcess(QemuOptions options, GuestImage image)
    {
        string root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _folder = Path.Combine(root, "conformance-" + Path.GetRandomFileName());
        Directory.CreateDirectory(_folder);
        try
        {
            _ram = File.OpenHandle(RamPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.SetLength(_ram, (long)GuestMemory.RamSize);
            Write(image.Address, image.Bytes);
            _process = Start(options, image);
        }
        catch
        {
            _ram?.Dispose();
            Directory.Delete(_folder, recursive: true);
            throw;
        }
    }

    internal bool HasExited => _process.HasExited;

    internal int Id => _process.Id;

    private string RamPath => Path.Combine(_folder, "ram");

    private string MonitorPath => Path.Combine(_folder, "monitor");

    public void Read(ulong address, Span<byte> into) => RandomAccess.Read(_ram, into, (long)(address - GuestMemory.RamBase));

    public void Write(ulong address, ReadOnlySpan<byte> bytes) =>
        RandomAccess.Write(_ram, bytes, (long)(address - GuestMemory.RamBase));

    /// <summary>Halts the machine, which spins otherwise, until <see cref="GoOn"/>.</summary>
    internal void Pause() => ProcessPause.Stop(_process);

    internal void GoOn() => ProcessPause.GoOn(_process);

    /// <returns>True when the process ended within the time.</returns>
    internal bool WaitForExit(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>How QEMU ended: exit code or signal, and the last of its messages.</summary>
    internal string Obituary()
    {
        _process.WaitForExit(1000);
        string code = _process.HasExited
            ? _process.ExitCode > 128
                ? string.Create(CultureInfo.InvariantCulture, $"was killed by signal {_process.ExitCode - 128}")
                : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {_process.ExitCode}")
            : "stopped answering";
        lock (_errors)
        {
            string last = _errors.ToString().Trim().Split('\n')[^1];
            return last.Length == 0 ? $"QEMU {code}" : $"QEMU {code}: {last}";
        }
    }

    /// <summary>The PC and PSTATE line of the monitor's register dump, or an empty text when the monitor does not answer.</summary>
    internal string WhereItHangs()
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.ReceiveTimeout = 1000;
            socket.Connect(new UnixDomainSocketEndPoint(MonitorPath));
            socket.Send("info registers\n"u8);
            var text = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!text.ToString().Contains("PSTATE=", StringComparison.Ordinal) && text.Length < 65536)
            {
                int read = socket.Receive(buffer);
                if (read == 0)
                {
                    break;
                }

                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            return MonitorText.Where(text.ToString());
        }
        catch (SocketException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _ram.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(QemuOptions options, GuestImage image)
    {
        var start = new ProcessStartInfo(options.Executable)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in QemuCommand.Arguments(options, image, RamPath, MonitorPath))
        {
            start.ArgumentList.Add(argument);
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
            throw new DeviceUnavailableException($"QEMU ({options.Executable}) cannot be started.", QemuVersion.InstallHint);
        }
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (_errors)
        {
            if (line.Data is { Length: > 0 } text && _errors.Length < 65536)
            {
                _errors.Append(text).Append('\n');
            }
        }
    }
}
