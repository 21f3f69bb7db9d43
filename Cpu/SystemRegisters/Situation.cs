using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Features;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>What an access rule may ask about the moment of the access, apart from single control bits.</summary>
[Flags]
internal enum Situation
{
    None = 0,

    /// <summary>EL2 is enabled in the current Security state.</summary>
    El2Enabled = 1 << 0,

    /// <summary>E2H acts as 1 and EL2 is enabled.</summary>
    Host2 = 1 << 1,

    /// <summary>Host2 and TGE: EL0 belongs to the host.</summary>
    Host0 = 1 << 2,

    /// <summary>TGE acts as 1.</summary>
    Tge = 1 << 3,

    /// <summary>Fine-grained traps are in force.</summary>
    FineGrained = 1 << 4,

    /// <summary>HCR_EL2.NV, NV1, NV2 as they act (EX-007).</summary>
    Nv = 1 << 5,
    Nv1 = 1 << 6,
    Nv2 = 1 << 7,

    /// <summary>PSTATE.SP is 0.</summary>
    SpEl0 = 1 << 8,

    /// <summary>Secure state (SCR_EL3.NS = 0).</summary>
    Secure = 1 << 9,

    /// <summary>HCR_EL2.FMO, IMO at EL1 with EL2 enabled: the name reaches the virtual CPU interface.</summary>
    VirtualFiq = 1 << 10,
    VirtualIrq = 1 << 11,

    /// <summary>PMSELR_EL0.SEL is 31; names no counter; names a counter that EL2 keeps for itself (MDCR_EL2.HPMN).</summary>
    SelectsCycleFilter = 1 << 12,
    SelectsNoCounter = 1 << 13,
    SelectsKeptCounter = 1 << 14,

    /// <summary>HCRX_EL2 is in force.</summary>
    Extended = 1 << 15,
}

/// <summary>Works out the <see cref="Situation"/> of an access.</summary>
internal static class Situations
{
    internal static Situation Now(Core core)
    {
        Situation now = core.Pstate.SP ? Situation.None : Situation.SpEl0;
        if (!EffectiveControls.NonSecure(core))
        {
            now |= Situation.Secure;
        }

        ulong selected = core.System[Slots.PMSELR_EL0];
        if (selected >= IdentificationValues.EventCounters)
        {
            now |= selected == 31 ? Situation.SelectsCycleFilter : Situation.SelectsNoCounter;
        }

        if (!EffectiveControls.El2Enabled(core))
        {
            return now;
        }

        ulong hcr = core.System[Slots.HCR_EL2];
        now |= Situation.El2Enabled;
        if (EffectiveControls.E2H(core))
        {
            now |= Situation.Host2;
        }

        if ((hcr & Hcr.TGE) != 0)
        {
            now |= (now & Situation.Host2) != 0 ? Situation.Tge | Situation.Host0 : Situation.Tge;
        }

        if (EffectiveControls.ExtendedControlsAct(core))
        {
            now |= Situation.Extended;
        }

        if (EffectiveControls.FineGrainedTraps(core))
        {
            now |= Situation.FineGrained;
        }

        if ((hcr & Hcr.NV) != 0)
        {
            now |= Situation.Nv
                | ((hcr & Hcr.NV1) != 0 ? Situation.Nv1 : Situation.None)
                | ((hcr & Hcr.NV2) != 0 ? Situation.Nv2 : Situation.None);
        }

        if (selected != 31 && selected >= (core.System[Slots.MDCR_EL2] & Mdcr2.HPMN))
        {
            now |= Situation.SelectsKeptCounter;
        }

        if (core.Pstate.EL == 1)
        {
            now |= ((hcr & Hcr.FMO) != 0 ? Situation.VirtualFiq : Situation.None)
                | ((hcr & Hcr.IMO) != 0 ? Situation.VirtualIrq : Situation.None);
        }

        return now;
    }
}
