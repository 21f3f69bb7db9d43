using Conformance.Cpu.Interrupts;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The CPU interface of the GIC, physical (ICC) and virtual (ICV): the names and who may touch them.</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03. What the registers do is in Interrupts. The banks of the two Security states are one.
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

    /// <summary>UNDEFINED, before any trap, while SCTLR_ELx.NMI of its own level is 0 (GV-153).</summary>
    private static readonly AccessRule s_nonMaskable = Together(
        Needs("FEAT_GICv3_NMI"),
        UndefinedWithout(Levels.EL1, Slots.SCTLR_EL1, Sctlr.NMI),
        UndefinedWithout(Levels.EL2, Slots.SCTLR_EL2, Sctlr.NMI),
        UndefinedWithout(Levels.EL3, Slots.SCTLR_EL3, Sctlr.NMI));

    private static readonly View s_physicalNmi = new(PhysicalCpuInterface.AcknowledgeableNmi, Take: PhysicalCpuInterface.AcknowledgeNmi);

    private static readonly View s_virtualNmi = new(VirtualCpuInterface.AcknowledgeableNmi, Take: VirtualCpuInterface.AcknowledgeNmi);

    /// <summary>Registers of both groups: virtual when either is, trapped to EL3 when both are routed there.</summary>
    private static readonly AccessRule s_common = Together(
        SystemRegistersOpen, ByHypervisor(TC), ByMonitor(Scr.IRQ | Scr.FIQ, Situation.VirtualFiq | Situation.VirtualIrq));

    /// <summary>Generating SGIs has no virtual counterpart: FMO and IMO trap it.</summary>
    private static readonly AccessRule s_sgi = Together(
        SystemRegistersOpen, WriteOnly, ByHypervisor(TC),
        TrapsTo2(Levels.EL1, Situation.VirtualFiq),
        TrapsTo2(Levels.EL1, Situation.VirtualIrq),
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

        Of(new GicCpuRegister("IAR0_EL1", Virtual.Fiq, PhysicalAcknowledge(0), Acknowledge(0)), (3, 0, 12, 8, 0), ReadOnly, s_group0),
        Of(new GicCpuRegister("EOIR0_EL1", Virtual.Fiq, PhysicalEndOfInterrupt(0), EndOfInterrupt(0)), (3, 0, 12, 8, 1), WriteOnly, s_group0),
        Of(new GicCpuRegister("HPPIR0_EL1", Virtual.Fiq, new View(static c => PhysicalCpuInterface.HighestPending(c, 0)), HighestPending(0)), (3, 0, 12, 8, 2), ReadOnly, s_group0),
        Of(new GicCpuRegister("BPR0_EL1", Virtual.Fiq, Stored(Slots.ICC_BPR0_EL1, BinaryPoint0), VirtualControls.BinaryPoint0View, Slots.ICC_BPR0_EL1),
            (3, 0, 12, 8, 3), s_group0),
        .. Enumerable.Range(0, 4).Select(static n => ActivePriorities(
            0, n, Slots.ICC_AP0R0_EL1, Slots.ICH_AP0R0_EL2, Virtual.Fiq, (3, 0, 12, 8, 4 + n), s_group0)),
        Of(new GicCpuRegister("IGRPEN0_EL1", Virtual.Fiq, Stored(Slots.ICC_IGRPEN0_EL1, OneBit), VirtualControls.GroupEnable0View, Slots.ICC_IGRPEN0_EL1),
            (3, 0, 12, 12, 6), Hfg(39), s_group0),

        Of(new GicCpuRegister("IAR1_EL1", Virtual.Irq, PhysicalAcknowledge(1), Acknowledge(1)), (3, 0, 12, 12, 0), ReadOnly, s_group1),
        Of(new GicCpuRegister("NMIAR1_EL1", Virtual.Irq, s_physicalNmi, s_virtualNmi), (3, 0, 12, 9, 5), ReadOnly, s_nonMaskable, s_group1),
        Of(new GicCpuRegister("EOIR1_EL1", Virtual.Irq, PhysicalEndOfInterrupt(1), EndOfInterrupt(1)), (3, 0, 12, 12, 1), WriteOnly, s_group1),
        Of(new GicCpuRegister("HPPIR1_EL1", Virtual.Irq, new View(static c => PhysicalCpuInterface.HighestPending(c, 1)), HighestPending(1)), (3, 0, 12, 12, 2), ReadOnly, s_group1),
        Of(new GicCpuRegister("BPR1_EL1", Virtual.Irq, Stored(Slots.ICC_BPR1_EL1, BinaryPoint1), VirtualControls.BinaryPoint1View, Slots.ICC_BPR1_EL1),
            (3, 0, 12, 12, 3), s_group1),
        .. Enumerable.Range(0, 4).Select(static n => ActivePriorities(
            1, n, Slots.ICC_AP1R0_EL1, Slots.ICH_AP1R0_EL2, Virtual.Irq, (3, 0, 12, 9, n), s_group1)),
        Of(new GicCpuRegister("IGRPEN1_EL1", Virtual.Irq, Stored(Slots.ICC_IGRPEN1_EL1, OneBit), VirtualControls.GroupEnable1View, Slots.ICC_IGRPEN1_EL1),
            (3, 0, 12, 12, 7), Hfg(39), s_group1),

        Of(new GicCpuRegister("PMR_EL1", Virtual.Either, Stored(Slots.ICC_PMR_EL1, Priority), VirtualControls.PriorityMaskView, Slots.ICC_PMR_EL1),
            (3, 0, 4, 6, 0), s_common),
        Of(new GicCpuRegister("CTLR_EL1", Virtual.Either, Stored(Slots.ICC_CTLR_EL1, Control), VirtualControls.ControlView, Slots.ICC_CTLR_EL1),
            (3, 0, 12, 12, 4), s_common),
        Of(new GicCpuRegister("DIR_EL1", Virtual.Either, View.Command(PhysicalCpuInterface.DeactivateInterrupt), View.Command(VirtualCpuInterface.DeactivateInterrupt)),
            (3, 0, 12, 11, 1), WriteOnly, s_common,
            TrapsTo2(Levels.EL1, Situation.El2Enabled, Situation.None, Slots.ICH_HCR_EL2, TDIR, TDIR)),
        Of(new GicCpuRegister("RPR_EL1", Virtual.Either, new View(PhysicalCpuInterface.RunningPriority), new View(VirtualCpuInterface.RunningPriority)),
            (3, 0, 12, 11, 3), ReadOnly, s_common),
        Of(new GicView("ICC_SGI1R_EL1", View.Command(static (c, v) => PhysicalCpuInterface.GenerateSgi(c, alsoGroup1: true, v))), (3, 0, 12, 11, 5), s_sgi),
        Of(new GicView("ICC_ASGI1R_EL1", View.Command(static (c, v) => PhysicalCpuInterface.GenerateSgi(c, alsoGroup1: false, v))), (3, 0, 12, 11, 6), s_sgi),
        Of(new GicView("ICC_SGI0R_EL1", View.Command(static (c, v) => PhysicalCpuInterface.GenerateSgi(c, alsoGroup1: false, v))), (3, 0, 12, 11, 7), s_sgi),

        Of(new MonitorControl(), (3, 6, 12, 12, 4), SystemRegistersOpen),
        Reg("ICC_IGRPEN1_EL3", (3, 6, 12, 12, 7), "1:0", SystemRegistersOpen),
    ];

    private static View PhysicalAcknowledge(int group) =>
        new(c => PhysicalCpuInterface.Acknowledgeable(c, group), Take: c => PhysicalCpuInterface.Acknowledge(c, group));

    private static View PhysicalEndOfInterrupt(int group) => View.Command((c, v) => PhysicalCpuInterface.EndOfInterrupt(c, group, v));

    private static View Acknowledge(int group) =>
        new(c => VirtualCpuInterface.Acknowledgeable(c, group), Take: c => VirtualCpuInterface.Acknowledge(c, group));

    private static View HighestPending(int group) => new(c => VirtualCpuInterface.HighestPending(c, group));

    private static View EndOfInterrupt(int group) => View.Command((c, v) => VirtualCpuInterface.EndOfInterrupt(c, group, v));

    /// <summary>A value in its slot, made legal on a write.</summary>
    private static View Stored(int slot, Func<Core, ulong, ulong> legal) =>
        new(c => legal(c, c.System[slot]), (c, v) => c.System[slot] = legal(c, v));

    private static ulong OneBit(Core core, ulong value) => value & 1;

    private static ulong Priority(Core core, ulong value) => value & core.Gic.PriorityMask;

    private static ulong BinaryPoint0(Core core, ulong value) => PriorityGrouping.Clamp(value, core.Gic.MinimumBinaryPoint);

    private static ulong BinaryPoint1(Core core, ulong value) => PriorityGrouping.Clamp(value, core.Gic.MinimumBinaryPoint + 1);

    /// <summary>ICC_CTLR_EL1: PMHE, EOImode and CBPR hold state.</summary>
    private static ulong Control(Core core, ulong value) => (value & 0x43) | InterfaceSizes.Control(core.Gic);

    /// <summary>One of the registers of active priorities: behind its name both interfaces have the state of 32 levels (GV-092, GV-095).</summary>
    private static Declaration ActivePriorities(
        int group, int n, int physical, int virtualSlot, Virtual by, SysEncoding encoding, AccessRule rules) => Of(
        new GicCpuRegister($"AP{group}R{n}_EL1", by, Stored(physical + n, Levels32(group, n)), Stored(virtualSlot + n, Levels32(group, n)), physical + n),
        encoding, Needs(GicOptions.ActivePriorityRegister(n)), rules);

    private static Func<Core, ulong, ulong> Levels32(int group, int n) => (core, value) => value & Interrupts.ActivePriorities.Bits(core.Gic, group, n);

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

