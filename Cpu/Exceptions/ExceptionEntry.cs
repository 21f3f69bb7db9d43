using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Taking an exception (sections 2 to 7 of the exception rules).</summary>
internal static class ExceptionEntry
{
    private const ulong FromLowerLevel = 0x400;
    private const ulong OnSpElx = 0x200;
    private const ulong SErrorOffset = 0x180;

    /// <summary>Takes a synchronous exception; FAR of the target keeps its value (EX-096 allows it).</summary>
    /// <param name="core">The PE.</param>
    /// <param name="target">Level that takes it: 1, 2 or 3, not below the current one (EX-020).</param>
    /// <param name="esr">Syndrome for ESR_ELx.</param>
    /// <param name="preferredReturn">Value for ELR_ELx (section 5).</param>
    internal static void Take(Core core, int target, ulong esr, ulong preferredReturn) =>
        Enter(core, target, esr, preferredReturn, 0);

    /// <summary>Takes a synchronous exception that reports an address in FAR_ELx (EX-095).</summary>
    internal static void TakeWithAddress(Core core, int target, ulong esr, ulong preferredReturn, ulong address)
    {
        core.System[Slots.FAR_EL1 + target - 1] = address;
        Enter(core, target, esr, preferredReturn, 0);
    }

    /// <summary>Takes a synchronous External abort, which SCR_EL3.EASE can send to the SError vector (EX-025).</summary>
    internal static void TakeExternalAbort(Core core, int target, ulong esr, ulong address)
    {
        core.System[Slots.FAR_EL1 + target - 1] = address;
        bool asSError = target == 3 && (core.System[Slots.SCR_EL3] & Scr.EASE) != 0;
        Enter(core, target, esr, core.Pc, asSError ? SErrorOffset : 0);
    }

    /// <summary>Takes an asynchronous exception before the instruction at PC.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="target">Level that takes it.</param>
    /// <param name="kindOffset">0x080 for IRQ, 0x100 for FIQ, 0x180 for SError (EX-307).</param>
    /// <param name="esr">Syndrome of an SError; an interrupt leaves ESR_ELx as it is (EX-097).</param>
    internal static void TakeInterrupt(Core core, int target, ulong kindOffset, ulong? esr) =>
        Enter(core, target, esr, core.Pc, kindOffset);

    private static void Enter(Core core, int target, ulong? esr, ulong preferredReturn, ulong kindOffset)
    {
        ulong offset = kindOffset
            + (target > core.Pstate.EL ? FromLowerLevel : core.Pstate.SP ? OnSpElx : 0);
        int x = target - 1;
        core.System[Slots.SPSR_EL1 + x] = SavedState.Pack(core, target);
        core.System[Slots.ELR_EL1 + x] = preferredReturn;
        core.System[Slots.ESR_EL1 + x] = esr ?? core.System[Slots.ESR_EL1 + x];
        int from = core.Pstate.EL;
        SetPstate(core, target);
        core.NextPc = core.System[Slots.VBAR_EL1 + x] + offset; // bits 10:0 are RES0 in the register
        core.LevelChanged();
        core.ExceptionCount++;
        core.LastExceptionTarget = target;
        core.LastVectorOffset = (int)offset;
        core.Tracer?.Exception(core, from, target, (int)offset);
        if (core.StopsAtExceptions)
        {
            core.RequestStop(StopReason.Exception);
        }
    }

    /// <summary>Section 3: what PSTATE becomes. NZCV and DIT stay.</summary>
    private static void SetPstate(Core core, int target)
    {
        ref Pstate p = ref core.Pstate;
        ulong sctlr = EffectiveControls.Sctlr(core, target);
        bool spanActs = target == 1 || (target == 2 && EffectiveControls.Host0(core));
        if (spanActs && (sctlr & Sctlr.SPAN) == 0)
        {
            p.PAN = true;
        }

        p.EL = (byte)target;
        p.SP = true;
        p.Daif = 0xf;
        p.IL = false;
        p.SS = false;
        p.UAO = false;
        p.BTYPE = 0;
        p.SSBS = (sctlr & Sctlr.DSSBS) != 0;
        p.TCO = core.Have.MTE;
        p.ALLINT = core.Have.NMI && (sctlr & Sctlr.SPINTMASK) == 0; // EX-054
    }
}
