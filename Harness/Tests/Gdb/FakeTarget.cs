using Conformance.Harness.Gdb;

namespace Conformance.Harness.Tests.Gdb;

/// <summary>Two PEs with three registers each and 256 bytes of memory at 0x1000.</summary>
internal sealed class FakeTarget : IDebugTarget
{
    internal const ulong Memory = 0x1000;
    private readonly byte[] _memory = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    internal ulong[,] Values { get; } = { { 0x0102_0304_0506_0708, 0xaabb_ccdd, 0x11 }, { 1, 2, 3 } };

    internal List<string> Done { get; } = [];

    internal Queue<DebugStop> Stops { get; } = [];

    public int Cores => 2;

    public IReadOnlyList<DebugRegister> Registers { get; } =
    [
        new("x0", 64, TargetDescription.CoreFeature, "int"), new("cpsr", 32, TargetDescription.CoreFeature, "int"),
        new("HCR_EL2", 64, TargetDescription.SystemFeature, "uint64"),
    ];

    public string State(int core) => core == 0 ? "running" : "off";

    public void ReadRegister(int core, int register, Span<byte> into) =>
        BitConverter.GetBytes(Values[core, register]).AsSpan(0, into.Length).CopyTo(into);

    public void WriteRegister(int core, int register, ReadOnlySpan<byte> value)
    {
        byte[] bytes = new byte[8];
        value.CopyTo(bytes);
        Values[core, register] = BitConverter.ToUInt64(bytes);
    }

    public bool TryReadMemory(int core, ulong address, Span<byte> into)
    {
        if (address < Memory || address - Memory + (ulong)into.Length > (ulong)_memory.Length)
        {
            return false;
        }

        _memory.AsSpan((int)(address - Memory), into.Length).CopyTo(into);
        return true;
    }

    public bool TryWriteMemory(int core, ulong address, ReadOnlySpan<byte> bytes)
    {
        if (address < Memory || address - Memory + (ulong)bytes.Length > (ulong)_memory.Length)
        {
            return false;
        }

        bytes.CopyTo(_memory.AsSpan((int)(address - Memory)));
        return true;
    }

    public void Insert(DebugPoint point) => Done.Add($"insert {point.Kind} {point.Address:x}+{point.Length}");

    public void Remove(DebugPoint point) => Done.Add($"remove {point.Kind} {point.Address:x}+{point.Length}");

    public DebugStop Run(DebugRun how, Func<bool> interrupted)
    {
        Done.Add($"run core={how.Core} step={how.Step} others={how.OthersRun}");
        return Stops.Count > 0 ? Stops.Dequeue() : new DebugStop(interrupted() ? DebugStopReason.Interrupted : DebugStopReason.Step, how.Core ?? 0);
    }
}