/// <summary>ICC_CTLR_EL3, with the sizes of the interface in its read-only bits.</summary>
internal sealed class MonitorControl() : SysReg("ICC_CTLR_EL3", "6:0", Slots.ICC_CTLR_EL3)
{
    internal override ulong Read(Core core) => Get(core) | InterfaceSizes.Control(core.Gic);
}

/// <summary>A register whose stored value has its own rule of what a write keeps, and which interrupt lines depend on.</summary>
internal sealed class LineControl(string name, int slot, Func<Core, ulong, ulong> legal, string bits = "63:0") : SysReg(name, bits, slot)
{
    internal override void Set(Core core, ulong value)
    {
        core.System[Slot] = legal(core, value);
        core.LinesChanged();
    }

    internal override void Reset(Core core) => Set(core, 0);
}

/// <summary>A register that is a view of the interface.</summary>
internal sealed class GicView(string name, View view) : SysReg(name)
{
    internal override ulong Get(Core core) => view.Show(core);

    internal override void Set(Core core, ulong value) => view.Write(core, value);

    internal override ulong Read(Core core) => view.Read(core);

    internal override ulong Peek(Core core) => view.Show(core);

    internal override void Reset(Core core)
    {
        // The state it shows is reset where it is kept.
    }
}

/// <summary>An ICC register with its ICV twin behind the same name.</summary>
internal sealed class GicCpuRegister : SysReg
{
    private readonly View _physical;
    private readonly View _virtual;
    private readonly Situation _by;

