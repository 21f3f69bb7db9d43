using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Instructions;

/// <summary>Exception generation: SVC, HVC, SMC, BRK, HLT.</summary>
/// <remarks>Source: DDI 0602, C4.1 "Exception generation"; EX-152 to EX-162.</remarks>
internal static unsafe class ExceptionGeneration
{
    internal static readonly InsnRow[] Rows =
    [
        new("SVC", "11010100 000 imm16:16 000 01", &Svc, &Immediate),
        new("HVC", "11010100 000 imm16:16 000 10", &Hvc, &Immediate),
        new("SMC", "11010100 000 imm16:16 000 11", &Smc, &Immediate),
        new("BRK", "11010100 001 imm16:16 000 00", &Brk, &Immediate),
        new("HLT", "11010100 010 imm16:16 000 00", &Hlt),
    ];

    private static void Immediate(ref Operation op) => op.Imm = (op.Word >> 5) & 0xffff;

    private static void Svc(Core core, in Operation op)
    {
        ulong esr = Syndrome.Of(ExceptionClass.Svc, (uint)op.Imm);
        if (SvcTraps(core))
        {
            Raise.AtThis(core, 2, esr);
            return;
        }

        DebugControls.AdvanceStep(core);
        Raise.AfterThis(core, Routing.Base(core), esr);
    }

    /// <summary>HFGITR_EL2.SVC_EL0 and SVC_EL1 (EX-153, EX-154).</summary>
    private static bool SvcTraps(Core core)
    {
        if (!EffectiveControls.FineGrainedTraps(core))
        {
            return false;
        }

        ulong bits = core.System[Slots.HFGITR_EL2];
        return core.Pstate.EL switch
        {
            0 => (bits & Hfgitr.SVC_EL0) != 0 && !EffectiveControls.Host0(core),
            1 => (bits & Hfgitr.SVC_EL1) != 0,
            _ => false,
        };
    }

    private static void Hvc(Core core, in Operation op)
    {
        if (!core.Have.EL2 && core.Pstate.EL != 0 && core.FirmwareCall?.Invoke(core, FirmwareConduit.Hvc) == true)
        {
            return;
        }

        if (HvcIsUndefined(core))
        {
            Raise.Undefined(core);
            return;
        }

        DebugControls.AdvanceStep(core);
        Raise.AfterThis(core, core.Pstate.EL == 3 ? 3 : 2, Syndrome.Of(ExceptionClass.Hvc, (uint)op.Imm));
    }

    /// <summary>EX-155.</summary>
    private static bool HvcIsUndefined(Core core)
    {
        if (core.Pstate.EL == 0 || !core.Have.EL2 || (core.Pstate.EL == 1 && !EffectiveControls.El2Enabled(core)))
        {
            return true;
        }

        return core.Have.EL3
            ? (core.System[Slots.SCR_EL3] & Scr.HCE) == 0
            : (core.System[Slots.HCR_EL2] & Hcr.HCD) != 0;
    }

    private static void Smc(Core core, in Operation op)
    {
        ulong esr = Syndrome.Of(ExceptionClass.Smc, (uint)op.Imm);
        if (core.Pstate.EL == 0)
        {
            Raise.Undefined(core);
        }
        else if (core.Pstate.EL == 1 && (EffectiveControls.HypervisorControls(core) & Hcr.TSC) != 0)
        {
            // Before SMD (EX-158); without EL3 the trap is one of the allowed choices (EX-161).
            Raise.AtThis(core, 2, esr);
        }
        else if (!core.Have.EL3)
        {
            if (core.FirmwareCall?.Invoke(core, FirmwareConduit.Smc) != true)
            {
                Raise.Undefined(core);
            }
        }
        else if ((core.System[Slots.SCR_EL3] & Scr.SMD) != 0)
        {
            Raise.Undefined(core);
        }
        else
        {
            DebugControls.AdvanceStep(core);
            Raise.AfterThis(core, 3, esr);
        }
    }

    private static void Brk(Core core, in Operation op) =>
        Raise.AtThis(core, Routing.Debug(core), Syndrome.Of(ExceptionClass.Brk, (uint)op.Imm));

    /// <summary>Halting is never allowed here; the semihosting call has its own row.</summary>
    private static void Hlt(Core core, in Operation op) => Raise.Undefined(core);
}
