using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Nested;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Executes MRS, MSR (register), SYS and SYSL: checks, redirections, then the register or operation.</summary>
internal static class SystemAccess
{
    /// <summary>MRS and SYSL.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="accessor">Index into <see cref="Registers.Accessors"/>; 0 for an encoding without a name.</param>
    /// <param name="word">The instruction word.</param>
    internal static void Read(Core core, int accessor, uint word)
    {
        if (!Enter(core, accessor, word, write: false, out LevelPlan? plan, out Situation now))
        {
            return;
        }

        if (plan!.RedirectsToMemory(now))
        {
            if (VncrAccess.TryRead(core, plan.VncrOffset, out ulong loaded))
            {
                core.SetX((int)word & 31, loaded);
            }
        }
        else if (Leave(core, plan, word, now))
        {
            core.SetX((int)word & 31, plan.Destination(now).Read(core));
        }
    }

    /// <summary>MSR (register) and SYS.</summary>
    internal static void Write(Core core, int accessor, uint word)
    {
        if (!Enter(core, accessor, word, write: true, out LevelPlan? plan, out Situation now))
        {
            return;
        }

        ulong value = core.GetX((int)word & 31);
        if (plan!.RedirectsToMemory(now))
        {
            VncrAccess.TryWrite(core, plan.VncrOffset, value);
        }
        else if (Leave(core, plan, word, now))
        {
            plan.Destination(now).Write(core, value);
        }
    }

    /// <summary>Existence, then the declared checks.</summary>
    private static bool Enter(Core core, int accessor, uint word, bool write, out LevelPlan? plan, out Situation now)
    {
        plan = core.Model.Plan(accessor, core.Pstate.EL, write);
        now = core.Situation;
        if (plan is null)
        {
            NotThere(core, word, now);
            return false;
        }

        if (plan.Refuses(core, now, out Guard guard))
        {
            Refuse(core, guard, word, now);
            return false;
        }

        return true;
    }

    /// <summary>The last word on EL2 names at EL1.</summary>
    private static bool Leave(Core core, LevelPlan plan, uint word, Situation now)
    {
        if (!plan.Swaps(now) && plan.RefusesAtLast(core, now, out Guard guard))
        {
            Refuse(core, guard, word, now);
            return false;
        }

        return true;
    }

    private static void Refuse(Core core, in Guard guard, uint word, Situation now)
    {
        if (guard.Target == 0)
        {
            NotThere(core, word, now);
        }
        else if (guard.Class == ExceptionClass.FpTrap)
        {
            Raise.FpAccess(core, guard.Target);
        }
        else
        {
            Raise.SystemAccess(core, guard.Target, word);
        }
    }

    /// <summary>An encoding that has no name here: reserved ID registers, the implementation's own space, or UNDEFINED.</summary>
    private static void NotThere(Core core, uint word, Situation now)
    {
        var encoding = SysEncoding.FromKey((int)(word >> 5) & (SysEncoding.Keys - 1));
        bool read = (word & (1u << 21)) != 0;
        bool el2Controls = core.Pstate.EL == 1 && (now & Situation.El2Enabled) != 0;
        if (read && encoding.IsReservedIdSpace && core.Pstate.EL != 0)
        {
            if (el2Controls && (core.System[Slots.HCR_EL2] & Hcr.TID3) != 0)
            {
                Raise.SystemAccess(core, 2, word);
            }
            else
            {
                core.SetX((int)word & 31, 0);
            }
        }
        else if (encoding.IsImplementationDefined && el2Controls && (core.System[Slots.HCR_EL2] & Hcr.TIDCP) != 0)
        {
            Raise.SystemAccess(core, 2, word);
        }
        else if (read && core.Have.IDST && encoding.IsIdSpace)
        {
            // FEAT_IDST: a trap to the level that would have taken the UNDEFINED exception (EX-190).
            Raise.SystemAccess(core, Routing.Base(core), word);
        }
        else
        {
            Raise.Undefined(core);
        }
    }
}
