using Conformance.Cpu.Board;

namespace Conformance.Cpu.Interrupts.Its;

/// <summary>The ITS: turns an event of a device into an LPI of a PE.</summary>
/// <remarks>
/// Source: IHI 0069, "ITS register descriptions": the control frame, then the frame with GITS_TRANSLATER. Physical LPIs only.
/// Commands are executed when GITS_CWRITER is written, so GITS_CREADR has caught up when the write is over.
/// </remarks>
internal sealed class InterruptTranslationService : IMmioDevice
{
    private const ulong Translater = 0x1_0040;
    private const uint Enabled = 1;
    private const uint Quiescent = 1u << 31;
    private const ulong QueueAddress = 0x000f_ffff_ffff_f000;
    private const ulong QueueWritable = 0xb8ef_ffff_ffff_fcff; // all but what is reserved
    private const ulong OffsetMask = 0xf_ffe0;

    private readonly IBus _memory;
    private readonly Translation _translation;
    private bool _enabled;
    private ulong _queue;
    private ulong _readOffset;
    private ulong _writeOffset;

    /// <param name="memory">Where queue and tables lie.</param>
    /// <param name="banks">The LPIs of each PE by its number.</param>
    internal InterruptTranslationService(IBus memory, LpiBank[] banks)
    {
        _memory = memory;
        _translation = new Translation(memory, banks);
        Reset();
    }

    public ulong Base => MemoryMap.GicIts;

    public ulong Size => 0x2_0000;

    /// <summary>
    /// GITS_TYPER: Physical, ITT_entry_size, ID_bits, Devbits. Collections have 16 bits, and RDbase is a number (CIL, PTA = 0).
    /// </summary>
    private static ulong Type =>
        1 | (ulong)(TranslationTable.EntrySize - 1) << 4 | (ulong)(Translation.EventIdBits - 1) << 8 | (ulong)(Translation.DeviceIdBits - 1) << 13;

    internal void Reset()
    {
        _enabled = false;
        _queue = 0;
        _readOffset = 0;
        _writeOffset = 0;
        _translation.Devices.Reset();
        _translation.Collections.Reset();
    }

    /// <summary>A device signals an event: what a write to GITS_TRANSLATER does with the DeviceID of the writer.</summary>
    internal void Signal(uint device, uint eventId)
    {
        if (_enabled)
        {
            Command.Raise(_translation, device, eventId);
        }
    }

    public ulong Read(ulong offset, int size)
    {
        ulong value = Register(offset & ~7UL) >> (8 * (int)(offset & 7));
        return size == 8 ? value : value & ((1UL << (8 * size)) - 1);
    }

    public void Write(ulong offset, int size, ulong value)
    {
        if (offset == Translater)
        {
            Signal(device: 0, (uint)value); // PEs have no DeviceID of their own
            return;
        }

        ulong register = offset & ~7UL;
        int shift = 8 * (int)(offset & 7);
        ulong mask = (size == 8 ? ulong.MaxValue : (1UL << (8 * size)) - 1) << shift;
        Put(register, (Register(register) & ~mask) | (value << shift & mask));
    }

    private ulong Register(ulong offset) => offset switch
    {
        0x0000 => (_enabled ? Enabled : Quiescent) | (ulong)Distributor.Implementer << 32, // GITS_CTLR, GITS_IIDR
        0x0008 => Type,
        0x0080 => _queue,
        0x0088 => _writeOffset,
        0x0090 => _readOffset,
        0x0100 => _translation.Devices.Base,
        0x0108 => _translation.Collections.Base,
        0xffe8 => Distributor.ArchitectureRevision,
        _ => 0,
    };

    private void Put(ulong offset, ulong value)
    {
        switch (offset)
        {
            case 0x0000:
                _enabled = (value & Enabled) != 0;
                ExecuteQueue();
                break;
            case 0x0080 when !_enabled: // GITS_CBASER
                _queue = value & QueueWritable;
                _readOffset = 0;
                break;
            case 0x0088: // GITS_CWRITER; there is no stall to retry from
                _writeOffset = value & OffsetMask;
                ExecuteQueue();
                break;
            case 0x0100 when !_enabled:
                _translation.Devices.Base = value;
                break;
            case 0x0108 when !_enabled:
                _translation.Collections.Base = value;
                break;
            default:
                break; // read-only, or reserved
        }
    }

    private void ExecuteQueue()
    {
        ulong bytes = ((_queue & 0xff) + 1) << 12;
        if (!_enabled || (_queue & TranslationTable.Valid) == 0 || _writeOffset >= bytes)
        {
            return;
        }

        while (_readOffset != _writeOffset)
        {
            ulong at = (_queue & QueueAddress) + _readOffset;
            if (!_memory.TryRead(at, 8, out ulong d0) || !_memory.TryRead(at + 8, 8, out ulong d1)
                || !_memory.TryRead(at + 16, 8, out ulong d2) || !_memory.TryRead(at + 24, 8, out ulong d3))
            {
                return; // the queue is nowhere: it stands still
            }

            new Command(d0, d1, d2, d3).Execute(_translation);
            _readOffset = (_readOffset + Command.Size) % bytes;
        }
    }
}
