namespace Conformance.Cpu.Board;

/// <summary>The UART of the board: an Arm PrimeCell PL011 with no delay on the line.</summary>
/// <remarks>
/// Source: PrimeCell UART (PL011) Technical Reference Manual, DDI 0183, "Programmers Model". A byte written to UARTDR is on
/// the line at once, whether or not UARTCR enables the UART, as programs made for QEMU expect; the transmit FIFO is
/// always empty. Received bytes wait in a queue of any length.
/// </remarks>
public sealed class Pl011 : IMmioDevice
{
    private const uint TransmitEmpty = 1 << 7;
    private const uint ReceiveFull = 1 << 6;
    private const uint ReceiveEmpty = 1 << 4;
    private const uint ReceiveInterrupt = 1 << 4;
    private const uint TransmitInterrupt = 1 << 5;
    private const uint ReceiveTimeout = 1 << 6;
    private const int FifoDepth = 16;

    /// <summary>UARTPeriphID0 to 3 and UARTPCellID0 to 3, one byte in each word from 0xfe0.</summary>
    private static readonly byte[] s_identification = [0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

    private readonly Action<byte> _transmit;
    private readonly Queue<byte> _received = new();
    private uint _lowPower;
    private uint _integerBaud;
    private uint _fractionalBaud;
    private uint _lineControl;
    private uint _control;
    private uint _fifoLevels;
    private uint _interruptMask;
    private uint _transmitDone;
    private uint _dmaControl;

    /// <param name="transmit">Gets every byte that the program sends.</param>
    public Pl011(Action<byte> transmit)
    {
        _transmit = transmit;
        Reset();
    }

    ulong IMmioDevice.Base => MemoryMap.Uart;

    ulong IMmioDevice.Size => 0x1000;

    /// <summary>The interrupt line: UARTMIS is not zero.</summary>
    public bool Interrupt => (RawInterrupts & _interruptMask) != 0;

    /// <summary>Received bytes that the program has not read.</summary>
    public int Waiting => _received.Count;

    /// <summary>How often the program has looked for a received byte and found none.</summary>
    public long LookedInVain { get; private set; }

    /// <summary>A byte that is received makes an interrupt.</summary>
    public bool ReceiveInterruptEnabled => (_interruptMask & (ReceiveInterrupt | ReceiveTimeout)) != 0;

    /// <summary>Called when <see cref="Interrupt"/> may have changed.</summary>
    internal Action? InterruptChanged { get; set; }

    private uint RawInterrupts => _transmitDone | (_received.Count > 0 ? ReceiveInterrupt : 0);

    private uint Flags => TransmitEmpty
        | (_received.Count == 0 ? ReceiveEmpty : 0)
        | (_received.Count >= FifoDepth ? ReceiveFull : 0);

    /// <summary>Puts the registers to their reset values and drops received bytes.</summary>
    public void Reset()
    {
        _received.Clear();
        ResetRegisters();
    }

    /// <summary>Puts the registers to their reset values.</summary>
    internal void ResetRegisters()
    {
        _lowPower = _integerBaud = _fractionalBaud = _lineControl = _interruptMask = _transmitDone = _dmaControl = 0;
        _control = 0x300;
        _fifoLevels = 0x12;
    }

    /// <summary>Puts a byte on the receive line.</summary>
    public void Receive(byte value)
    {
        _received.Enqueue(value);
        InterruptChanged?.Invoke();
    }

    ulong IMmioDevice.Read(ulong offset, int size) => offset switch
    {
        0x00 => Take(),
        0x04 => 0,
        0x18 => Look(),
        0x20 => _lowPower,
        0x24 => _integerBaud,
        0x28 => _fractionalBaud,
        0x2c => _lineControl,
        0x30 => _control,
        0x34 => _fifoLevels,
        0x38 => _interruptMask,
        0x3c => RawInterrupts,
        0x40 => RawInterrupts & _interruptMask,
        0x48 => _dmaControl,
        >= 0xfe0 when offset % 4 == 0 => s_identification[(offset - 0xfe0) / 4],
        _ => 0,
    };

    void IMmioDevice.Write(ulong offset, int size, ulong value)
    {
        uint word = (uint)value;
        switch (offset)
        {
            case 0x00:
                _transmit((byte)word);
                _transmitDone = TransmitInterrupt;
                break;
            case 0x20:
                _lowPower = word & 0xff;
                break;
            case 0x24:
                _integerBaud = word & 0xffff;
                break;
            case 0x28:
                _fractionalBaud = word & 0x3f;
                break;
            case 0x2c:
                _lineControl = word & 0xff;
                break;
            case 0x30:
                _control = word & 0xff87;
                break;
            case 0x34:
                _fifoLevels = word & 0x3f;
                break;
            case 0x38:
                _interruptMask = word & 0x7ff;
                break;
            case 0x44:
                _transmitDone &= ~word;   // the receive interrupt lasts as long as there is something to read
                break;
            case 0x48:
                _dmaControl = word & 7;
                break;
            default:
                break;                    // UARTECR, read-only and reserved registers
        }

        InterruptChanged?.Invoke();
    }

    private uint Look()
    {
        LookedInVain += _received.Count == 0 ? 1 : 0;
        return Flags;
    }

    private uint Take()
    {
        uint value = _received.TryDequeue(out byte next) ? next : 0u;
        InterruptChanged?.Invoke();
        return value;
    }
}
