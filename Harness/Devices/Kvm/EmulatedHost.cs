using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices.Qemu;
using Microsoft.Win32.SafeHandles;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>A Linux kernel with KVM inside QEMU, whose memory is a file that this side has open as well.</summary>
/// <remarks>
/// The guest's memory is huge pages of that kernel, which stay where they are; the monitor says on the console where. So the
/// guest of the guest is reached by reads and writes of the file.
/// </remarks>
internal sealed class EmulatedHost : KvmHost
{
    private const ulong HugePage = 0x20_0000;
    private const ulong MachineRam = 0x4000_0000;
    private const int MachineMebibytes = 448;

    /// <summary>
    /// Time in the machine is instructions, 8 ns each. With the time of a busy machine outside, the kernel's own ticks may
    /// leave its guest no instruction between two of them.
    /// </summary>
    private const string Clock = "shift=3,sleep=off";

    private readonly string _folder;
    private readonly SafeFileHandle _ram;
    private readonly ListenedProcess _process;
    private readonly ulong[] _pages;
    private long _heard;

    internal EmulatedHost(KvmOptions options, string kernelImage, byte[] monitor)
    {
        _folder = Path.Combine(SharedMemory, "conformance-" + Path.GetRandomFileName());
        Directory.CreateDirectory(_folder);
        try
        {
            File.WriteAllBytes(InitialFiles, Archive(monitor));
            _ram = File.OpenHandle(RamPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.SetLength(_ram, MachineMebibytes * 0x10_0000L);
            _process = Launch(options, kernelImage);
        }
        catch
        {
            _ram?.Dispose();
            Directory.Delete(_folder, recursive: true);
            throw;
        }

        try
        {
            string said = AwaitGuest(
                _process, Console, text => ConsoleLog.IsReady(text) && ConsoleLog.Pages(text) is not null, options.StartTimeout,
                "The kernel with KVM did not start inside QEMU");
            _pages = ConsoleLog.Pages(said)!;
            Kernel = ConsoleLog.Kernel(said) ?? "of unknown version";
            _heard = new FileInfo(ConsolePath).Length;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal override string Kernel { get; }

    internal override bool IsEmulated => true;

    internal override bool HasExited => _process.HasExited;

    internal override TimeSpan Worked => _process.Worked;

    internal int ProcessId => _process.Process.Id;

    private string RamPath => Path.Combine(_folder, "ram");

    private string ConsolePath => Path.Combine(_folder, "console");

    private string InitialFiles => Path.Combine(_folder, "initramfs");

    public override void Read(ulong address, Span<byte> into)
    {
        while (into.Length > 0)
        {
            Span<byte> some = into[..Piece(address, into.Length)];
            RandomAccess.Read(_ram, some, Place(address));
            address += (ulong)some.Length;
            into = into[some.Length..];
        }
    }

    public override void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> some = bytes[..Piece(address, bytes.Length)];
            RandomAccess.Write(_ram, some, Place(address));
            address += (ulong)some.Length;
            bytes = bytes[some.Length..];
        }
    }

    internal override void Pause() => ProcessPause.Stop(_process.Process);

    internal override void GoOn() => ProcessPause.GoOn(_process.Process);

    internal override string Obituary()
    {
        _process.Process.WaitForExit(1000);
        string last = ConsoleLog.LastWords(Heard());
        return last.Length == 0 ? "the kernel with KVM ended" : $"the kernel with KVM ended: {last}";
    }

    internal override string? Complaint()
    {
        if (new FileInfo(ConsolePath).Length == _heard)
        {
            return null;
        }

        var since = Stopwatch.StartNew();
        string text = Heard();
        while (ConsoleLog.IsUnfinished(text) && since.Elapsed < TimeSpan.FromSeconds(5) && !HasExited)
        {
            Thread.Sleep(1);
            text += Heard();
        }

        return ConsoleLog.Complaints(text);
    }

    public override void Dispose()
    {
        _process.Dispose();
        _ram.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal static byte[] Archive(byte[] monitor) => new NewcArchive()
        .Directory("dev").Directory("proc").Directory("debug").Device("dev/console", 5, 1).Program("init", monitor).ToBytes();

    private static int Piece(ulong address, int length) =>
        (int)Math.Min((ulong)length, HugePage - ((address - GuestMemory.RamBase) % HugePage));

    private long Place(ulong address)
    {
        ulong offset = address - GuestMemory.RamBase;
        return (long)(_pages[offset / HugePage] - MachineRam + (offset % HugePage));
    }

    private string Console()
    {
        using FileStream file = new(ConsolePath, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }

    /// <summary>What was said since the last time.</summary>
    private string Heard()
    {
        using FileStream file = new(ConsolePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _heard;
        using StreamReader reader = new(file);
        string text = reader.ReadToEnd();
        _heard = file.Position;
        return text;
    }

    private ListenedProcess Launch(KvmOptions options, string kernelImage)
    {
        try
        {
            return new ListenedProcess(options.Qemu, Arguments(options, kernelImage));
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException($"QEMU ({options.Qemu}) cannot be started.", QemuVersion.InstallHint);
        }
    }

    private string[] Arguments(KvmOptions options, string kernelImage) =>
    [
        "-nodefaults", "-display", "none", "-no-reboot",
        "-M", "virt,virtualization=on,gic-version=3,memory-backend=ram",
        "-cpu", options.Cpu,
        "-m", string.Create(CultureInfo.InvariantCulture, $"{MachineMebibytes}M"),
        "-object", string.Create(CultureInfo.InvariantCulture, $"memory-backend-file,id=ram,size={MachineMebibytes}M,mem-path={RamPath},share=on"),
        "-icount", Clock,
        "-serial", $"file:{ConsolePath}",
        "-kernel", kernelImage,
        "-initrd", InitialFiles,
        "-append", Parameters(options),
    ];

    /// <remarks>
    /// Only this side halts the machine, so a watchdog of its kernel that finds time missing would blame the guest. One huge
    /// page more than the guest has is the control area.
    /// </remarks>
    private static string Parameters(KvmOptions options)
    {
        ulong pages = (GuestMemory.RamSize + ControlSize) / HugePage;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"console=ttyAMA0 loglevel=5 panic=-1 nowatchdog cryptomgr.notests rcupdate.rcu_cpu_stall_suppress=1 hugepages={pages} {options.KernelParameters} -- {Argument(options.Kind)}");
    }
}
