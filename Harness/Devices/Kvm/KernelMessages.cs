using System.Runtime.InteropServices;
using System.Text;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>The messages of the running kernel from now on, as <c>/dev/kmsg</c> gives them: one record for each read.</summary>
internal sealed class KernelMessages : IDisposable
{
    /// <summary>Where Linux has them.</summary>
    internal const string Device = "/dev/kmsg";

    private const int ReadNonblocking = 0x800;
    private const int End = 2;
    private const int MostBytes = 8192; // a record is never longer

    private readonly int _file;

    private KernelMessages(int file) => _file = file;

    /// <returns>Null where this user may not read them, or the system has none.</returns>
    internal static KernelMessages? Open(string path)
    {
        if (!OperatingSystem.IsLinux() || NativeOpen(path, ReadNonblocking) is not (>= 0 and var file))
        {
            return null;
        }

        _ = NativeSeek(file, 0, End);
        return new KernelMessages(file);
    }

    /// <summary>The lines since the last time, each without its prefix of priority, number and time.</summary>
    internal string Fresh()
    {
        StringBuilder lines = new();
        byte[] record = new byte[MostBytes];
        while (NativeRead(_file, record, MostBytes) is > 0 and var length)
        {
            foreach (string line in Encoding.UTF8.GetString(record, 0, (int)length).Split('\n'))
            {
                // Lines that begin with a space say of which device the message is.
                if (line.IndexOf(';', StringComparison.Ordinal) is > 0 and var prefix && line[0] != ' ')
                {
                    lines.Append(line.AsSpan(prefix + 1)).Append('\n');
                }
            }
        }

        return lines.ToString();
    }

    public void Dispose() => _ = NativeClose(_file);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "lseek")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long NativeSeek(int file, long offset, int whence);

    [DllImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint NativeRead(int file, byte[] into, nint count);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int file);
}
