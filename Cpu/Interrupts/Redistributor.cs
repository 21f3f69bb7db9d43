using Conformance.Cpu.Board;

namespace Conformance.Cpu.Interrupts;

/// <summary>The redistributor of a PE: SGIs, PPIs and LPIs.</summary>
/// <remarks>Source: IHI 0069, "GIC Redistributor register descriptions": the RD frame, then the SGI frame. LPIs come through
/// an ITS (no DirectLPI).</remarks>
internal sealed class Redistributor : IMmioDevice
{
    private const ulong SgiFrame = 0x1_0000;
    private const uint ProcessorSleep = 1 << 1;
    private const uint ChildrenAsleep = 1 << 2;
    private const uint EnableLpis = 1;
    private const uint ClearEnableSupported = 1 << 1;
    private const uint PhysicalLpis = 1;
    private const uint LastInSeries = 1 << 4;

    private readonly Core _core;
    private readonly bool _isLast;

    /// <param name="core">Its PE, which is told when lines may have changed.</param>
    /// <param name="isLast">No redistributor follows.</param>
    internal Redistributor(Core core, bool isLast)
    {
        _core = core;
        _isLast = isLast;
        Interrupts = new InterruptBank(0, (int)IntId.FirstSpi, core.Gic);
        Lpis = new LpiBank(core.Bus, (byte)core.Gic.PriorityMask, core.LinesChanged);
        Asleep = true;
    }

    public ulong Base => MemoryMap.GicRedistributors + ((ulong)(uint)_core.Number * Size);

    public ulong Size => 0x2_0000;

    internal InterruptBank Interrupts { get; }

    internal LpiBank Lpis { get; }

    /// <summary>GICR_WAKER.ProcessorSleep: nothing is forwarded to the CPU interface.</summary>
    internal bool Asleep { get; private set; }

    /// <summary>What clearing GICR_WAKER.ProcessorSleep does.</summary>
    internal void Wake() => Asleep = false;

    internal void Reset()
    {
        Asleep = true;
        Interrupts.Reset();
        Lpis.Reset();
    }

    public ulong Read(ulong offset, int size)
    {
        if (size == 8)
        {
            return Word((uint)offset) | (ulong)Word((uint)offset + 4) << 32;
        }

        ulong word = Word((uint)offset & ~3u) >> (8 * (int)(offset & 3));
        return word & ((1UL << (8 * size)) - 1);
    }

    public void Write(ulong offset, int size, ulong value)
    {
        if (offset == 0)
        {
            Lpis.Switch((value & EnableLpis) != 0);
        }
        else if (offset == 0x14)
        {
            Asleep = (value & ProcessorSleep) != 0;
        }
        else if (offset is >= 0x70 and < 0x78)
        {
            Lpis.PropertyBase = Merge(Lpis.PropertyBase, offset, size, value);
        }
        else if (offset is >= 0x78 and < 0x80)
        {
            Lpis.PendingBase = Merge(Lpis.PendingBase, offset, size, value);
        }
        else if (offset >= SgiFrame)
        {
            Interrupts.Write((uint)(offset - SgiFrame), (uint)value, size);
        }

        _core.LinesChanged();
    }

    /// <summary>A doubleword register after a write of part of it or all.</summary>
    private static ulong Merge(ulong old, ulong offset, int size, ulong value)
    {
        int shift = 8 * (int)(offset & 7);
        ulong mask = (size == 8 ? ulong.MaxValue : (1UL << (8 * size)) - 1) << shift;
        return (old & ~mask) | (value << shift & mask);
    }

    private uint Word(uint offset) => offset switch
    {
        0x0000 => ClearEnableSupported | (Lpis.Enabled ? EnableLpis : 0),
        0x0004 => Distributor.Implementer,
        // GICR_TYPER: PLPIS, Processor_Number, Last; Affinity_Value.
        0x0008 => PhysicalLpis | (uint)_core.Number << 8 | (_isLast ? LastInSeries : 0),
        0x000c => (uint)_core.Affinity,
        0x0070 => (uint)Lpis.PropertyBase,
        0x0074 => (uint)(Lpis.PropertyBase >> 32),
        0x0078 => (uint)Lpis.PendingBase,
        0x007c => (uint)(Lpis.PendingBase >> 32),
        0x0014 => Asleep ? ProcessorSleep | ChildrenAsleep : 0,
        0xffe8 => Distributor.ArchitectureRevision,
        >= (uint)SgiFrame and < (uint)SgiFrame + 0x1000 => Interrupts.Read(offset - (uint)SgiFrame),
        _ => 0,
    };
}
