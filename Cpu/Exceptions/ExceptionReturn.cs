using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>What ERET does once it is allowed (section 10 of the exception rules).</summary>
internal static class ExceptionReturn
{
    /// <summary>Returns from the current level, legally or not, to an address.</summary>
    internal static void Return(Core core, ulong address)
    {
        int from = core.Pstate.EL;
        ulong spsr = core.System[Slots.SPSR_EL1 + from - 1];
        bool legal = IsLegal(core, spsr);
        int target = legal ? (int)(spsr >> 2) & 3 : from;
        bool step = SteppingResumes(core, spsr, from, target);

        SavedState.UnpackAlways(core, spsr);
        if (legal)
        {
            SavedState.UnpackLegal(core, spsr);
        }
        else
        {
            // EX-265, EX-268: the level stays, and of the fields left open the old values.
            core.Pstate.IL = true;
        }

        core.Pstate.SS = step;
        core.ExclusiveSize = 0;
        core.EventRegister = true;
        core.LevelChanged();
        core.NextPc = BranchAddress.OfExceptionReturn(core, address, target);
        core.Tracer?.Return(core, from, spsr);
    }

    /// <summary>None of the conditions EX-250 to EX-258 holds.</summary>
    private static bool IsLegal(Core core, ulong spsr)
    {
        int mode = (int)spsr & 0x1f;
        int target = (mode >> 2) & 3;
        if ((mode & 0x10) != 0 || (mode & 2) != 0 || mode == 1)
        {
            return false; // AArch32 is not there (EX-255); reserved modes (EX-250, EX-251)
        }

        return target <= core.Pstate.EL
            && !(target == 2 && !EffectiveControls.El2Enabled(core)) // not there, or not in this Security state
            && !(target == 1 && EffectiveControls.Tge(core));
    }

    /// <summary>PSTATE.SS after the return (EX-235, EX-269).</summary>
    private static bool SteppingResumes(Core core, ulong spsr, int from, int target)
    {
        bool wanted = (spsr & SavedState.SS) != 0 && (core.System[Slots.MDSCR_EL1] & Mdscr.SS) != 0;
        bool maskedByD = (spsr >> 9 & 1) != 0;
        return wanted
            && !DebugControls.GeneratedAt(core, from, (core.Pstate.Daif & 8) != 0)
            && DebugControls.GeneratedAt(core, target, maskedByD);
    }
}
