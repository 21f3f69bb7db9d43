using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Nested;

/// <summary>What HCR_EL2.{NV, NV1, NV2} change outside the register accesses.</summary>
/// <remarks>
/// NV = 0 makes the other two act as 0; of the allowed choices for {NV, NV1} = {0, 1} the model takes {0, 0} (EX-007).
/// </remarks>
internal static class NestedVirtualization
{
    private const ulong All = Hcr.NV | Hcr.NV1 | Hcr.NV2;

    /// <summary>HCR_EL2.{NV, NV1, NV2} as they act at EL1, in their places; 0 where they do not.</summary>
    internal static ulong Active(Core core)
    {
        ulong bits = EffectiveControls.El2Enabled(core) ? core.System[Slots.HCR_EL2] & All : 0;
        return (bits & Hcr.NV) != 0 ? bits : 0;
    }

    /// <summary>Level that CurrentEL shows: EL1 believes to be EL2 under NV (EX-280 to EX-282).</summary>
    internal static int VisibleLevel(Core core) =>
        core.Pstate.EL == 1 && Active(core) != 0 ? 2 : core.Pstate.EL;

    /// <summary>Level that SPSR_ELx.M[3:2] shows (EX-063 to EX-067).</summary>
    internal static int SavedLevel(Core core, int target)
    {
        if (core.Pstate.EL != 1 || target != 1)
        {
            return core.Pstate.EL;
        }

        // NV1 without NV2 keeps the real level: EL1 then runs a guest hypervisor that knows EL1 vectors only.
        return Active(core) switch
        {
            Hcr.NV => 2,
            Hcr.NV | Hcr.NV2 => 2,
            Hcr.NV | Hcr.NV1 | Hcr.NV2 => 2,
            _ => 1,
        };
    }

    /// <summary>ERET and its kin trap from EL1 (EX-182).</summary>
    internal static bool TrapsEret(Core core) =>
        core.Pstate.EL == 1
        && (Active(core) != 0
            || (EffectiveControls.FineGrainedTraps(core) && (core.System[Slots.HFGITR_EL2] & Hfgitr.ERET) != 0));
}
