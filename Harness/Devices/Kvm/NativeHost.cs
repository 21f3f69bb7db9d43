using System.ComponentModel;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices.Qemu;
using Microsoft.Win32.SafeHandles;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>This machine's own KVM: the monitor is a program like any other, and the guest's memory a file that both sides have open.</summary>
internal sealed class NativeHost : KvmHost
{
    private readonly string _folder;
    private readonly SafeFileHandle _ram;
    private readonly ListenedProcess _process;
    private readonly KernelMessages? _messages;

    /// <param name="kind">Which virtual EL2 is asked for.</param>
    /// <param name="monitor">The compiled monitor.</param>
    /// <param name="patience">How long it may take to make a guest.</param>
    /// <param name="messages">Where the kernel says what it finds wrong with itself.</param>
    /// <exception cref="DeviceUnavailableException">The monitor cannot be started, or gets no guest.</exception>
    internal NativeHost(KvmKind kind, string monitor, TimeSpan patience, string messages = KernelMessages.Device)
    {
        _folder = Directory.CreateDirectory(Path.Combine(SharedMemory, "conformance-" + Path.GetRandomFileName())).FullName;
        string ram = Path.Combine(_folder, "ram");
        try
        {
            _ram = File.OpenHandle(ram, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.SetLength(_ram, (long)(GuestMemory.RamSize + ControlSize));
            _messages = KernelMessages.Open(messages);
            _process = Launch(kind, monitor, ram);
        }
        catch
        {
            _messages?.Dispose();
            _ram?.Dispose();
            Directory.Delete(_folder, recursive: true);
            throw;
        }

        try
        {
            string said = AwaitGuest(_process, () => _process.Said, ConsoleLog.IsReady, patience, "The monitor of device kvm did not start");
            Kernel = ConsoleLog.Kernel(said) ?? "of unknown version";
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal override string Kernel { get; }

    internal override bool IsEmulated => false;

    internal override IReadOnlyList<string> Notes => _messages is not null ? [] :
        [$"{KernelMessages.Device} cannot be read: what the kernel says against itself is no verdict here. Run as root, or set kernel.dmesg_restrict to 0."];

    internal override bool HasExited => _process.HasExited;

    internal override TimeSpan Worked => _process.Worked;

    public override void Read(ulong address, Span<byte> into) => RandomAccess.Read(_ram, into, (long)(address - GuestMemory.RamBase));

    public override void Write(ulong address, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_ram, bytes, (long)(address - GuestMemory.RamBase));

    internal override void Pause() => ProcessPause.Stop(_process.Process);

    internal override void GoOn() => ProcessPause.GoOn(_process.Process);

    internal override string Obituary() => $"the monitor {_process.End ?? "does not answer"}: {_process.LastLine(TimeSpan.FromSeconds(1))}";

    internal override string? Complaint() => _messages is { } messages ? ConsoleLog.Complaints(messages.Fresh()) : null;

    public override void Dispose()
    {
        _process.Dispose();
        _messages?.Dispose();
        _ram.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ListenedProcess Launch(KvmKind kind, string monitor, string ram)
    {
        try
        {
            return new ListenedProcess(monitor, [Argument(kind), ram]);
        }
        catch (Win32Exception e)
        {
            throw new DeviceUnavailableException($"The monitor of device kvm ({monitor}) cannot be started: {e.Message}.", "It is a program for arm64; delete it to have it compiled again.");
        }
    }
}
