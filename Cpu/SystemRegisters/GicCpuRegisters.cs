using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The CPU interface of the GIC, physical (ICC) and virtual (ICV): the names and who may touch them.</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03. Behind the names is storage; there is no interrupt yet, so acknowledge and highest-priority
/// registers show the spurious INTID. The banks of the two Security states are one.
/// </remarks>
internal static class GicCpuRegisters
{
    private const ulong Enable = 1 << 3;
    private const ulong Sre = 1;
    private const ulong TC = 1 << 10;
    private const ulong TALL0 = 1 << 11;
    private const ulong TALL1 = 1 << 12;
    private const ulong TDIR = 1 << 14;

    /// <summary>ICC_SRE_ELx.SRE = 0 closes the system registers at its own level.</summary>
    internal static readonly AccessRule SystemRegistersOpen = Together(
        Needs("FEAT_GICv3"),
        Traps(1, Levels.EL1, Situation.None, Situation.None, Slots.ICC_SRE_EL1, Sre, 0),
        Traps(2, Levels.EL2, Situation.None, Situation.None, Slots.ICC_SRE_EL2, Sre, 0),
        Traps(3, Levels.EL3, Situation.None, Situation.None, Slots.ICC_SRE_EL3, Sre, 0));

    private static readonly AccessRule s_group0 = Together(
        SystemRegistersOpen, ByHypervisor(TALL0), ByMonitor(Scr.FIQ, Situation.VirtualFiq));

    private static readonly AccessRule s_group1 = Together(
        SystemRegistersOpen, ByHypervisor(TALL1), ByMonitor(Scr.IRQ, Situation.VirtualIrq));

    /// <summary>Registers of both groups: virtual when either is, trapped to EL3 when both are routed there.</summary>
    private static readonly AccessRule s_common = Together(
        SystemRegistersOpen, ByHypervisor(TC), ByMonitor(Scr.IRQ | Scr.FIQ, Situation.VirtualFiq | Situation.VirtualIrq));

    /// <summary>Generating SGIs has no virtual counterpart: FMO and IMO trap it.</summary>
    private static readonly AccessRule s_sgi = Together(
        SystemRegistersOpen, WriteOnly, ByHypervisor(TC),
        TrapsTo2(Levels.EL1, Situation.VirtualFiq, Situation.None, 0, 0, 0),
        TrapsTo2(Levels.EL1, Situation.VirtualIrq, Situation.None, 0, 0, 0),
        ByMonitor(Scr.IRQ | Scr.FIQ, Situation.None));

    private static readonly AccessRule s_enable = Together(
        Needs("FEAT_GICv3"),
        TrapsTo2(Levels.EL1, Situation.El2Enabled, Situation.None, Slots.ICC_SRE_EL2, Enable, 0),
        Traps(3, Levels.EL1 | Levels.EL2, Situation.None, Situation.None, Slots.ICC_SRE_EL3, Enable, 0));

    internal static readonly Declaration[] All =
    [
        Reg("ICC_SRE_EL1", (3, 0, 12, 12, 5), "2:0", Slots.ICC_SRE_EL1, s_enable),
        Reg("ICC_SRE_EL2", (3, 4, 12, 9, 5), "3:0", Slots.ICC_SRE_EL2, Needs("FEAT_GICv3"), El3NeedsEl2,
            Traps(3, Levels.EL2, Situation.None, Situation.None, Slots.ICC_SRE_EL3, Enable, 0)),
        Reg("ICC_SRE_EL3", (3, 6, 12, 12, 5), "3:0", Slots.ICC_SRE_EL3, Needs("FEAT_GICv3")),

        Of(new GicCpuRegister("IAR0_EL1", "", Virtual.Fiq, 1023), (3, 0, 12, 8, 0), ReadOnly, s_group0),
        Of(new GicCpuRegister("EOIR0_EL1", "", Virtual.Fiq), (3, 0, 12, 8, 1), WriteOnly, s_group0),
        Of(new GicCpuRegister("HPPIR0_EL1", "", Virtual.Fiq, 1023), (3, 0, 12, 8, 2), ReadOnly, s_group0),
        Of(new GicCpuRegister("BPR0_EL1", "2:0", Virtual.Fiq, reset: 2), (3, 0, 12, 8, 3), s_group0),
        Of(new GicCpuRegister("AP0R0_EL1", "31:0", Virtual.Fiq), (3, 0, 12, 8, 4), s_group0),
        Of(new GicCpuRegister("IGRPEN0_EL1", "0", Virtual.Fiq), (3, 0, 12, 12, 6), Hfg(39), s_group0),

        Of(new GicCpuRegister("IAR1_EL1", "", Virtual.Irq, 1023), (3, 0, 12, 12, 0), ReadOnly, s_group1),
        Of(new GicCpuRegister("EOIR1_EL1", "", Virtual.Irq), (3, 0, 12, 12, 1), WriteOnly, s_group1),
        Of(new GicCpuRegister("HPPIR1_EL1", "", Virtual.Irq, 1023), (3, 0, 12, 12, 2), ReadOnly, s_group1),
        Of(new GicCpuRegister("BPR1_EL1", "2:0", Virtual.Irq, reset: 3), (3, 0, 12, 12, 3), s_group1),
        Of(new GicCpuRegister("AP1R0_EL1", "31:0", Virtual.Irq), (3, 0, 12, 9, 0), s_group1),
        Of(new GicCpuRegister("IGRPEN1_EL1", "0", Virtual.Irq), (3, 0, 12, 12, 7), Hfg(39), s_group1),

        Of(new GicCpuRegister("PMR_EL1", "7:3", Virtual.Either), (3, 0, 4, 6, 0), s_common),
        Of(new GicCpuRegister("CTLR_EL1", "6 1:0", Virtual.Either, ReadOnlyControl), (3, 0, 12, 12, 4), s_common),
        Of(new GicCpuRegister("DIR_EL1", "", Virtual.Either), (3, 0, 12, 11, 1), WriteOnly, s_common,
            TrapsTo2(Levels.EL1, Situation.El2Enabled, Situation.None, Slots.ICH_HCR_EL2, TDIR, TDIR)),
        Of(new GicCpuRegister("RPR_EL1", "", Virtual.Either, 0xff), (3, 0, 12, 11, 3), ReadOnly, s_common),
        Reg("ICC_SGI1R_EL1", (3, 0, 12, 11, 5), "", s_sgi),
        Reg("ICC_ASGI1R_EL1", (3, 0, 12, 11, 6), "", s_sgi),
        Reg("ICC_SGI0R_EL1", (3, 0, 12, 11, 7), "", s_sgi),

        Of(new FixedBits("ICC_CTLR_EL3", "6:0", ReadOnlyControl), (3, 6, 12, 12, 4), SystemRegistersOpen),
        Reg("ICC_IGRPEN1_EL3", (3, 6, 12, 12, 7), "1:0", SystemRegistersOpen),
    ];

