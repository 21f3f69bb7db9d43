using Conformance.Cpu.Board;

namespace Conformance.Cpu.Interrupts;

/// <summary>The distributor: SPIs, and what is common to all PEs.</summary>
/// <remarks>
/// Source: IHI 0069, "GIC Distributor register descriptions". One Security state (GICD_CTLR.DS = 1) and affinity routing
/// always, as on QEMU's virt board without secure=on; no extended SPIs, no message-based SPIs.
/// </remarks>
internal sealed class Distributor : IMmioDevice
{
    /// <summary>GICD_PIDR2 and GICR_PIDR2: GICv3.</summary>
    internal const uint ArchitectureRevision = 0x3b;

    internal const uint Implementer = 0x43b;
    private const int Spis = 256;
    private const uint EnableGroups = 3;
    private const uint AffinityRoutingAndOneSecurityState = 1 << 4 | 1 << 6;
    private const ulong RouteToAny = 1UL << 31;
    private const ulong AffinityMask = 0xff_00ff_ffff;

    private readonly ulong[] _routes = new ulong[Spis];
    private readonly Action _changed;
    private readonly bool _nonMaskable;
    private uint _control;

    /// <param name="options">The sizes of the GIC.</param>
    /// <param name="changed">Called when lines to the PEs may have changed.</param>
    internal Distributor(GicOptions options, Action changed)
    {
        _nonMaskable = options.NonMaskable;
        _changed = changed;
        Interrupts = new InterruptBank(IntId.FirstSpi, Spis, options);
    }

    public ulong Base => MemoryMap.GicDistributor;

    public ulong Size => 0x1_0000;

    internal InterruptBank Interrupts { get; }

    /// <summary>GICD_CTLR.EnableGrp0 in bit 0, EnableGrp1 in bit 1.</summary>
    internal int EnabledGroups => (int)(_control & EnableGroups);

    internal void Reset()
    {
        _control = 0;
        Array.Clear(_routes);
        Interrupts.Reset();
    }

    /// <summary>The affinity to which GICD_IROUTER sends an SPI, in the places of MPIDR_EL1; null for any PE that takes part.</summary>
    internal ulong? Route(uint intId) =>
        (_routes[intId - IntId.FirstSpi] & RouteToAny) != 0 ? null : _routes[intId - IntId.FirstSpi] & AffinityMask;

    public ulong Read(ulong offset, int size)
    {
        ulong word = offset switch
        {
            >= 0x6100 and < 0x6100 + (8 * Spis) => _routes[(offset - 0x6100) / 8] >> (8 * (int)(offset & 4)),
            _ => Word((uint)offset & ~3u) >> (8 * (int)(offset & 3)),
        };
        return size == 8 ? word : word & ((1UL << (8 * size)) - 1);
    }

    public void Write(ulong offset, int size, ulong value)
    {
        if (offset is >= 0x6100 and < 0x6100 + (8 * Spis))
        {
            ref ulong route = ref _routes[(offset - 0x6100) / 8];
            int shift = 8 * (int)(offset & 4);
            ulong mask = size == 8 ? ulong.MaxValue : 0xffff_ffffUL << shift;
            route = ((route & ~mask) | (value << shift & mask)) & (AffinityMask | RouteToAny);
        }
        else if (offset == 0)
        {
            _control = (uint)value & EnableGroups;
        }
        else if (offset < 0x1000)
        {
            Interrupts.Write((uint)offset, (uint)value, size);
        }

        _changed();
    }

    private uint Word(uint offset) => offset switch
    {
        0x0000 => _control | AffinityRoutingAndOneSecurityState,
        // GICD_TYPER: ITLinesNumber, NMI, LPIS, 24-bit INTIDs, A3V.
        0x0004 => (Spis / 32) | (_nonMaskable ? 1u << 9 : 0) | 1 << 17 | (uint)(GicOptions.IntIdBits - 1) << 19 | 1 << 24,
        0x0008 => Implementer,
        0xffe8 => ArchitectureRevision,
        < 0x1000 => Interrupts.Read(offset),
        _ => 0,
    };
}
