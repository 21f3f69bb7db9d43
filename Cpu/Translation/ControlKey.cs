using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Nested;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>Everything that decides how a regime translates: two states with equal keys share what was worked out and cached.</summary>
/// <remarks>
/// The key holds TTBR and VTTBR with ASID and VMID, so cached translations of one context are never found in another
/// (TR-147), and a change of any control acts at once although the architecture lets it wait for a TLBI (TR-155).
/// </remarks>
internal readonly record struct ControlKey(
    RegimeKind Kind, ulong Sctlr, ulong Tcr, ulong Ttbr0, ulong Ttbr1, ulong Mair, ulong Hcr, ulong Vtcr, ulong Vttbr, ulong Surroundings)
{
    /// <summary>Bits of <see cref="Surroundings"/>.</summary>
    internal const ulong Secure = 1;
    internal const ulong SecureFetchOnly = 2;
    internal const ulong BigEndianEl2 = 4;

    private const ulong HcrBits = SystemRegisters.Hcr.VM | SystemRegisters.Hcr.PTW | SystemRegisters.Hcr.DC | SystemRegisters.Hcr.TGE
        | SystemRegisters.Hcr.CD | SystemRegisters.Hcr.FWB;

    /// <summary>The present controls of a regime.</summary>
    internal static ControlKey Of(Core core, RegimeKind kind)
    {
        ulong[] system = core.System;
        bool secure = kind == RegimeKind.EL3 || !EffectiveControls.NonSecure(core);
        ulong surroundings = secure ? Secure | ((system[Slots.SCR_EL3] & Scr.SIF) != 0 ? SecureFetchOnly : 0) : 0;
        switch (kind)
        {
            case RegimeKind.EL3:
                return new ControlKey(
                    kind, system[Slots.SCTLR_EL3], system[Slots.TCR_EL3], system[Slots.TTBR0_EL3], 0, system[Slots.MAIR_EL3], 0, 0, 0,
                    surroundings);
            case RegimeKind.EL10:
                bool hypervisor = EffectiveControls.El2Enabled(core);
                ulong hcr = hypervisor ? (system[Slots.HCR_EL2] & HcrBits) | (NestedVirtualization.Active(core) & SystemRegisters.Hcr.NV1) : 0;
                if (EffectiveControls.Host0(core))
                {
                    hcr &= ~(SystemRegisters.Hcr.VM | SystemRegisters.Hcr.DC); // TR-004
                }

                if (hypervisor && (system[Slots.SCTLR_EL2] & SystemRegisters.Sctlr.EE) != 0)
                {
                    surroundings |= BigEndianEl2;
                }

                return new ControlKey(
                    kind, system[Slots.SCTLR_EL1], system[Slots.TCR_EL1], system[Slots.TTBR0_EL1], system[Slots.TTBR1_EL1],
                    system[Slots.MAIR_EL1], hcr, hypervisor ? system[Slots.VTCR_EL2] : 0, hypervisor ? system[Slots.VTTBR_EL2] : 0,
                    surroundings);
            default:
                return new ControlKey(
                    kind, system[Slots.SCTLR_EL2], system[Slots.TCR_EL2], system[Slots.TTBR0_EL2],
                    kind == RegimeKind.EL20 ? system[Slots.TTBR1_EL2] : 0, system[Slots.MAIR_EL2], 0, 0, 0, surroundings);
        }
    }
}
