using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>The controls of one half of a stage 1 regime, taken from TCR_ELx and TTBR_ELx for one address.</summary>
/// <remarks>Source: DDI 0601, TCR_EL1, TCR_EL2, TCR_EL3; rules TR-010 to TR-018, TR-025, TR-047, TR-066.</remarks>
internal readonly record struct Stage1Regime
{
    private Stage1Regime(Core core, int level, ulong va)
    {
        TwoRanges = TopByte.TwoRanges(core, level);
        Upper = TwoRanges && (va >> 55 & 1) != 0;
        Sctlr = EffectiveControls.Sctlr(core, level);
        ulong tcr = core.System[Slots.TCR_EL1 + level - 1];
        TopByteIgnored = TopByte.Ignored(core, level, Upper, data: true);
        Base = core.System[(level, Upper) switch
        {
            (1, false) => Slots.TTBR0_EL1,
            (1, true) => Slots.TTBR1_EL1,
            (2, false) => Slots.TTBR0_EL2,
            (2, true) => Slots.TTBR1_EL2,
            _ => Slots.TTBR0_EL3,
        }];
        Size = (int)(tcr >> (Upper ? 16 : 0)) & 0x3f;
        uint granule = (uint)(tcr >> (Upper ? 30 : 14)) & 3;
        GranuleBits = (Upper, granule) switch
        {
            (false, 1) or (true, 3) => 16,
            (false, 2) or (true, 1) => 14,
            _ => 12, // the code that is reserved acts as 4K (TR-011 leaves it open)
        };
        Disabled = TwoRanges && Bit(tcr, Upper ? 23 : 7);
        HierarchyDisabled = Bit(tcr, TwoRanges ? Upper ? 42 : 41 : 24);
        SetsAccessFlag = Bit(tcr, TwoRanges ? 39 : 21);
        SetsDirty = SetsAccessFlag && Bit(tcr, TwoRanges ? 40 : 22);
        OutputBits = OutputSize(core, (int)(tcr >> (TwoRanges ? 32 : 16)) & 7, GranuleBits);
    }

    internal bool TwoRanges { get; }

    /// <summary>The address lies in the half of TTBR1.</summary>
    internal bool Upper { get; }

    internal ulong Sctlr { get; }

    internal bool TopByteIgnored { get; }

    /// <summary>TTBRn_ELx.</summary>
    internal ulong Base { get; }

    /// <summary>TnSZ.</summary>
    internal int Size { get; }

    /// <summary>12, 14 or 16.</summary>
    internal int GranuleBits { get; }

    /// <summary>EPDn.</summary>
    internal bool Disabled { get; }

    /// <summary>HPDn.</summary>
    internal bool HierarchyDisabled { get; }

    /// <summary>HA.</summary>
    internal bool SetsAccessFlag { get; }

    /// <summary>HA and HD.</summary>
    internal bool SetsDirty { get; }

    /// <summary>Bits of an output address (TR-018).</summary>
    internal int OutputBits { get; }

    /// <param name="core">The PE.</param>
    /// <param name="level">1 for EL1&amp;0, 2 for EL2 or EL2&amp;0, 3 for EL3.</param>
    /// <param name="va">The address, which chooses the half.</param>
    internal static Stage1Regime Of(Core core, int level, ulong va) => new(core, level, va);

    /// <summary>Stage 1 translates (TR-002).</summary>
    internal static bool IsOn(Core core, int level)
    {
        bool enabled = (EffectiveControls.Sctlr(core, level) & SystemRegisters.Sctlr.M) != 0;
        return enabled && (level != 1 || (EffectiveControls.HypervisorControls(core) & (Hcr.DC | Hcr.TGE)) == 0);
    }

    private static int OutputSize(Core core, int ps, int granuleBits)
    {
        int bits = ps switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, 5 => 48, _ => 52 };
        bits = Math.Min(bits, core.Have.PhysicalAddressBits);
        return granuleBits == 16 ? bits : Math.Min(bits, 48);
    }

    private static bool Bit(ulong value, int n) => (value >> n & 1) != 0;
}