    /// <summary>PRIbits 5, 16-bit INTIDs, A3V.</summary>
    private const ulong ReadOnlyControl = (4UL << 8) | (1UL << 15);

    private static AccessRule ByHypervisor(ulong bit) =>
        TrapsTo2(Levels.EL1, Situation.El2Enabled, Situation.None, Slots.ICH_HCR_EL2, bit, bit);

    /// <summary>SCR_EL3 bits, all of them set, trap EL1 and EL2 unless the name reaches the virtual interface.</summary>
    private static AccessRule ByMonitor(ulong bits, Situation unlessAny)
    {
        List<AccessRule> rules = [Traps(3, Levels.EL2, Situation.None, Situation.None, Slots.SCR_EL3, bits, bits)];
        rules.Add(Traps(3, Levels.EL1, Situation.None, unlessAny, Slots.SCR_EL3, bits, bits));
        return Together([.. rules]);
    }
}

/// <summary>Which of HCR_EL2.FMO and IMO makes an ICC name reach the ICV register at EL1.</summary>
internal enum Virtual
{
    Fiq,
    Irq,
    Either,
}

/// <summary>A register with some bits that always read as given.</summary>
internal class FixedBits(string name, string bits, ulong fixedBits, ulong reset = 0) : SysReg(name, bits, reset: reset)
{
    internal override ulong Read(Core core) => Get(core) | fixedBits;
}

/// <summary>An ICC register with its ICV twin behind the same name.</summary>
internal sealed class GicCpuRegister : FixedBits
{
    private readonly FixedBits _virtual;
    private readonly Virtual _by;

    /// <param name="stem">Name without ICC_ or ICV_.</param>
    /// <param name="bits">Bits that hold state.</param>
    /// <param name="by">What makes it virtual.</param>
    /// <param name="fixedBits">Bits that always read as one.</param>
    /// <param name="reset">Value after reset.</param>
    internal GicCpuRegister(string stem, string bits, Virtual by, ulong fixedBits = 0, ulong reset = 0)
        : base($"ICC_{stem}", bits, fixedBits, reset)
    {
        _virtual = new FixedBits($"ICV_{stem}", bits, fixedBits, reset);
        _by = by;
    }

    internal override SysReg? Twin => _virtual;

    internal override ulong Read(Core core) => IsVirtual(core) ? _virtual.Read(core) : base.Read(core);

    internal override void Write(Core core, ulong value)
    {
        if (IsVirtual(core))
        {
            _virtual.Write(core, value);
        }
        else
        {
            base.Write(core, value);
        }
    }

    private bool IsVirtual(Core core)
    {
        Situation wanted = _by switch
        {
            Virtual.Fiq => Situation.VirtualFiq,
            Virtual.Irq => Situation.VirtualIrq,
            _ => Situation.VirtualFiq | Situation.VirtualIrq,
        };
        return (Situations.Now(core) & wanted) != 0;
    }
}
