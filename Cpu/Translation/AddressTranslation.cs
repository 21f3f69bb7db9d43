using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>The regime and privilege that an AT instruction asks about.</summary>
internal enum ProbeTarget
{
    EL0,
    EL1,

    /// <summary>EL1 with regard to PSTATE.PAN.</summary>
    EL1WithPan,
    EL2,
    EL3,
}

/// <summary>AT instructions: the result of a translation in PAR_EL1 (section 12 of the rules).</summary>
/// <remarks>Source: DDI 0601, PAR_EL1; PC AArch64.AT, AArch64.EncodePAR.</remarks>
internal static class AddressTranslation
{
    private const ulong PaMask = 0x000f_ffff_ffff_f000;
    private const ulong Failed = 1;
    private const ulong Res1 = 1UL << 11;
    private const int NonSecure = 9;
    private const int FaultOnWalk = 8;
    private const int FaultOfStage2 = 9;

    /// <summary>Executes one.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="target">Whose translation.</param>
    /// <param name="purpose"><see cref="AccessPurpose.ProbeRead"/> or <see cref="AccessPurpose.ProbeWrite"/>.</param>
    /// <param name="bothStages">The S12 forms.</param>
    /// <param name="address">The operand.</param>
    internal static void Execute(Core core, ProbeTarget target, AccessPurpose purpose, bool bothStages, ulong address)
    {
        AccessContext context = ContextOf(core, target);
        bool done = Stage1Walk.TryTranslate(core, context, address, purpose, misaligned: false, out Translated result, out Fault fault);
        if (done && bothStages && context.Controls.Stage2 is { } stage2)
        {
            done = Stage2Walk.TryTranslate(core, stage2, ref result, purpose, context.IsPrivileged, misaligned: false, out fault);
        }

        // TR-136: EL1 must not learn from PAR_EL1 what its hypervisor has to deal with.
        if (!done && (FaultStatus.IsExternal(fault.Status) || (core.Pstate.EL == 1 && fault.OnWalk)))
        {
            AbortReport.TakeData(core, address, purpose, fault);
            return;
        }

        core.System[Slots.PAR_EL1] = done ? Success(result) : Failure(fault);
    }

    /// <summary>Under {E2H, TGE} = {1, 1} the forms for EL1 and EL0, S12 too, ask about the host's regime (DDI 0601, AT S12E1R).</summary>
    private static AccessContext ContextOf(Core core, ProbeTarget target)
    {
        Mmu mmu = core.Mmu;
        bool host = target is not (ProbeTarget.EL2 or ProbeTarget.EL3) && EffectiveControls.Host0(core);
        RegimeControls controls = mmu.Controls(target switch
        {
            ProbeTarget.EL3 => RegimeKind.EL3,
            ProbeTarget.EL2 => mmu.RegimeOfLevel(2),
            _ => host ? RegimeKind.EL20 : RegimeKind.EL10,
        });
        return target switch
        {
            ProbeTarget.EL0 => controls.User,
            ProbeTarget.EL1WithPan when core.Pstate.PAN => controls.PrivilegedWithPan,
            _ => controls.Privileged,
        };
    }

    private static ulong Success(in Translated result) =>
        (ulong)result.Attributes << 56
        | (result.Address & PaMask)
        | Res1
        | (result.NonSecure ? 1UL << NonSecure : 0)
        | (ulong)MemoryAttributes.Effective(result.Attributes, result.Shareability) << 7;

    private static ulong Failure(in Fault fault) =>
        Res1
        | (fault.SecondStage ? 1UL << FaultOfStage2 : 0)
        | (fault.OnWalk ? 1UL << FaultOnWalk : 0)
        | (ulong)(uint)fault.Status << 1
        | Failed;
}
