using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Instructions.Pauth;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Timers;

namespace Conformance.Cpu.Instructions;

/// <summary>Hints: an encoding of this space that has no row of its own is a NOP.</summary>
/// <remarks>Source: DDI 0602, C4.1 "Hints"; EX-168 to EX-171 for the traps of WFI and WFE.</remarks>
internal static unsafe class Hints
{
    private const string Group = "1101010100 0 00 011 0010 ";

    internal static readonly InsnRow[] Rows =
    [
        new("WFE",       Group + "0000 010 11111", &Wfe),
        new("WFI",       Group + "0000 011 11111", &Wfi),
        new("SEV",       Group + "0000 100 11111", &Sev),
        new("SEVL",      Group + "0000 101 11111", &Sevl),
        new("XPACLRI",   Group + "0000 111 11111", &Xpaclri),
        new("PACIA1716", Group + "0001 000 11111", &PacIa1716),
        new("PACIB1716", Group + "0001 010 11111", &PacIb1716),
        new("AUTIA1716", Group + "0001 100 11111", &AutIa1716),
        new("AUTIB1716", Group + "0001 110 11111", &AutIb1716),
        new("ESB",       Group + "0010 000 11111", &Esb),
        new("PACIAZ",    Group + "0011 000 11111", &PacIaZ),
        new("PACIASP",   Group + "0011 001 11111", &PacIaSp),
        new("PACIBZ",    Group + "0011 010 11111", &PacIbZ),
        new("PACIBSP",   Group + "0011 011 11111", &PacIbSp),
        new("AUTIAZ",    Group + "0011 100 11111", &AutIaZ),
        new("AUTIASP",   Group + "0011 101 11111", &AutIaSp),
        new("AUTIBZ",    Group + "0011 110 11111", &AutIbZ),
        new("AUTIBSP",   Group + "0011 111 11111", &AutIbSp),
        new("HINT",      Group + "CRm:4 op2:3 11111", &Nop),
    ];

    private static void Nop(Core core, in Operation op)
    {
    }

    private static void Wfi(Core core, in Operation op)
    {
        // It would not wait, so there is nothing to trap (EX-171).
        if (PendingLines.Wake(core) || WaitTraps(core, Sctlr.nTWI, Hcr.TWI, Scr.TWI, Syndrome.Wfx(0)))
        {
            return;
        }

        Wait(core);
    }

    /// <summary>Waits for what wakes from WFI. With other PEs they go on meanwhile, and the machine watches for it.</summary>
    private static void Wait(Core core)
    {
        if (core.Cluster.Length > 1 || core.NextTimerEvent == ulong.MaxValue)
        {
            WaitWithOthers(core, forEvent: false, ulong.MaxValue);
        }
        else
        {
            WaitUntil(core, core.NextTimerEvent); // only a timer can end the wait
        }
    }

    /// <summary>PSCI CPU_SUSPEND: waits where others go on meanwhile, else ends at once, which it may (PS-13).</summary>
    internal static void Standby(Core core)
    {
        if (core.Cluster.Length > 1 && !PendingLines.Wake(core))
        {
            Wait(core);
        }
    }

    /// <summary>Nothing ends the wait before this time, so time goes on to it, or to the end of the run.</summary>
    internal static void WaitUntil(Core core, ulong time)
    {
        core.FetchTag = Core.NoPage;
        core.LinesStale = true;
        ulong since = core.Ticks;
        if (time > core.RunEnd)
        {
            core.Ticks = core.RunEnd - 1;   // this instruction is the last tick
            core.NextPc = core.Pc;          // and goes on in the next run
        }
        else
        {
            core.Ticks = Math.Max(core.Ticks, time - 1);
        }

        core.IdleTicks += core.Ticks - since;
    }

    private static void Wfe(Core core, in Operation op)
    {
        EventStream.Look(core);
        if (core.EventRegister)
        {
            core.EventRegister = false;
        }
        else if (!WaitTraps(core, Sctlr.nTWE, Hcr.TWE, Scr.TWE, Syndrome.Wfx(1)))
        {
            WaitForEvent(core, ulong.MaxValue);
        }
    }

