using System.Buffers.Binary;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices.Kvm;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>A host without a kernel: memory, and a monitor that answers every command at once.</summary>
internal sealed class MemoryHost : KvmHost
{
    private const ulong Control = GuestMemory.RamBase + GuestMemory.RamSize;

    private readonly byte[] _memory = new byte[GuestMemory.RamSize + ControlSize];

    internal List<ulong> Commands { get; } = [];

    internal bool Dead { get; set; }

    internal bool Deaf { get; set; }

    internal string? Says { get; set; }

    internal override string Kernel => "7.3.4";

    internal override bool IsEmulated => true;

    internal override bool HasExited => Dead;

    internal override TimeSpan Worked => TimeSpan.FromMilliseconds(Environment.TickCount64);

    public override void Read(ulong address, Span<byte> into) =>
        _memory.AsSpan((int)(address - GuestMemory.RamBase), into.Length).CopyTo(into);

    public override void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_memory.AsSpan((int)(address - GuestMemory.RamBase)));
        if (address == Control && !Deaf)
        {
            Commands.Add(Word(Control + 16));
            if (Word(Control + 16) == 3)
            {
                _memory.AsSpan((int)(Control + 0x10_0000 - GuestMemory.RamBase), (int)Word(Control + 32))
                    .CopyTo(_memory.AsSpan((int)(Word(Control + 24) - GuestMemory.RamBase)));
            }

            Put(Control + 8, Word(Control)); // answered
        }
    }

    /// <summary>The vCPU makes an exit that the monitor does not know.</summary>
    internal void Exit(string why)
    {
        System.Text.Encoding.ASCII.GetBytes(why + "\0").CopyTo(_memory, (int)(Control + 48 - GuestMemory.RamBase));
        Put(Control + 40, 2);
    }

    internal override string Obituary() => "the kernel with KVM ended";

    internal override string? Complaint()
    {
        string? said = Says;
        Says = null;
        return said;
    }

    internal override void Pause()
    {
    }

    internal override void GoOn()
    {
    }

    public override void Dispose()
    {
    }

    private ulong Word(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(_memory.AsSpan((int)(address - GuestMemory.RamBase)));

    private void Put(ulong address, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(_memory.AsSpan((int)(address - GuestMemory.RamBase)), value);
}
