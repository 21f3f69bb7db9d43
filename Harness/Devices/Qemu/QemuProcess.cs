using System.ComponentModel;
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
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(200);

    private readonly string _folder;
    private readonly SafeFileHandle _ram;
    private readonly ListenedProcess _process;

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

    internal int Id => _process.Process.Id;

    private string RamPath => Path.Combine(_folder, "ram");

    private string MonitorPath => Path.Combine(_folder, "monitor");

    public void Read(ulong address, Span<byte> into) => RandomAccess.Read(_ram, into, (long)(address - GuestMemory.RamBase));

    public void Write(ulong address, ReadOnlySpan<byte> bytes) =>
        RandomAccess.Write(_ram, bytes, (long)(address - GuestMemory.RamBase));

    /// <summary>Halts the machine, which spins otherwise, until <see cref="GoOn"/>.</summary>
    internal void Pause() => ProcessPause.Stop(_process.Process);

    internal void GoOn() => ProcessPause.GoOn(_process.Process);

    /// <returns>True when the process ended within the time.</returns>
    internal bool WaitForExit(TimeSpan time) => _process.Process.WaitForExit(time);

    /// <summary>How QEMU ended: exit code or signal, and the last of its messages.</summary>
    internal string Obituary()
    {
        _process.Process.WaitForExit(1000);
        string end = _process.End ?? "stopped answering";
        string last = _process.LastLine(s_lastWords);
        return last.Length == 0 ? $"QEMU {end}" : $"QEMU {end}: {last}";
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
        _process.Dispose();
        _ram.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ListenedProcess Start(QemuOptions options, GuestImage image)
    {
        try
        {
            return new ListenedProcess(options.Executable, QemuCommand.Arguments(options, image, RamPath, MonitorPath));
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException($"QEMU ({options.Executable}) cannot be started.", QemuVersion.InstallHint);
        }
    }
}
