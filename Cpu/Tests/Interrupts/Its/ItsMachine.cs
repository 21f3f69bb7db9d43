using Conformance.Cpu.Board;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.Interrupts.Its;

namespace Conformance.Cpu.Tests.Interrupts.Its;

/// <summary>Two PEs with LPIs enabled and an ITS whose tables and queue lie in RAM; LPIs 8192 to 8255 are enabled at priority 0x80.</summary>
internal sealed class ItsMachine
{
    internal const ulong Its = MemoryMap.GicIts;
    internal const ulong Configuration = Given.Base + 0x1_0000;
    internal const ulong Queue = Given.Base + 0x4000;
    internal const ulong DeviceTable = Given.Base + 0x5000;
    internal const ulong CollectionTable = Given.Base + 0x6000;
    internal const ulong Itt = Given.Base + 0x7000;
    internal const ulong Level2 = Given.Base + 0x9000;
    private const ulong Valid = 1UL << 63;
    private const ulong FourteenIdBits = 13;
    private ulong _next;

    internal ItsMachine(bool indirect = false)
    {
        Board.OpenGic();
        for (uint lpi = 8192; lpi < 8256; lpi++)
        {
            Configure(lpi, 0x81);
        }

        for (int n = 0; n < 2; n++)
        {
            ulong redistributor = ClusterMachine.Redistributor(n);
            Board.Write(redistributor + 0x70, Configuration | FourteenIdBits, 8).Write(redistributor + 0x78, PendingTable(n), 8).Write(redistributor, 1);
        }

        Board.Write(Its + 0x100, Valid | (indirect ? 1UL << 62 : 0) | DeviceTable, 8).Write(Its + 0x108, Valid | CollectionTable, 8);
        Board.Write(Its + 0x80, Valid | Queue, 8).Write(Its, 1);
    }

    internal ClusterMachine Board { get; } = new(2);

    internal static ulong PendingTable(int core) => Given.Base + 0x2_0000 + ((ulong)(uint)core << 16);

    internal ItsMachine Configure(uint lpi, ulong configuration)
    {
        Board.Write(Configuration + (lpi - 8192), configuration, 1);
        return this;
    }

    /// <summary>Sends a command.</summary>
    internal ItsMachine Send(ulong d0, ulong d1 = 0, ulong d2 = 0, ulong d3 = 0)
    {
        foreach ((int i, ulong value) in ((ulong[])[d0, d1, d2, d3]).Index())
        {
            Board.Write(Queue + _next + (8 * (ulong)(uint)i), value, 8);
        }

        _next = (_next + Command.Size) % 0x1000;
        Board.Write(Its + 0x88, _next, 8);
        Board.Read(Its + 0x90, 8).ShouldBe(_next);
        return this;
    }

    internal ItsMachine MapDevice(uint device, int eventBits = 5, bool valid = true) =>
        Send(0x08 | (ulong)device << 32, (ulong)(uint)(eventBits - 1), (valid ? Valid : 0) | (Itt + (device * 0x100)));

    internal ItsMachine MapCollection(uint collection, int core, bool valid = true) =>
        Send(0x09, 0, (valid ? Valid : 0) | (ulong)(uint)core << 16 | collection);

    internal ItsMachine MapEvent(uint device, uint eventId, uint lpi, uint collection) =>
        Send(0x0a | (ulong)device << 32, (ulong)lpi << 32 | eventId, collection);

    internal ItsMachine Raise(uint device, uint eventId) => Send(0x03 | (ulong)device << 32, eventId);

    /// <summary>What ICC_HPPIR1_EL1 of a PE shows.</summary>
    internal ulong Pending(int core) => PhysicalCpuInterface.HighestPending(Board[core], 1);

    internal ulong Acknowledge(int core) => PhysicalCpuInterface.Acknowledge(Board[core], 1);
}
