namespace Conformance.Harness.Gdb;

/// <summary>A machine that a debugger drives. It stands still whenever no member is being called.</summary>
public interface IDebugTarget
{
    /// <summary>How many PEs; they are numbered from 0, and a debugger sees each as a thread.</summary>
    int Cores { get; }

    /// <summary>All registers of a PE; their numbers in the protocol follow this order.</summary>
    IReadOnlyList<DebugRegister> Registers { get; }

    /// <summary>What a PE is doing, in a word or two: <c>running</c>, <c>waiting</c>, <c>off</c>.</summary>
    string State(int core);

    /// <summary>Reads a register into as many bytes as it has, little-endian.</summary>
    void ReadRegister(int core, int register, Span<byte> into);

    /// <summary>Writes a register; what the machine cannot hold of the value is dropped.</summary>
    void WriteRegister(int core, int register, ReadOnlySpan<byte> value);

    /// <summary>Reads memory at virtual addresses as the PE sees them at present.</summary>
    /// <returns>False when some byte is not there.</returns>
    bool TryReadMemory(int core, ulong address, Span<byte> into);

    /// <summary>Writes memory at virtual addresses as the PE sees them at present, whatever the permissions.</summary>
    /// <returns>False when some byte is not there.</returns>
    bool TryWriteMemory(int core, ulong address, ReadOnlySpan<byte> bytes);

    /// <summary>Makes every PE stop in front of an address, or in front of an access to a range.</summary>
    void Insert(DebugPoint point);

    /// <summary>Undoes <see cref="Insert"/>.</summary>
    void Remove(DebugPoint point);

    /// <summary>Runs until something stops it.</summary>
    /// <param name="how">Who runs, and how far.</param>
    /// <param name="interrupted">Asked every now and then: the debugger wants the machine to stop.</param>
    DebugStop Run(DebugRun how, Func<bool> interrupted);
}

/// <summary>A register as a debugger sees it.</summary>
/// <param name="Name">In the words of the debugger.</param>
/// <param name="Bits">A multiple of 8.</param>
/// <param name="Feature">The part of the target description that it belongs to.</param>
/// <param name="Type">Its type there.</param>
public readonly record struct DebugRegister(string Name, int Bits, string Feature, string Type)
{
    /// <summary>Size in bytes.</summary>
    public int Size => Bits / 8;
}

/// <summary>Something that stops the machine.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Address">VA of the first byte.</param>
/// <param name="Length">In bytes; for instructions without meaning.</param>
public readonly record struct DebugPoint(DebugPointKind Kind, ulong Address, ulong Length);

/// <summary>What a <see cref="DebugPoint"/> watches, by the numbers of the protocol's Z packets from 1.</summary>
public enum DebugPointKind
{
    Instruction = 1,
    Write = 2,
    Read = 3,
    Access = 4,
}

/// <summary>How the machine is to run.</summary>
/// <param name="Core">The PE that makes one step, or that runs alone; null for all.</param>
/// <param name="Step">One instruction of that PE.</param>
/// <param name="OthersRun">The other PEs may run besides.</param>
public readonly record struct DebugRun(int? Core, bool Step, bool OthersRun);

/// <summary>Why the machine stands still again.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Core">The PE that it concerns.</param>
/// <param name="Point">What was hit with <see cref="DebugStopReason.Watchpoint"/>.</param>
/// <param name="Address">VA of the access that hit it.</param>
/// <param name="ExitCode">Of a program that has ended.</param>
public readonly record struct DebugStop(
    DebugStopReason Reason, int Core, DebugPoint Point = default, ulong Address = 0, int ExitCode = 0);

/// <summary>See <see cref="DebugStop"/>.</summary>
public enum DebugStopReason
{
    Breakpoint,
    Watchpoint,
    Step,
    Interrupted,
    Exited,
}
