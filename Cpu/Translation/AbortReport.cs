using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>Takes the exception that a fault leads to, with its syndrome (section 9 of the rules).</summary>
internal static class AbortReport
{
    private const uint Vncr = 1u << 13;
    private const uint Maintenance = 1u << 8;
    private const uint OnWalk = 1u << 7;
    private const uint WnR = 1u << 6;

    /// <summary>Data Abort.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="address">VA for FAR, with its tag.</param>
    /// <param name="purpose">Of the access.</param>
    /// <param name="fault">What happened.</param>
    internal static void TakeData(Core core, ulong address, AccessPurpose purpose, in Fault fault)
    {
        uint iss = (fault.Write ? WnR : 0) | (purpose.IsMaintenance() ? Maintenance : 0);
        if (fault.SecondStage && !fault.OnWalk && !FaultStatus.IsExternal(fault.Status) && !purpose.IsMaintenance())
        {
            iss |= LoadStoreSyndrome.OfCurrent(core);
        }

        Take(core, ExceptionClass.DataAbort, address, iss, fault);
    }

    /// <summary>Instruction Abort at PC.</summary>
    internal static void TakeFetch(Core core, in Fault fault) => Take(core, ExceptionClass.InstructionAbort, core.Pc, 0, fault);

    /// <summary>
    /// Data Abort of an access by FEAT_NV2: EC 0x25 although the level changes; 0x24 when SCR_EL3.EA sends an External abort
    /// to EL3 (TR-123, EX-113).
    /// </summary>
    internal static void TakeNested(Core core, ulong address, in Fault fault)
    {
        uint iss = Vncr | (fault.Write ? WnR : 0) | (uint)fault.Status;
        if (!FaultStatus.IsExternal(fault.Status))
        {
            ExceptionEntry.TakeWithAddress(core, 2, Syndrome.Of(ExceptionClass.DataAbort + 1, iss), core.Pc, address);
        }
        else if (Routing.MonitorTakesExternalAborts(core))
        {
            ExceptionEntry.TakeExternalAbort(core, 3, Syndrome.Of(ExceptionClass.DataAbort, iss), address);
        }
        else
        {
            ExceptionEntry.TakeExternalAbort(core, 2, Syndrome.Of(ExceptionClass.DataAbort + 1, iss), address);
        }
    }

    private static void Take(Core core, int exceptionClass, ulong address, uint iss, in Fault fault)
    {
        bool external = FaultStatus.IsExternal(fault.Status);
        int target = external ? Routing.ExternalAbort(core, fault.SecondStage)
            : fault.SecondStage && core.Pstate.EL < 2 ? 2
            : Routing.Base(core);
        if (target == 2 && fault.ReportsIpa)
        {
            core.System[Slots.HPFAR_EL2] = fault.Ipa >> 12 << 4;
        }

        iss |= (fault.OnWalk ? OnWalk : 0) | (uint)fault.Status;
        ulong esr = Syndrome.Of(exceptionClass + (target == core.Pstate.EL ? 1 : 0), iss);
        if (external)
        {
            ExceptionEntry.TakeExternalAbort(core, target, esr, address);
        }
        else
        {
            ExceptionEntry.TakeWithAddress(core, target, esr, core.Pc, address);
        }
    }
}
