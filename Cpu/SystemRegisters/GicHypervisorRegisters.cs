using Conformance.Cpu.Features;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The hypervisor's side of the virtual CPU interface: ICH registers.</summary>
/// <remarks>Source: DDI 0601, 2025-03; a list register is empty when its State is 0.</remarks>
internal static class GicHypervisorRegisters
{
    /// <summary>ICC_SRE_EL2.SRE at EL2, ICC_SRE_EL3.SRE at EL3; at EL1 only NV decides.</summary>
    private static readonly AccessRule s_open = Together(
        Needs("FEAT_GICv3"),
        Traps(2, Levels.EL2, Situation.None, Situation.None, Slots.ICC_SRE_EL2, 1, 0),
        Traps(3, Levels.EL3, Situation.None, Situation.None, Slots.ICC_SRE_EL3, 1, 0));

    internal static readonly SysReg[] ListRegisters =
        [.. Enumerable.Range(0, IdentificationValues.ListRegisters).Select(n => new SysReg($"ICH_LR{n}_EL2", "63:60 55:48 44:0"))];

    internal static readonly Declaration[] All =
    [
        Reg("ICH_HCR_EL2", (3, 4, 12, 11, 0), "31:27 14@FEAT_GICv3_TDIR 13:10 7:0", Slots.ICH_HCR_EL2, s_open, Vncr(0x4c0)),
        Of(new Identity("ICH_VTR_EL2", VirtualizationType), (3, 4, 12, 11, 1), ReadOnly, s_open),
        Reg("ICH_MISR_EL2", (3, 4, 12, 11, 2), "", ReadOnly, s_open),
        Of(new ListRegisterStatus("ICH_EISR_EL2", static (state, owed) => state == 0 && owed), (3, 4, 12, 11, 3), ReadOnly, s_open),
        Of(new ListRegisterStatus("ICH_ELRSR_EL2", static (state, owed) => state == 0 && !owed), (3, 4, 12, 11, 5), ReadOnly, s_open),
        Reg("ICH_VMCR_EL2", (3, 4, 12, 11, 7), "31:18 9 4:0", s_open, Vncr(0x4c8)),
        Reg("ICH_AP0R0_EL2", (3, 4, 12, 8, 0), "31:0", s_open, Vncr(0x480)),
        Reg("ICH_AP1R0_EL2", (3, 4, 12, 9, 0), "31:0", s_open, Vncr(0x4a0)),
        .. ListRegisters.Select(static (register, n) => Of(
            register, (3, 4, 12, 12 + (n / 8), n % 8), s_open, Vncr(0x400 + (8 * n)))),
    ];

    /// <summary>PRIbits and PREbits 5, 16-bit INTIDs, A3V, TDS with its feature, and the number of list registers.</summary>
    private static ulong VirtualizationType(FeatureSet features) =>
        ((IdentificationValues.PriorityBits - 1UL) << 29) | ((IdentificationValues.PriorityBits - 1UL) << 26)
        | (1UL << 21) | (features.Has("FEAT_GICv3_TDIR") ? 1UL << 19 : 0) | (IdentificationValues.ListRegisters - 1UL);
}

/// <summary>A register with one bit for each list register, worked out from State and from an owed EOI interrupt.</summary>
internal sealed class ListRegisterStatus(string name, Func<ulong, bool, bool> shows) : SysReg(name, "15:0")
{
    private const ulong HW = 1UL << 61;
    private const ulong Eoi = 1UL << 41;

    internal override ulong Get(Core core)
    {
        ulong bits = 0;
        for (int n = 0; n < GicHypervisorRegisters.ListRegisters.Length; n++)
        {
            ulong lr = GicHypervisorRegisters.ListRegisters[n].Get(core);
            bits |= shows(lr >> 62, (lr & HW) == 0 && (lr & Eoi) != 0) ? 1UL << n : 0;
        }

        return bits;
    }

    internal override void Set(Core core, ulong value)
    {
        // Read-only: there is nothing to store.
    }
}
