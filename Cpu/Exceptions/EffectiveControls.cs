using System.Runtime.CompilerServices;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Control fields as they act, not as they are stored (EX-001 to EX-012).</summary>
/// <remarks>A bit of a feature that is absent is stored as 0 whatever is written, so the feature need not be asked for besides.</remarks>
internal static class EffectiveControls
{
    /// <summary>The Security state below EL3 is Non-secure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool NonSecure(Core core) => !core.Have.EL3 || (core.System[Slots.SCR_EL3] & Scr.NS) != 0;

    /// <summary>EL2 is implemented and enabled in the current Security state (EX-001, EX-009).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool El2Enabled(Core core) =>
        core.Have.EL2
        && (NonSecure(core) || (core.System[Slots.SCR_EL3] & Scr.EEL2) != 0);

    /// <summary>HCR_EL2.E2H: RES0 without FEAT_VHE, RES1 with it but without FEAT_E2H0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool E2H(Core core) => !core.Have.E2H0 || (core.System[Slots.HCR_EL2] & Hcr.E2H) != 0;

    /// <summary>HCR_EL2 as EL0 and EL1 feel it: 0 while EL2 is not enabled, but then API and APK act as 1.</summary>
    internal static ulong HypervisorControls(Core core) =>
        El2Enabled(core) ? core.System[Slots.HCR_EL2] : Hcr.API | Hcr.APK;

    /// <summary>TGE sends to EL2 what EL1 would have taken (EX-002).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Tge(Core core) => El2Enabled(core) && (core.System[Slots.HCR_EL2] & Hcr.TGE) != 0;

    /// <summary>EL2 runs a host (E2H).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Host2(Core core) => El2Enabled(core) && E2H(core);

    /// <summary>EL0 belongs to a host at EL2 (EX-003).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Host0(Core core) => Host2(core) && (core.System[Slots.HCR_EL2] & Hcr.TGE) != 0;

    /// <summary>Fine-grained traps act (EX-008); at EL0 the caller asks for Host0 besides.</summary>
    internal static bool FineGrainedTraps(Core core) =>
        El2Enabled(core) && (!core.Have.EL3 || (core.System[Slots.SCR_EL3] & Scr.FGTEn) != 0);

    /// <summary>HCRX_EL2 acts: it is there, EL2 is enabled, and SCR_EL3.HXEn opens it (EX-334).</summary>
    internal static bool ExtendedControlsAct(Core core) =>
        core.Have.HCX && El2Enabled(core) && (!core.Have.EL3 || (core.System[Slots.SCR_EL3] & Scr.HXEn) != 0);

    /// <summary>HCRX_EL2 as EL0 and EL1 feel it.</summary>
    internal static ulong ExtendedControls(Core core) => ExtendedControlsAct(core) ? core.System[Slots.HCRX_EL2] : 0;

    /// <summary>MDCR_EL2.TDE routes debug exceptions of EL0 and EL1 to EL2 (EX-005).</summary>
    internal static bool DebugToEl2(Core core) =>
        El2Enabled(core) && (Tge(core) || (core.System[Slots.MDCR_EL2] & Mdcr2.TDE) != 0);

    /// <summary>Level whose translation regime and SCTLR govern the current level: 1, 2 or 3 (EX-003).</summary>
    internal static int ControllingLevel(Core core) =>
        core.Pstate.EL != 0 ? core.Pstate.EL : Host0(core) ? 2 : 1;

    /// <summary>The SCTLR_ELx that governs the current level.</summary>
    internal static ulong ControllingSctlr(Core core) => Sctlr(core, ControllingLevel(core));

    /// <summary>SCTLR_ELx of a level from 1 to 3.</summary>
    internal static ulong Sctlr(Core core, int level) => core.System[Slots.SCTLR_EL1 + level - 1];

    /// <summary>SCTLR_ELx.NMI of a level: Superpriority and the masks of FEAT_NMI act for interrupts that it takes (EX-317).</summary>
    internal static bool NmiActs(Core core, int level) => (Sctlr(core, level) & SystemRegisters.Sctlr.NMI) != 0;

    /// <summary>The same of the current level.</summary>
    internal static bool NmiActs(Core core) => NmiActs(core, ControllingLevel(core));

    /// <summary>The physical counter offset is in force for CNTP (TM-031).</summary>
    internal static bool PhysicalOffsetInForce(Core core) =>
        El2Enabled(core) && !Host0(core)
        && (!core.Have.EL3 || (core.System[Slots.SCR_EL3] & Scr.ECVEn) != 0)
        && (core.System[Slots.CNTHCTL_EL2] & Cnthctl.ECV) != 0;
}
