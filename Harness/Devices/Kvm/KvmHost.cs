using System.Buffers.Binary;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>A kernel with KVM and the monitor that runs on it (<c>vmm.c</c>), as they are spoken with from here.</summary>
/// <remarks>
/// The guest's memory and the control area behind it are memory that both sides see, so a command is a few stores and
/// nothing else goes between the two.
/// </remarks>
internal abstract class KvmHost : IGuestRam, IDisposable
{
    /// <summary>Bytes of the control area, which follows the guest's RAM.</summary>
    protected const ulong ControlSize = 0x20_0000;

    private const ulong Control = GuestMemory.RamBase + GuestMemory.RamSize;
    private const ulong Staging = Control + 0x10_0000;
    private const int StagingSize = 0x10_0000;
    private const int TextSize = 1024;

    private ulong _asked;

    private enum Word
    {
        Asked = 0,
        Answered = 8,
        Command = 16,
        Address = 24,
        Length = 32,
        State = 40,
        Text = 48,
    }

    private enum Command
    {
        Stop = 1,
        Start = 2,
        Copy = 3,
    }

    /// <summary>A folder in memory.</summary>
    protected static string SharedMemory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>The kernel's version.</summary>
    internal abstract string Kernel { get; }

    /// <summary>
    /// An emulator is below. It is also what makes the kernel's words come before anything else of it goes on, so that what is
    /// in progress then is what they are about.
    /// </summary>
    internal abstract bool IsEmulated { get; }

    /// <summary>What a reader of the results has to know.</summary>
    internal virtual IReadOnlyList<string> Notes => [];

    /// <summary>The kernel or the monitor is gone.</summary>
    internal abstract bool HasExited { get; }

    /// <summary>Time that the host has worked: on a machine that is busy with other things less than has passed.</summary>
    internal abstract TimeSpan Worked { get; }

    /// <summary>True when the guest has made an exit that the monitor knows no answer to.</summary>
    internal bool HasStopped => Get(Word.State) == 2;

    /// <summary>Why the guest stopped, and where.</summary>
    internal string Why
    {
        get
        {
            byte[] text = new byte[TextSize];
            Read(Control + (ulong)Word.Text, text);
            return Encoding.ASCII.GetString(text, 0, Math.Max(0, Array.IndexOf(text, (byte)0)));
        }
    }

    public abstract void Read(ulong address, Span<byte> into);

    public abstract void Write(ulong address, ReadOnlySpan<byte> bytes);

    /// <summary>How the kernel ended: what it said last.</summary>
    internal abstract string Obituary();

    /// <summary>What the kernel complained about since it was last asked, or null.</summary>
    internal abstract string? Complaint();

    /// <summary>Halts everything until <see cref="GoOn"/>.</summary>
    internal abstract void Pause();

    internal abstract void GoOn();

    public abstract void Dispose();

    /// <summary>Copies code into the guest so that nothing stale of it stays anywhere.</summary>
    /// <returns>False when the monitor does not answer.</returns>
    internal bool Copy(ulong address, ReadOnlySpan<byte> code)
    {
        for (int at = 0; at < code.Length; at += StagingSize)
        {
            ReadOnlySpan<byte> some = code.Slice(at, Math.Min(StagingSize, code.Length - at));
            Write(Staging, some);
            Put(Word.Address, address + (ulong)at);
            Put(Word.Length, (ulong)some.Length);
            if (!Ask(Command.Copy))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Resets the vCPU and lets it run from an address.</summary>
    /// <returns>False when the monitor does not answer.</returns>
    internal bool Start(ulong entry)
    {
        Put(Word.Address, entry);
        return Ask(Command.Start);
    }

    /// <summary>Takes the vCPU out of the guest; <see cref="Why"/> says where it was.</summary>
    /// <returns>False when the monitor does not answer.</returns>
    internal bool Stop() => Ask(Command.Stop);

    /// <summary>What the monitor is told to ask KVM for.</summary>
    protected static string Argument(KvmKind kind) => kind == KvmKind.E2h0 ? "e2h0" : "vhe";

    /// <summary>Waits until the monitor has a guest.</summary>
    /// <param name="process">What runs it.</param>
    /// <param name="console">All that it has said.</param>
    /// <param name="ready">Is that enough?</param>
    /// <param name="patience">How long.</param>
    /// <param name="failed">The beginning of the sentence when it takes longer.</param>
    /// <returns>All that it has said.</returns>
    /// <exception cref="DeviceUnavailableException">There will be none.</exception>
    protected string AwaitGuest(ListenedProcess process, Func<string> console, Func<string, bool> ready, TimeSpan patience, string failed)
    {
        var since = new Patience(this, patience);
        while (true)
        {
            bool ended = process.HasExited;
            if (ended)
            {
                process.HearOut(TimeSpan.FromSeconds(1));
            }

            string said = console();
            if (ConsoleLog.Unavailable(said) is { } why)
            {
                throw new DeviceUnavailableException(
                    $"KVM gives no guest: {why}.", "It needs a CPU with FEAT_NV2 and a kernel of 6.16 or newer, started with kvm-arm.mode=nested.");
            }

            if (ready(said))
            {
                return said;
            }

            if (ended || since.IsOver)
            {
                string seen = ended ? process.LastLine(TimeSpan.FromSeconds(1)) : $"not ready after {patience.TotalSeconds:0} s";
                throw new DeviceUnavailableException(
                    $"{failed}: {(seen.Length > 0 ? seen : ConsoleLog.LastWords(said))}.", "Run `conformance doctor` and check --cpu and --kernel.");
            }

            Thread.Sleep(20);
        }
    }

    private bool Ask(Command command)
    {
        GoOn();
        Put(Word.Command, (ulong)command);
        Put(Word.Asked, ++_asked);
        var asked = new Patience(this, TimeSpan.FromSeconds(20));
        while (Get(Word.Answered) != _asked)
        {
            if (HasExited || asked.IsOver)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    private ulong Get(Word word)
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(Control + (ulong)word, bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private void Put(Word word, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Write(Control + (ulong)word, bytes);
    }
}
