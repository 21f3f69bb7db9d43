using System.Buffers.Binary;

namespace Conformance.Cpu.Board;

/// <summary>The board: RAM and devices at the places of <see cref="MemoryMap"/>.</summary>
public sealed class VirtBoard : IBus
{
    private readonly int _cpus;
    private IMmioDevice[] _devices;

    /// <param name="ramSize">In bytes, whole pages of 4 KiB.</param>
    /// <param name="transmit">Gets every byte that the program sends to the UART.</param>
    /// <param name="seconds">The time that the real-time clock tells, in seconds since 1970; it stands at 0 when null.</param>
    /// <param name="cpus">How many PEs, for those who ask fw_cfg.</param>
    public VirtBoard(long ramSize, Action<byte> transmit, Func<ulong>? seconds = null, int cpus = 1)
    {
        _cpus = cpus;
        Ram = new Ram(MemoryMap.Ram, ramSize);
        Uart = new Pl011(transmit);
        Rtc = new Pl031(seconds ?? (static () => 0));
        FwCfg = new FwCfg(Ram);
        Flash = new CfiFlash(MemoryMap.Flash);
        _devices = [Uart, Flash, new CfiFlash(MemoryMap.Flash + MemoryMap.FlashBankSize), Rtc, FwCfg, new VirtioMmio()];
        FwCfg.Reset(Ram.Size, _cpus);
    }

    public Ram Ram { get; }

    public Pl011 Uart { get; }

    internal Pl031 Rtc { get; }

    internal FwCfg FwCfg { get; }

    /// <summary>The first of the two banks, which holds firmware.</summary>
    internal CfiFlash Flash { get; }

    /// <summary>Puts a device on the bus.</summary>
    internal void Add(IMmioDevice device) => _devices = [.. _devices, device];

    /// <summary>Puts RAM and devices to the state of power-on: RAM is zero; flash keeps what is in it.</summary>
    public void Reset()
    {
        Restart();
        Uart.Reset();
    }

    /// <summary>Does what a reset during operation does: as at power-on, but what waits on the UART's line is not lost.</summary>
    public void Restart()
    {
        Ram.Clear(Ram.Base, (int)Ram.Size);
        Uart.ResetRegisters();
        Rtc.Reset();
        FwCfg.Reset(Ram.Size, _cpus);
        foreach (CfiFlash bank in _devices.OfType<CfiFlash>())
        {
            bank.Reset();
        }
    }

    public bool TryRead(ulong physicalAddress, int size, out ulong value)
    {
        if (Ram.Contains(physicalAddress, (ulong)size))
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            bytes.Clear();
            Ram.Read(physicalAddress, size).CopyTo(bytes);
            value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            return true;
        }

        if (DeviceAt(physicalAddress, size) is { } device)
        {
            value = device.Read(physicalAddress - device.Base, size);
            return true;
        }

        value = 0;
        return false;
    }

    public bool TryWrite(ulong physicalAddress, int size, ulong value)
    {
        if (Ram.Contains(physicalAddress, (ulong)size))
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            Ram.Write(physicalAddress, bytes[..size]);
            return true;
        }

        if (DeviceAt(physicalAddress, size) is { } device)
        {
            device.Write(physicalAddress - device.Base, size, value & (ulong.MaxValue >> (64 - size * 8)));
            return true;
        }

        return false;
    }

    private IMmioDevice? DeviceAt(ulong physicalAddress, int size)
    {
        foreach (IMmioDevice device in _devices)
        {
            if (physicalAddress - device.Base < device.Size && (ulong)size <= device.Size - (physicalAddress - device.Base))
            {
                return device;
            }
        }

        return null;
    }
}
