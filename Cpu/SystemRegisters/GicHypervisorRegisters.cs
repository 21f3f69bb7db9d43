using Conformance.Cpu.Interrupts;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The hypervisor's side of the virtual CPU interface: ICH registers.</summary>
/// <remarks>Source: DDI 0601, 2025-03; what the values do is in <see cref="VirtualCpuInterface"/> and <see cref="Maintenance"/>.</remarks>
internal static class GicHypervisorRegisters
{
    /// <summary>ICC_SRE_EL2.SRE at EL2, ICC_SRE_EL3.SRE at EL3; at EL1 only NV decides.</summary>
    private static readonly AccessRule s_open = Together(
        Needs("FEAT_GICv3"),
        Traps(2, Levels.EL2, Situation.None, Situation.None, Slots.ICC_SRE_EL2, 1, 0),
        Traps(3, Levels.EL3, Situation.None, Situation.None, Slots.ICC_SRE_EL3, 1, 0));

    internal static readonly Declaration[] All =
    [
        Of(new LineControl("ICH_HCR_EL2", Slots.ICH_HCR_EL2, static (c, v) => c.Model.Legal(Slots.ICH_HCR_EL2, v), "31:27 14@FEAT_GICv3_TDIR 13:10 7:0"),
            (3, 4, 12, 11, 0), s_open, Vncr(0x4c0)),
        Of(new Identity("ICH_VTR_EL2", InterfaceSizes.VirtualType), (3, 4, 12, 11, 1), ReadOnly, s_open),
        Of(new GicView("ICH_MISR_EL2", new View(Maintenance.Status)), (3, 4, 12, 11, 2), ReadOnly, s_open),
        Of(new GicView("ICH_EISR_EL2", new View(Maintenance.EndOfInterruptStatus)), (3, 4, 12, 11, 3), ReadOnly, s_open),
        Of(new GicView("ICH_ELRSR_EL2", new View(Maintenance.EmptyStatus)), (3, 4, 12, 11, 5), ReadOnly, s_open),
        Of(new LineControl("ICH_VMCR_EL2", Slots.ICH_VMCR_EL2, VirtualControls.Legal), (3, 4, 12, 11, 7), s_open, Vncr(0x4c8)),
        .. Enumerable.Range(0, 4).Select(static n => Active("ICH_AP0R", 0, n, Slots.ICH_AP0R0_EL2, (3, 4, 12, 8, n), 0x480)),
        .. Enumerable.Range(0, 4).Select(static n => Active("ICH_AP1R", 1, n, Slots.ICH_AP1R0_EL2, (3, 4, 12, 9, n), 0x4a0)),
        .. Enumerable.Range(0, 16).Select(static n => Of(
            new LineControl($"ICH_LR{n}_EL2", Slots.ICH_LR0_EL2 + n, static (c, v) => ListRegister.Legal(c.Gic, v)),
            (3, 4, 12, 12 + (n / 8), n % 8), Needs(GicOptions.ListRegister(n)), s_open, Vncr(0x400 + (8 * n)))),
    ];

    private static Declaration Active(string stem, int group, int n, int firstSlot, SysEncoding encoding, int firstOffset) => Of(
        new LineControl($"{stem}{n}_EL2", firstSlot + n, (c, v) => v & ActivePriorities.Bits(c.Gic, group, n)),
        encoding, Needs(GicOptions.ActivePriorityRegister(n)), s_open, Vncr(firstOffset + (8 * n)));
}
