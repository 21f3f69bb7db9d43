using System.Runtime.CompilerServices;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Whether floating-point and Advanced SIMD instructions may execute (EX-174 to EX-178).</summary>
internal static class FpAccess
{
    private const int TrapEL0Only = 1;
    private const int TrapNothing = 3;

    /// <summary>Takes the trap of the first control that is closed.</summary>
    /// <returns>True when the instruction may go on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Check(Core core) => (core.FpOpen && !core.SituationStale) || CheckControls(core);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool CheckControls(Core core)
    {
        if (!core.Have.FP)
        {
            Raise.Undefined(core);
            return false;
        }

        int target = ClosedBy(core);
        if (target == 0)
        {
            _ = core.Situation; // no longer stale; what makes it so may have closed a control
            core.FpOpen = true;
            return true;
        }

        Raise.FpAccess(core, target);
        return false;
    }

    /// <summary>Level of the control that is closed: CPACR_EL1, then CPTR_EL2, then CPTR_EL3; 0 when all are open.</summary>
    private static int ClosedBy(Core core)
    {
        int level = core.Pstate.EL;
        bool host0 = EffectiveControls.Host0(core);
        if (level < 2 && !host0 && Traps(core.System[Slots.CPACR_EL1], atEL0: level == 0))
        {
            return 1;
        }

        if (level < 3 && EffectiveControls.El2Enabled(core) && ClosedByEL2(core, level, host0))
        {
            return 2;
        }

        return (core.System[Slots.CPTR_EL3] & Cptr.TFP) != 0 ? 3 : 0;
    }

    /// <summary>CPTR_EL2 has TFP while E2H is 0 and FPEN while it is 1; FPEN = 01 traps the EL0 of a host only (EX-176).</summary>
    private static bool ClosedByEL2(Core core, int level, bool host0)
    {
        ulong cptr = core.System[Slots.CPTR_EL2];
        return EffectiveControls.E2H(core) ? Traps(cptr, atEL0: level == 0 && host0) : (cptr & Cptr.TFP) != 0;
    }

    private static bool Traps(ulong control, bool atEL0) => ((int)(control >> Cptr.FPEN) & 3) switch
    {
        TrapNothing => false,
        TrapEL0Only => atEL0,
        _ => true,
    };
}
