using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Conformance.Harness.Devices.Gdb;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Tests.Devices.Gdb;

/// <summary>Our own server behind a port of this machine, in front of a machine that only the test knows. Serves one debugger.</summary>
internal sealed class FakeStub : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    internal FakeStub(IDebugTarget target)
    {
        _listener.Start(1);
        _ = Task.Factory.StartNew(() => Serve(target), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    internal GdbTarget Description => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        StartTimeout = TimeSpan.FromSeconds(1),
        CaseTimeout = TimeSpan.FromMilliseconds(100),
        ReplyTimeout = TimeSpan.FromSeconds(5),
    };

    public void Dispose() => _listener.Dispose();

    private void Serve(IDebugTarget target)
    {
        try
        {
            using TcpClient client = _listener.AcceptTcpClient();
            using NetworkStream line = client.GetStream();
            new GdbServer(target, new PacketStream(line.ReadByte, () => client.Client.Poll(0, SelectMode.SelectRead), line)).Serve();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}

/// <summary>A PE with 128 MiB of memory that never gets anywhere, and can be made to misbehave.</summary>
internal sealed class StuckTarget : IDebugTarget
{
    private const ulong Ram = 0x4000_0000;

    private readonly byte[] _memory = new byte[0x0800_0000];
    private readonly ulong[] _values = [0, 0x3CD];

    /// <summary>Writes from here on are refused.</summary>
    internal ulong WritableBelow { get; init; } = ulong.MaxValue;

    /// <summary>Writes are taken and forgotten.</summary>
    internal bool Forgets { get; init; }

    /// <summary>It stops by itself at once, instead of running until it is interrupted.</summary>
    internal bool StopsAtOnce { get; init; }

    /// <summary>What the second register is called.</summary>
    internal string PstateName { get; init; } = "cpsr";

    public int Cores => 1;

    public IReadOnlyList<DebugRegister> Registers =>
        [new("pc", 64, TargetDescription.CoreFeature, "code_ptr"), new(PstateName, 32, TargetDescription.CoreFeature, "int")];

    internal ulong Pstate
    {
        get => _values[1];
        init => _values[1] = value;
    }

    public string State(int core) => "running";

    public void ReadRegister(int core, int register, Span<byte> into)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _values[register]);
        bytes[..into.Length].CopyTo(into);
    }

    public void WriteRegister(int core, int register, ReadOnlySpan<byte> value)
    {
        Span<byte> bytes = stackalloc byte[8];
        value.CopyTo(bytes);
        _values[register] = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public bool TryReadMemory(int core, ulong address, Span<byte> into)
    {
        _memory.AsSpan((int)(address - Ram), into.Length).CopyTo(into);
        return true;
    }

    public bool TryWriteMemory(int core, ulong address, ReadOnlySpan<byte> bytes)
    {
        if (address >= WritableBelow)
        {
            return false;
        }

        if (!Forgets)
        {
            bytes.CopyTo(_memory.AsSpan((int)(address - Ram)));
        }

        return true;
    }

    public void Insert(DebugPoint point)
    {
    }

    public void Remove(DebugPoint point)
    {
    }

    public DebugStop Run(DebugRun how, Func<bool> interrupted)
    {
        while (!StopsAtOnce && !interrupted())
        {
            Thread.Sleep(1);
        }

        return new DebugStop(StopsAtOnce ? DebugStopReason.Breakpoint : DebugStopReason.Interrupted, 0);
    }
}