    private static void Esb(Core core, in Operation op)
    {
        if (core.Have.RAS)
        {
            ErrorBarrier.Defer(core);
        }
    }

    /// <summary>Alone nobody would send an event, and WFE may end at any time; so then it does.</summary>
    internal static void WaitForEvent(Core core, ulong end)
    {
        core.Waiting = true;
        if (core.Cluster.Length > 1)
        {
            WaitWithOthers(core, forEvent: true, Math.Min(end, core.Ticks + RoundRobin.LongestWaitForEvent));
        }
    }

    /// <summary>The PE is passed over until what it waits for comes, or a time.</summary>
    internal static void WaitWithOthers(Core core, bool forEvent, ulong end)
    {
        core.Waiting = true;
        core.WaitsForEvent = forEvent;
        core.WaitEnd = end;
        core.RequestStop(StopReason.WaitForInterrupt);
    }

    private static void Sev(Core core, in Operation op) => core.SendEvent();

    /// <summary>Local (EX-345).</summary>
    private static void Sevl(Core core, in Operation op) => core.EventRegister = true;

    /// <summary>The controls in their order: SCTLR at EL0, HCR_EL2, SCR_EL3 (EX-168 to EX-170).</summary>
    internal static bool WaitTraps(Core core, ulong sctlrBit, ulong hcrBit, ulong scrBit, ulong esr)
    {
        int level = core.Pstate.EL;
        if (level == 0 && (EffectiveControls.ControllingSctlr(core) & sctlrBit) == 0)
        {
            Raise.AtThis(core, Routing.OrEl2ByTge(core), esr);
            return true;
        }

        bool guest = level == 1 || (level == 0 && !EffectiveControls.Host0(core));
        if (guest && (EffectiveControls.HypervisorControls(core) & hcrBit) != 0)
        {
            Raise.AtThis(core, 2, esr);
            return true;
        }

        if (level < 3 && (core.System[Slots.SCR_EL3] & scrBit) != 0)
        {
            Raise.AtThis(core, 3, esr);
            return true;
        }

        return false;
    }

    private static void Xpaclri(Core core, in Operation op)
    {
        if (core.Have.PAuth)
        {
            core.X[30] = PointerAuthentication.Strip(core, core.X[30], data: false);
        }
    }

    private static void PacIa1716(Core core, in Operation op) => Add(core, PointerKey.IA, 17, core.X[16]);

    private static void PacIb1716(Core core, in Operation op) => Add(core, PointerKey.IB, 17, core.X[16]);

    private static void AutIa1716(Core core, in Operation op) => Authenticate(core, PointerKey.IA, 17, core.X[16]);

    private static void AutIb1716(Core core, in Operation op) => Authenticate(core, PointerKey.IB, 17, core.X[16]);

    private static void PacIaZ(Core core, in Operation op) => Add(core, PointerKey.IA, 30, 0);

    private static void PacIaSp(Core core, in Operation op) => Add(core, PointerKey.IA, 30, core.Sp);

    private static void PacIbZ(Core core, in Operation op) => Add(core, PointerKey.IB, 30, 0);

    private static void PacIbSp(Core core, in Operation op) => Add(core, PointerKey.IB, 30, core.Sp);

    private static void AutIaZ(Core core, in Operation op) => Authenticate(core, PointerKey.IA, 30, 0);

    private static void AutIaSp(Core core, in Operation op) => Authenticate(core, PointerKey.IA, 30, core.Sp);

    private static void AutIbZ(Core core, in Operation op) => Authenticate(core, PointerKey.IB, 30, 0);

    private static void AutIbSp(Core core, in Operation op) => Authenticate(core, PointerKey.IB, 30, core.Sp);

    private static void Add(Core core, PointerKey key, int register, ulong modifier)
    {
        if (core.Have.PAuth && PointerAuthentication.TryAdd(core, key, core.X[register], modifier, out ulong signed))
        {
            core.X[register] = signed;
        }
    }

    private static void Authenticate(Core core, PointerKey key, int register, ulong modifier)
    {
        if (core.Have.PAuth
            && PointerAuthentication.TryAuthenticate(core, key, core.X[register], modifier, combined: false, out ulong plain))
        {
            core.X[register] = plain;
        }
    }
}
