namespace Conformance.Cpu.Board;

/// <summary>The real-time clock of the board: an Arm PrimeCell PL031.</summary>
/// <remarks>Source: PrimeCell Real Time Clock (PL031) Technical Reference Manual, DDI 0224, "Programmer's Model".</remarks>
/// <param name="seconds">Seconds since 1970.</param>
internal sealed class Pl031(Func<ulong> seconds) : IMmioDevice
{
    /// <summary>RTCPeriphID0 to 3 and RTCPCellID0 to 3, one byte in each word from 0xfe0.</summary>
    private static readonly byte[] s_identification = [0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

    private uint _offset;
    private uint _match;
    private uint _load;
    private uint _mask;
    private bool _raw;
    private uint _lookedAt;

    public ulong Base => MemoryMap.Rtc;

    public ulong Size => 0x1000;

    /// <summary>The interrupt line: RTCMIS is not zero.</summary>
    public bool Interrupt
    {
        get
        {
            Look();
            return _raw && _mask != 0;
        }
    }

    /// <summary>Called when <see cref="Interrupt"/> may have changed.</summary>
    internal Action? InterruptChanged { get; set; }

    private uint Now => (uint)seconds() + _offset;

    internal void Reset()
    {
        (_offset, _match, _load, _mask, _raw) = (0, 0, 0, 0, false);
        _lookedAt = Now;
    }

    public ulong Read(ulong offset, int size)
    {
        Look();
        return offset switch
        {
            0x00 => Now,
            0x04 => _match,
            0x08 => _load,
            0x0c => 1,             // RTCCR: it always runs
            0x10 => _mask,
            0x14 => _raw ? 1u : 0,
            0x18 => _raw ? _mask : 0,
            >= 0xfe0 when offset % 4 == 0 => s_identification[(offset - 0xfe0) / 4],
            _ => 0,
        };
    }

    public void Write(ulong offset, int size, ulong value)
    {
        Look();
        uint word = (uint)value;
        switch (offset)
        {
            case 0x04:
                _match = word;
                break;
            case 0x08:
                _load = word;
                _offset = word - (uint)seconds();
                _lookedAt = word;
                break;
            case 0x10:
                _mask = word & 1;
                break;
            case 0x1c:
                _raw &= (word & 1) == 0;
                break;
            default:
                break;             // RTCCR and read-only registers
        }

        InterruptChanged?.Invoke();
    }

    /// <summary>The clock has gone through the match value since it was last looked at.</summary>
    private void Look()
    {
        uint now = Now;
        _raw |= _match - _lookedAt - 1 < now - _lookedAt;
        _lookedAt = now;
    }
}
