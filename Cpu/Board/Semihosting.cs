using System.Buffers.Binary;
using System.Text;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Board;

/// <summary>Semihosting: what a program asks of the machine's owner with HLT #0xF000.</summary>
/// <remarks>
/// Source: Semihosting for AArch32 and AArch64 (Arm, 2.0), "The semihosting interface" and "Semihosting operations". The
/// operation is in W0, its parameter or the address of its parameter block of 64-bit fields in X1, the result in X0. Files
/// are not offered: the only name that opens is <c>:tt</c>, the console.
/// </remarks>
public sealed class Semihosting
{
    private const ulong Failed = ulong.MaxValue;
    private const ulong ApplicationExit = 0x2_0026;
    private const int ErrorNoEntry = 2;
    private const int ErrorBadHandle = 9;
    private const int ErrorInvalid = 22;
    private const ulong Console = 1;   // handles are 1, 2 and 3 for input, output and errors

    private readonly Action<byte> _write;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private int _errno;

    /// <param name="write">Gets what the program writes to the console.</param>
    /// <param name="clock">Answers SYS_CLOCK, SYS_TIME and SYS_ELAPSED.</param>
    /// <param name="commandLine">What SYS_GET_CMDLINE returns.</param>
    public Semihosting(Action<byte> write, TimeProvider clock, string commandLine)
    {
        _write = write;
        _clock = clock;
        _started = clock.GetTimestamp();
        CommandLine = commandLine;
    }

    public string CommandLine { get; set; }

    /// <summary>Performs the call in the registers of the PE.</summary>
    internal void Call(Core core)
    {
        ulong parameter = core.GetX(1);
        ulong result = (uint)core.GetX(0) switch
        {
            0x01 => Open(core, parameter),
            0x02 => IsConsole(Field(core, parameter, 0)) ? 0 : Fail(ErrorBadHandle),
            0x03 => WriteCharacter(core, parameter),
            0x04 => WriteString(core, parameter),
            0x05 => WriteBytes(core, parameter),
            0x06 => Field(core, parameter, 2),              // nothing to read: no byte of the length was filled
            0x07 => Fail(ErrorInvalid),
            0x08 => (long)Field(core, parameter, 0) < 0 ? 1ul : 0,
            0x09 => IsConsole(Field(core, parameter, 0)) ? 1 : Fail(ErrorBadHandle),
            0x0a or 0x0c => Fail(ErrorInvalid),             // a console has neither position nor length
            0x0e or 0x0f => Fail(ErrorNoEntry),
            0x10 => (ulong)(_clock.GetElapsedTime(_started).TotalMilliseconds / 10),
            0x11 => (ulong)_clock.GetUtcNow().ToUnixTimeSeconds(),
            0x13 => (ulong)_errno,
            0x15 => CopyCommandLine(core, parameter),
            0x16 => HeapInfo(core, parameter),
            0x18 or 0x20 => Exit(core, parameter),
            0x30 => Store(core, parameter, (ulong)_clock.GetElapsedTime(_started).Ticks),
            0x31 => (ulong)TimeSpan.TicksPerSecond,
            _ => Fail(ErrorInvalid),
        };
        core.SetX(0, result);
    }

    private static bool IsConsole(ulong handle) => handle - Console < 3;

    private ulong Fail(int errno)
    {
        _errno = errno;
        return Failed;
    }

    private ulong Open(Core core, ulong block)
    {
        ulong length = Field(core, block, 2);
        string name = length <= 4096 ? Encoding.UTF8.GetString(Bytes(core, Field(core, block, 0), (int)length)) : "";
        ulong mode = Field(core, block, 1);

        // Modes come in fours: read, write, append, each with variants of text and update.
        return name == ":tt" && mode < 12 ? Console + mode / 4 : Fail(ErrorNoEntry);
    }

    private ulong WriteCharacter(Core core, ulong address)
    {
        Emit(Bytes(core, address, 1));
        return 0;
    }

    private ulong WriteString(Core core, ulong address)
    {
        while (MemoryAccess.TryPeek(core, address, 1, out ulong next) && next != 0)
        {
            _write((byte)next);
            address++;
        }

        return 0;
    }

    /// <returns>How many bytes were not written.</returns>
    private ulong WriteBytes(Core core, ulong block)
    {
        ulong handle = Field(core, block, 0);
        ulong length = Field(core, block, 2);
        if (!IsConsole(handle) || handle == Console || length > int.MaxValue)
        {
            _errno = ErrorBadHandle;
            return length;
        }

        byte[] bytes = Bytes(core, Field(core, block, 1), (int)length);
        Emit(bytes);
        return length - (ulong)bytes.Length;
    }

    private ulong CopyCommandLine(Core core, ulong block)
    {
        byte[] line = Encoding.UTF8.GetBytes(CommandLine + "\0");
        if ((ulong)line.Length > Field(core, block, 1))
        {
            return Fail(ErrorInvalid);
        }

        ulong to = Field(core, block, 0);
        for (int i = 0; i < line.Length; i++)
        {
            if (!MemoryAccess.TryPoke(core, to + (ulong)i, 1, line[i]))
            {
                return Fail(ErrorInvalid);
            }
        }

        return Store(core, block + 8, (ulong)line.Length - 1);
    }

    /// <summary>Heap from the middle of RAM up, stack from the end of RAM down.</summary>
    private ulong HeapInfo(Core core, ulong pointer)
    {
        ulong block = Field(core, pointer, 0);
        ulong ramBase = core.Ram?.Base ?? 0;
        ulong ramSize = core.Ram?.Size ?? 0;
        ulong middle = ramBase + ramSize / 2;
        ulong stackLimit = ramBase + ramSize / 4 * 3;
        _ = Store(core, block, middle);
        _ = Store(core, block + 8, stackLimit);
        _ = Store(core, block + 16, ramBase + ramSize);
        _ = Store(core, block + 24, stackLimit);
        return 0;
    }

    /// <summary>The block holds the reason and, for an exit of the application, its code.</summary>
    private static ulong Exit(Core core, ulong block)
    {
        core.ExitCode = Field(core, block, 0) == ApplicationExit ? (int)Field(core, block, 1) : 1;
        core.RequestStop(StopReason.Exit);
        return 0;
    }

    private void Emit(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            _write(b);
        }
    }

    /// <summary>A field of the parameter block; 0 where there is no memory.</summary>
    private static ulong Field(Core core, ulong block, int index)
    {
        ulong value = MemoryAccess.TryPeek(core, block + (ulong)index * 8, 8, out ulong read) ? read : 0;
        return core.Access.BigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private ulong Store(Core core, ulong address, ulong value) =>
        MemoryAccess.TryPoke(core, address, 8, core.Access.BigEndian ? BinaryPrimitives.ReverseEndianness(value) : value)
            ? 0
            : Fail(ErrorInvalid);

    /// <summary>The bytes from an address, fewer when memory ends.</summary>
    private static byte[] Bytes(Core core, ulong address, int length)
    {
        var bytes = new List<byte>();
        while (bytes.Count < length && MemoryAccess.TryPeek(core, address + (ulong)bytes.Count, 1, out ulong next))
        {
            bytes.Add((byte)next);
        }

        return [.. bytes];
    }
}