    /// <param name="stem">Name without ICC_ or ICV_.</param>
    /// <param name="by">What makes it virtual.</param>
    /// <param name="physical">The register of the physical CPU interface.</param>
    /// <param name="virtual">The register of the virtual CPU interface.</param>
    /// <param name="slot">Where the physical one keeps its value, if it does.</param>
    internal GicCpuRegister(string stem, Virtual by, View physical, View @virtual, int? slot = null)
        : base($"ICC_{stem}", slot: slot)
    {
        Twin = new GicView($"ICV_{stem}", @virtual);
        _physical = physical;
        _virtual = @virtual;
        _by = by switch
        {
            Virtual.Fiq => Situation.VirtualFiq,
            Virtual.Irq => Situation.VirtualIrq,
            _ => Situation.VirtualFiq | Situation.VirtualIrq,
        };
    }

    internal override SysReg? Twin { get; }

    internal override ulong Get(Core core) => _physical.Show(core);

    internal override void Set(Core core, ulong value) => _physical.Write(core, value);

    internal override ulong Read(Core core) => Reached(core).Read(core);

    internal override ulong Peek(Core core) => Reached(core).Show(core);

    internal override void Write(Core core, ulong value) => Reached(core).Write(core, value);

    internal override void Reset(Core core)
    {
        // Its slot, if it has one, is zero after reset; a view makes that legal.
    }

    private View Reached(Core core) => (Situations.Now(core) & _by) != 0 ? _virtual : _physical;
}
